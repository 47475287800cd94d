/** A fault of the library as the error page shows it: status, code, and the sentence in the page's language. */
import { error } from '@sveltejs/kit';
import type { SaveFault } from '$lib/device/faults.ts';
import type { Translate } from '$lib/i18n/translate.ts';
import type { Asked, Library } from '$lib/library/port.ts';

const NOT_FOUND = new Set<SaveFault['code']>(['library/not-found', 'lesson/not-found', 'network/not-found']);

/** Ends a `load` with the error page, which leads on to what a recall names instead (LIB-7). */
export async function failPage(
	{ code, params }: SaveFault,
	t: Translate,
	library: Library,
	asked: Asked
): Promise<never> {
	error(NOT_FOUND.has(code) ? 404 : code === 'library/withdrawn' || code === 'trust/recalled' ? 410 : 503, {
		code,
		message: t(`faults.${code}`, params),
		...(code === 'trust/recalled' && typeof params?.replacement === 'string'
			? { instead: await titled(library, asked, params.replacement) }
			: {})
	});
}

/** With its title, where that is to be had; with no link and not on this phone it is led to all the same. */
async function titled(library: Library, { language }: Asked, id: string) {
	const page = await library.package({ language }, id);
	return page.ok
		? { id, title: page.value.title, language: page.value.contentLanguage }
		: { id, title: null, language: null };
}
