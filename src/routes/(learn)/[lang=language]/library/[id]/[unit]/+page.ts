import { openLibrary } from '$lib/library/open.ts';
import { failPage } from '../../../../../page-fault.ts';
import type { PageLoad } from './$types';

/** One unit, in the content language of `?in=`: from this phone when it is here, else from the server. */
export const load: PageLoad = async ({ fetch, params, url, parent }) => {
	const { language, t } = await parent();
	const asked = { language, content: url.searchParams.get('in') };
	const library = openLibrary(fetch);
	const answer = await library.unit(asked, params.id, params.unit);
	return answer.ok ? { unit: answer.value } : failPage(answer.fault, t, library, asked);
};
