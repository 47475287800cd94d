import { readdirSync, readFileSync } from 'node:fs';
import { createInstance } from 'i18next';
import { describe, expect, test } from 'vitest';
import { LANGUAGE_TAGS, type Language } from '../core/base/languages.ts';
import type { Catalogue } from './catalogue.ts';
import type { Key } from './keys.ts';
import { createTranslate } from './translate.ts';

function read(language: Language): Catalogue {
	const words: Catalogue = {};
	for (const file of readdirSync(`locales/${language}`)) {
		const texts = JSON.parse(readFileSync(`locales/${language}/${file}`, 'utf8')) as Record<string, string>;
		for (const [key, text] of Object.entries(texts)) words[`${file.slice(0, -5)}.${key}`] = text;
	}
	return words;
}

function i18next(language: Language, catalogue: Catalogue) {
	const instance = createInstance();
	void instance.init({
		lng: language,
		fallbackLng: false,
		resources: { [language]: { translation: catalogue } },
		initAsync: false,
		interpolation: { escapeValue: false },
		keySeparator: false,
		nsSeparator: false
	});
	return (key: string, params: Record<string, string | number>): string => instance.t(key, params);
}

/** A value for every name that our texts have. */
const namesIn = (text: string) => Array.from(text.matchAll(/{{(\w+)}}/g), (match) => match[1]!);

describe.each(LANGUAGE_TAGS)('%s', (language) => {
	const catalogue = read(language);

	test('every text of the catalogue is what i18next answers, in every number', () => {
		const ours = createTranslate(language, catalogue);
		const theirs = i18next(language, catalogue);
		for (const [whole, text] of Object.entries(catalogue)) {
			const [, key] = /^(.*?)(?:_(?:zero|one|two|few|many|other))?$/.exec(whole)!;
			const params = Object.fromEntries(namesIn(text).map((name) => [name, `<${name} & $1>`]));
			if (whole === key) expect(ours(key as Key, params)).toBe(theirs(key, params));
			else {
				for (const count of [0, 1, 2, 3, 5, 11, 21, 100, 1_000_000, 1.5]) {
					expect(ours(key as Key, { ...params, count })).toBe(theirs(key!, { ...params, count }));
				}
			}
		}
	});
});

test('a form that the browser takes from another language is the general one', () => {
	const t = createTranslate('km', { 'library.units_other': '{{count}} មេរៀន' });
	expect(t('library.units', { count: 1 })).toBe('1 មេរៀន');
});

test('a name that was not given stays, and a value is put in as it is', () => {
	const t = createTranslate('en', { 'common.me': '{{a}} {{b}}' } as Catalogue);
	expect(t('common.me', { a: '$& {{b}}' })).toBe('$& {{b}} {{b}}');
	expect(t('common.today')).toBe('common.today');
});
