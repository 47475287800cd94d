import { loadWorkCatalogue } from '$lib/i18n/work-catalogue.ts';
import { createFormat } from '$lib/i18n/format.ts';
import { createTranslate } from '$lib/i18n/translate.ts';
import type { LayoutLoad } from './$types';

/** What it shows is asked for by whoever is signed in: a server that drew it would have nothing to draw. */
export const ssr = false;

/** The words of the committee, with those of every page. */
export const load: LayoutLoad = async ({ parent }) => {
	const { language } = await parent();
	const words = await loadWorkCatalogue(language);
	return { t: createTranslate(language, words), format: createFormat(language, words) };
};
