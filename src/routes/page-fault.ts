/** A fault of the library as the error page shows it: status, code, and the sentence in the page's language. */
import { error } from '@sveltejs/kit';
import type { SaveFault } from '$lib/device/faults.ts';
import type { Translate } from '$lib/i18n/translate.ts';

const NOT_FOUND = new Set<SaveFault['code']>(['library/not-found', 'lesson/not-found', 'network/not-found']);

/** Ends a `load` with the error page. */
export function failPage({ code, params }: SaveFault, t: Translate): never {
	error(NOT_FOUND.has(code) ? 404 : code === 'library/withdrawn' || code === 'trust/recalled' ? 410 : 503, {
		code,
		message: t(`faults.${code}`, params)
	});
}
