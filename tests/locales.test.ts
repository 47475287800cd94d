/** Every text in every language: none missing, none that nothing asks for, none left in English. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGE_TAGS } from '../src/lib/core/base/languages.ts';

const PLURAL = /_(?:zero|one|two|few|many|other)$/;
const NAMESPACES = readdirSync('locales/en').sort();
/** Names and codes, which are the same in every language. */
const SAME_EVERYWHERE = new Set(['common.setara', 'common.wifi']);

type Words = Record<string, string>;
const read = (language: string, file: string): Words => {
	const path = join('locales', language, file);
	return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Words) : {};
};
const base = (key: string) => key.replace(PLURAL, '');
const placeholders = (text: string) => new Set(text.match(/\{\{\w+\}\}/g));

/** All that can ask for a text, as one string. */
function sources(folder: string): string {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && /\.(?:ts|svelte|mjs)$/.test(entry.name))
		.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
		.join('\n');
}

describe('the catalogues', () => {
	for (const language of LANGUAGE_TAGS) {
		it(`are whole in ${language}`, () => {
			const { pluralCategories } = new Intl.PluralRules(
				language === 'tet' ? 'pt-PT' : language
			).resolvedOptions();
			const faults: string[] = [];
			for (const file of NAMESPACES) {
				const english = read('en', file);
				const words = read(language, file);
				for (const key of new Set(Object.keys(english).map(base))) {
					const isPlural = `${key}_other` in english;
					const wanted = isPlural ? [`${key}_other`] : [key];
					for (const each of wanted) if (!words[each]?.trim()) faults.push(`${file} lacks ${each}`);
				}
				for (const [key, text] of Object.entries(words)) {
					const model = english[key] ?? english[`${base(key)}_other`];
					const form = PLURAL.exec(key)?.[0].slice(1) as Intl.LDMLPluralRule | undefined;
					if (model === undefined) faults.push(`${file} has ${key}, which English has not`);
					else {
						const extra = [...placeholders(text)].filter((each) => !placeholders(model).has(each));
						if (extra.length > 0) faults.push(`${file} ${key} names ${extra.join()}`);
					}
					if (form && !pluralCategories.includes(form)) faults.push(`${file} ${key} is no plural here`);
				}
			}
			expect(faults).toEqual([]);
		});

		if (language === 'en') continue;
		it(`say nothing in English in ${language}`, () => {
			const left: string[] = [];
			for (const file of NAMESPACES) {
				const english = read('en', file);
				for (const [key, text] of Object.entries(read(language, file))) {
					const name = `${file.slice(0, -5)}.${key}`;
					// Two words or more that are the same were not translated; one may be the same word ("Video").
					const isSentence = /[a-z]{2,} [a-z]{2,}/i.test(text.replace(/\{\{\w+\}\}/g, ''));
					if (
						english[key] === text &&
						isSentence &&
						!SAME_EVERYWHERE.has(name) &&
						!text.startsWith('setara ')
					)
						left.push(`${name}: ${text}`);
				}
			}
			expect(left).toEqual([]);
		});
	}

	it('hold no text that nothing asks for', () => {
		const code = sources('src') + sources('scripts');
		// `t(\`lesson.did-${role}\`)` asks for all that begins so.
		const prefixes = Array.from(code.matchAll(/`((?:[a-z]+\.)[a-z-]+-)\$\{/g), (match) => match[1]!);
		const unused: string[] = [];
		for (const file of NAMESPACES) {
			const namespace = file.slice(0, -5);
			// Their keys are codes, which are checked against the lists of codes beside each list.
			if (['faults', 'work-faults', 'check'].includes(namespace)) continue;
			for (const key of new Set(Object.keys(read('en', file)).map(base))) {
				const name = `${namespace}.${key}`;
				if (
					!code.includes(`'${name}'`) &&
					!code.includes(`'${key}'`) &&
					!prefixes.some((each) => name.startsWith(each))
				)
					unused.push(name);
			}
		}
		expect(unused).toEqual([]);
	});
});
