import { openLibrary } from '$lib/library/open.ts';
import type { PageLoad } from './$types';

/** What the library has, for the ways in; Today works without it. */
export const load: PageLoad = async ({ fetch, parent }) => {
	const { language } = await parent();
	const library = await openLibrary(fetch).library({ language });
	return { packages: library.ok ? library.value.packages : [] };
};
