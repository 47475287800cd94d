import { redirect } from '@sveltejs/kit';
import { browser } from '$app/environment';
import { isLanguage, type Language } from '$lib/core/base/languages.ts';
import type { PageLoad } from './$types';

/** Before a language is chosen no byte of script is sent: the page is links. */
export const csr = false;

interface Welcome {
	language: Language;
	chosen: Language | null;
	bytes: number | null;
}

export const load: PageLoad = async ({ fetch, parent }) => {
	if (browser) {
		// Only the app that is already on the phone comes here: it goes on in the language that was chosen.
		const chosen = /(?:^|; )language=([^;]*)/.exec(document.cookie)?.[1] ?? '';
		redirect(307, `/${isLanguage(chosen) ? chosen : (await parent()).language}`);
	}
	const welcome = (await (await fetch('/api/welcome')).json()) as Welcome;
	if (welcome.chosen) redirect(307, `/${welcome.chosen}`);
	return { bytes: welcome.bytes };
};
