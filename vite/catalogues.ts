/**
 * Vite plugin: `virtual:catalogue/<tag>` is what a student reads of `locales/<tag>/*.json` in one module, so one request
 * a language; `virtual:catalogue-work/<tag>` what authors and the committee read besides; `virtual:catalogue-later/<tag>`
 * what a student reads on pages that a first lesson does not lead through.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import type { Language } from '../src/lib/core/base/languages.ts';
import { LACKING, readCldr } from '../src/lib/i18n/cldr.ts';

const PREFIX = /^\0virtual:catalogue(-work|-later)?\/([\w-]+)$/;
/** Read by the command line and the server's log only; never sent to a phone. */
const NOT_FOR_PAGES = new Set(['cli.json']);
/** Never in a student's first visit. The texts of `work-faults.json` are found under `faults`, like all faults. */
const APART: Record<string, readonly string[]> = {
	'-work': ['check.json', 'teach.json', 'review.json', 'people.json', 'work-faults.json'],
	'-later': ['file.json', 'room.json', 'sources.json', 'week.json']
};
const APART_FILES = Object.values(APART).flat();

export function catalogues(folder = 'locales'): Plugin {
	return {
		name: 'setara-catalogues',
		resolveId: (id) => (PREFIX.test(`\0${id}`) ? `\0${id}` : null),
		load(id) {
			const [found, apart, tag] = PREFIX.exec(id) ?? [];
			if (!found) return null;
			const language = tag as Language;
			const directory = join(folder, language);
			const merged: Record<string, string> = !apart && LACKING.includes(language) ? readCldr(language) : {};
			for (const file of readdirSync(directory).sort()) {
				const isHere = apart ? APART[apart]!.includes(file) : !APART_FILES.includes(file);
				if (!file.endsWith('.json') || NOT_FOR_PAGES.has(file) || !isHere) continue;
				const path = join(directory, file);
				this.addWatchFile(path);
				const words = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
				const namespace = file === 'work-faults.json' ? 'faults' : file.slice(0, -5);
				for (const [key, text] of Object.entries(words)) merged[`${namespace}.${key}`] = text;
			}
			return `export default JSON.parse(${JSON.stringify(JSON.stringify(merged))})`;
		}
	};
}
