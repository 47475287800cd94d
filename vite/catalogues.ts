/** Vite plugin: `virtual:catalogue/<tag>` is all of `locales/<tag>/*.json` in one module, so one request a language. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import type { Language } from '../src/lib/core/base/languages.ts';
import { LACKING, readCldr } from '../src/lib/i18n/cldr.ts';

const PREFIX = 'virtual:catalogue/';
/** Read by the command line and the server's log only; never sent to a phone. */
const NOT_FOR_PAGES = new Set(['check.json', 'cli.json']);

export function catalogues(folder = 'locales'): Plugin {
	return {
		name: 'setara-catalogues',
		resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : null),
		load(id) {
			if (!id.startsWith(`\0${PREFIX}`)) return null;
			const language = id.slice(PREFIX.length + 1) as Language;
			const directory = join(folder, language);
			const merged: Record<string, string> = LACKING.includes(language) ? readCldr(language) : {};
			for (const file of readdirSync(directory).sort()) {
				if (!file.endsWith('.json') || NOT_FOR_PAGES.has(file)) continue;
				const path = join(directory, file);
				this.addWatchFile(path);
				const words = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
				for (const [key, text] of Object.entries(words)) merged[`${file.slice(0, -5)}.${key}`] = text;
			}
			return `export default JSON.parse(${JSON.stringify(JSON.stringify(merged))})`;
		}
	};
}
