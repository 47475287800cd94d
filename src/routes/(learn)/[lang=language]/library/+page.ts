import { openLibrary } from '$lib/library/open.ts';
import { failPage } from '../../../page-fault.ts';
import type { PageLoad } from './$types';

/** The catalogue; words and chips narrow it in the page, out of the address. */
export const load: PageLoad = async ({ fetch, parent }) => {
	const { language, t } = await parent();
	const library = await openLibrary(fetch).library({ language });
	return library.ok ? { library: library.value } : failPage(library.fault, t);
};
