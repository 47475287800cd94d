/** What the frame of the document (`app.html`) says before any component is drawn: language, theme, scripts to come. */
import type { Language } from '../core/base/languages.ts';

interface Document {
	language: Language;
	/** Theme out of the cookie, as it came: anyone may have written it. */
	theme: string | undefined;
	/** The shell is built once for all: there a small script sets both before the first paint. */
	shell: boolean;
	/** Addresses of the scripts that the page begins with. */
	scripts: readonly string[];
}

/** Fills the marks of `app.html`. */
export function drawDocument(html: string, { language, theme, shell, scripts }: Document): string {
	const known = theme && /^(light|dark|sun)$/.test(theme) ? ` data-theme="${theme}"` : '';
	const begins = scripts.map((url) => `<link rel="modulepreload" href="${url}">`).join('');
	// The nonce that SvelteKit gave its own script; the shell's scripts are allowed by digest.
	const nonce = /<script( nonce="[^"]*")>/.exec(html)?.[1] ?? '';
	return html
		.replace('<script type="importmap">', `<script type="importmap"${nonce}>`)
		.replace('"%setara.lang%"', `"${language}"${known}`)
		.replace('%setara.early%', `${shell ? '<script src="/early.js"></script>' : ''}${begins}`);
}
