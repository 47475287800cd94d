/** Words of pages that a first lesson does not lead through, apart from what every student's page carries (DEV-51). */
import type { Language } from '../core/base/languages.ts';
import { loadCatalogue, type Catalogue } from './catalogue.ts';
import type { I18n } from './context.ts';
import { createFormat } from './format.ts';
import { createTranslate } from './translate.ts';

const LOADERS: Record<Language, () => Promise<{ default: Catalogue }>> = {
	en: () => import('virtual:catalogue-later/en'),
	id: () => import('virtual:catalogue-later/id'),
	ms: () => import('virtual:catalogue-later/ms'),
	fil: () => import('virtual:catalogue-later/fil'),
	km: () => import('virtual:catalogue-later/km'),
	lo: () => import('virtual:catalogue-later/lo'),
	my: () => import('virtual:catalogue-later/my'),
	pt: () => import('virtual:catalogue-later/pt'),
	ta: () => import('virtual:catalogue-later/ta'),
	tet: () => import('virtual:catalogue-later/tet'),
	th: () => import('virtual:catalogue-later/th'),
	vi: () => import('virtual:catalogue-later/vi'),
	'zh-Hans': () => import('virtual:catalogue-later/zh-Hans')
};

/** Words and formatters for such a page: those of every page, and its own. */
export async function loadLater(language: Language): Promise<Pick<I18n, 't' | 'format'>> {
	const [words, later] = await Promise.all([loadCatalogue(language), LOADERS[language]()]);
	const all = { ...words, ...later.default };
	return { t: createTranslate(language, all), format: createFormat(language, all) };
}
