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

const WORK_LOADERS: typeof LOADERS = {
	en: () => import('virtual:catalogue-work/en'),
	id: () => import('virtual:catalogue-work/id'),
	ms: () => import('virtual:catalogue-work/ms'),
	fil: () => import('virtual:catalogue-work/fil'),
	km: () => import('virtual:catalogue-work/km'),
	lo: () => import('virtual:catalogue-work/lo'),
	my: () => import('virtual:catalogue-work/my'),
	pt: () => import('virtual:catalogue-work/pt'),
	ta: () => import('virtual:catalogue-work/ta'),
	tet: () => import('virtual:catalogue-work/tet'),
	th: () => import('virtual:catalogue-work/th'),
	vi: () => import('virtual:catalogue-work/vi'),
	'zh-Hans': () => import('virtual:catalogue-work/zh-Hans')
};

/** The same with the words that authors and the committee read besides: for their pages, and for the server's sentences. */
export const loadWorkCatalogue = async (language: Language): Promise<Catalogue> => {
	const [words, work] = await Promise.all([loadCatalogue(language), WORK_LOADERS[language]()]);
	return { ...words, ...work.default };
};
