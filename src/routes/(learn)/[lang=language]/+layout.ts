import type { Language } from '$lib/core/base/languages.ts';
import { loadCatalogue } from '$lib/i18n/catalogue.ts';
import { createFormat } from '$lib/i18n/format.ts';
import { createTranslate } from '$lib/i18n/translate.ts';
import type { LayoutLoad } from './$types';

/** The words of the address's language, in an instance of this page's own. */
export const load: LayoutLoad = async ({ params }) => {
	const language = params.lang as Language;
	const catalogue = await loadCatalogue(language);
	return { language, t: createTranslate(language, catalogue), format: createFormat(language) };
};
