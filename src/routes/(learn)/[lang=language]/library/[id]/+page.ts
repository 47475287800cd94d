import { openLibrary } from '$lib/library/open.ts';
import { failPage } from '../../../../page-fault.ts';
import type { PageLoad } from './$types';

/** One package, in the content language of `?in=`. */
export const load: PageLoad = async ({ fetch, params, url, parent, depends }) => {
	depends('setara:package');
	const { language, t } = await parent();
	const library = openLibrary(fetch);
	const asked = { language, content: url.searchParams.get('in') };
	const answer = await library.package(asked, params.id);
	return answer.ok ? { package: answer.value } : failPage(answer.fault, t, library, asked);
};
