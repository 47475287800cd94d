import { openLibrary } from '$lib/library/open.ts';
import { failPage } from '../../../page-fault.ts';
import type { PageLoad } from './$types';

/** The catalogue; words and chips narrow it in the page, out of the address. */
export const load: PageLoad = async ({ fetch, parent }) => {
	const { language, t } = await parent();
	const library = openLibrary(fetch);
	const answer = await library.library({ language });
	return answer.ok ? { library: answer.value } : failPage(answer.fault, t, library, { language });
};
