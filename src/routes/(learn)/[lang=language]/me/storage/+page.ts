import { loadLater } from '$lib/i18n/later-catalogue.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => loadLater((await parent()).language);
