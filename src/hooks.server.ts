import type { Handle } from '@sveltejs/kit';
import { isLanguage, matchLanguage } from '$lib/core/base/languages.ts';

/** The language of the page is the first word of its address; elsewhere what the browser asks for. */
export const handle: Handle = ({ event, resolve }) => {
	const first = event.url.pathname.split('/')[1] ?? '';
	const asked = event.request.headers.get('accept-language') ?? '';
	event.locals.language = isLanguage(first)
		? first
		: (matchLanguage(asked.split(',').map((range) => range.split(';')[0]!.trim())) ?? 'en');
	return resolve(event, {
		transformPageChunk: ({ html }) => html.replace('%setara.lang%', event.locals.language)
	});
};
