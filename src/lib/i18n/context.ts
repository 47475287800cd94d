/** How components reach the words and formatters of the page that they stand in. */
import { getContext, setContext } from 'svelte';
import type { Language } from '../core/base/languages.ts';
import type { Format } from './format.ts';
import type { Translate } from './translate.ts';

export interface I18n {
	readonly language: Language;
	readonly t: Translate;
	readonly format: Format;
}

const KEY = Symbol('i18n');

/** Called once by a layout, with what it has loaded: asked each time anew, so that it follows the page's language. */
export const setI18n = (now: () => I18n): I18n =>
	setContext<I18n>(KEY, {
		get language() {
			return now().language;
		},
		get t() {
			return now().t;
		},
		get format() {
			return now().format;
		}
	});

/** Words and formatters. Keep the object and read `i18n.t(…)` in markup, so that a change of language is seen. */
export const useI18n = (): I18n => getContext(KEY);
