/** The words of authors, the committee and administrators, apart from what every student's page carries. */
import type { Language } from '../core/base/languages.ts';
import { loadCatalogue, type Catalogue } from './catalogue.ts';
import type { I18n } from './context.ts';
import { createFormat } from './format.ts';
import { createTranslate } from './translate.ts';

const LOADERS: Record<Language, () => Promise<{ default: Catalogue }>> = {
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
	const [words, work] = await Promise.all([loadCatalogue(language), LOADERS[language]()]);
	return { ...words, ...work.default };
};

/** Words and formatters for a page of theirs. */
export async function loadWork(language: Language): Promise<Pick<I18n, 't' | 'format'>> {
	const words = await loadWorkCatalogue(language);
	return { t: createTranslate(language, words), format: createFormat(language, words) };
}
