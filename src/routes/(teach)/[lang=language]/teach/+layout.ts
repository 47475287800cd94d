import { loadWork } from '$lib/i18n/work-catalogue.ts';
import type { LayoutLoad } from './$types';

/** All of it is on this phone: a server that drew it would have nothing to draw. */
export const ssr = false;

/** The words of authors, with those of every page. */
export const load: LayoutLoad = async ({ parent }) => loadWork((await parent()).language);
