/** What the frame of the document (`app.html`) says before any component is drawn: its language and its theme. */
import type { Language } from '../core/base/languages.ts';

interface Document {
	language: Language;
	/** Theme out of the cookie, as it came: anyone may have written it. */
	theme: string | undefined;
	/** The shell is built once for all: there a small script sets both before the first paint. */
	shell: boolean;
}

/** Fills the marks of `app.html`. */
export function drawDocument(html: string, { language, theme, shell }: Document): string {
	const known = theme && /^(light|dark|sun)$/.test(theme) ? ` data-theme="${theme}"` : '';
	return html
		.replace('"%setara.lang%"', `"${language}"${known}`)
		.replace('%setara.early%', shell ? '<script src="/early.js"></script>' : '');
}
