import { browser } from '$app/environment';
import { isLanguage, matchLanguage, type Language } from '$lib/core/base/languages.ts';
import { loadCatalogue } from '$lib/i18n/catalogue.ts';
import { createFormat } from '$lib/i18n/format.ts';
import { createTranslate } from '$lib/i18n/translate.ts';
import type { LayoutLoad } from './$types';

/** The words of the address's language, in an instance of this page's own; without one, of the browser's language. */
export const load: LayoutLoad = async ({ params, url, fetch, untrack }) => {
	const asked = params.lang ?? untrack(() => url.pathname.split('/')[1]) ?? '';
	const language = isLanguage(asked) ? asked : await ownLanguage(fetch);
	const catalogue = await loadCatalogue(language);
	return { language, t: createTranslate(language, catalogue), format: createFormat(language, catalogue) };
};

/** Only the request carries what the browser asks for: on the server an endpoint of ours reads it. */
async function ownLanguage(fetch: typeof globalThis.fetch): Promise<Language> {
	if (browser) return matchLanguage(navigator.languages) ?? 'en';
	const { language } = (await (await fetch('/api/welcome')).json()) as { language: Language };
	return language;
}
