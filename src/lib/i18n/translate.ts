/** One i18next instance a page or request: nothing is shared, so two requests in two languages cannot mix. */
import { createInstance } from 'i18next';
import type { Language } from '../core/base/languages.ts';
import type { Catalogue } from './catalogue.ts';
import type { Key } from './keys.ts';

/** Text of a key; `count` chooses the plural form of the language (CLDR), other params fill `{{name}}`. */
export type Translate = (key: Key, params?: Record<string, string | number>) => string;

/** A translator for one language over its loaded words. Texts are not escaped: Svelte escapes what it draws. */
export function createTranslate(language: Language, catalogue: Catalogue): Translate {
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
	return (key, params) => instance.t(key, params ?? {});
}
