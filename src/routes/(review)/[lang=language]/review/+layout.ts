import { loadWork } from '$lib/i18n/work-catalogue.ts';
import type { LayoutLoad } from './$types';

/** What it shows is asked for by whoever is signed in: a server that drew it would have nothing to draw. */
export const ssr = false;

/** The words of the committee, with those of every page. */
export const load: LayoutLoad = async ({ parent }) => loadWork((await parent()).language);
