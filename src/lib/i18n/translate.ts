/**
 * Texts of one language, in i18next's JSON v4: keys flat, `{{name}}`, plurals by suffix. Our own few lines, because
 * i18next itself is a sixth of a first visit (docs/adr/0060); a test holds them to what i18next answers. Nothing is
 * shared between two translators, so two requests in two languages cannot mix.
 */
import type { Language } from '../core/base/languages.ts';
import type { Catalogue } from './catalogue.ts';
import type { Key } from './keys.ts';

/** Text of a key; `count` chooses the plural form of the language (CLDR), other params fill `{{name}}`. */
export type Translate = (key: Key, params?: Record<string, string | number>) => string;

/** A translator for one language over its loaded words. Texts are not escaped: Svelte escapes what it draws. */
export function createTranslate(language: Language, catalogue: Catalogue): Translate {
	const text = (key: string): string | undefined =>
		Object.hasOwn(catalogue, key) ? catalogue[key] : undefined;
	// Browsers have no rules for Tetun and would take their own language's: English is said instead, and a form that
	// the texts do not have is the general one.
	const plurals = new Intl.PluralRules([language, 'en']);
	return (key, params = {}) => {
		const count = params['count'];
		const form =
			typeof count === 'number'
				? (text(`${key}_${plurals.select(count)}`) ?? text(`${key}_other`) ?? text(key))
				: text(key);
		// A missing key is a bug that a test catches; the page goes on.
		return (form ?? key).replace(/{{(\w+)}}/g, (whole, name: string) =>
			Object.hasOwn(params, name) ? String(params[name]) : whole
		);
	};
}
