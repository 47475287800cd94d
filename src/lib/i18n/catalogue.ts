/** One language's words, loaded when that language is shown and not before. */
import type { Language } from '../core/base/languages.ts';

/** Every key of every namespace, as `<namespace>.<key>`, to its text (i18next's JSON v4, keys flat). */
export type Catalogue = Record<string, string>;

const LOADERS: Record<Language, () => Promise<{ default: Catalogue }>> = {
	en: () => import('virtual:catalogue/en'),
	id: () => import('virtual:catalogue/id'),
	ms: () => import('virtual:catalogue/ms'),
	fil: () => import('virtual:catalogue/fil'),
	km: () => import('virtual:catalogue/km'),
	lo: () => import('virtual:catalogue/lo'),
	my: () => import('virtual:catalogue/my'),
	pt: () => import('virtual:catalogue/pt'),
	ta: () => import('virtual:catalogue/ta'),
	tet: () => import('virtual:catalogue/tet'),
	th: () => import('virtual:catalogue/th'),
	vi: () => import('virtual:catalogue/vi'),
	'zh-Hans': () => import('virtual:catalogue/zh-Hans')
};

/** Loads the words of one language: one request in a browser, which the worker then keeps. */
export const loadCatalogue = async (language: Language): Promise<Catalogue> =>
	(await LOADERS[language]()).default;
