/** What happens to every request: its language, its headers, its size on the wire, and what goes wrong. */
import { randomBytes } from 'node:crypto';
import type { Handle, HandleServerError, RequestEvent, ResolveOptions } from '@sveltejs/kit';
import { isLanguage, matchLanguage } from '$lib/core/base/languages.ts';
import { drawDocument } from '$lib/i18n/document.ts';
import { refuse } from '$lib/server/http/answer.ts';
import { isForeignForm } from '$lib/server/http/body.ts';
import { compressed } from '$lib/server/http/compressed.ts';
import { DATA_HEADERS, DATA_POLICY, SECURITY_HEADERS } from '$lib/server/http/headers.ts';
import { describe } from '$lib/server/http/words.ts';

/** The language of the page is the first word of its address; elsewhere what the browser asks for. */
export const handle: Handle = async ({ event, resolve }) => {
	const first = event.url.pathname.split('/')[1] ?? '';
	const asked = event.request.headers.get('accept-language') ?? '';
	event.locals.language = isLanguage(first)
		? first
		: (matchLanguage(asked.split(',').map((range) => range.split(';')[0]!.trim())) ?? 'en');
	// In Kit's place (svelte.config.js), which would say it in English and without a code (ADR 0121).
	const response = isForeignForm(event)
		? await refuse(event, 403, { code: 'account/other-site' })
		: // The end of a string in C: no file, name or row has one, and looking for it would break.
			event.request.url.includes('%00')
			? await refuse(event, 400, { code: 'http/bad-request', params: { field: 'address' } })
			: await resolve(event, pageOptions(event));
	const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
	for (const [name, value] of Object.entries(isPage ? SECURITY_HEADERS : DATA_HEADERS)) {
		if (!response.headers.has(name)) response.headers.set(name, value);
	}
	if (!response.headers.has('content-security-policy')) {
		response.headers.set('content-security-policy', DATA_POLICY);
	}
	return event.isSubRequest ? response : compressed(event.request, response);
};

/** How a page is written, where the answer is one. */
function pageOptions(event: RequestEvent): ResolveOptions {
	const scripts: string[] = [];
	return {
		// In the document, behind its import map: a header would ask for them before, and then Chrome takes no map any more
		// (until 133). It is shorter too, since documents are compressed.
		preload: ({ type, path }) => {
			if (type === 'js') scripts.push(path);
			return type === 'css';
		},
		transformPageChunk: ({ html }) =>
			drawDocument(html, {
				language: event.locals.language,
				theme: event.cookies.get('theme'),
				shell: event.url.pathname === '/shell',
				scripts
			})
	};
}

/** A sentence in the person's language; what really happened goes to the log, under a number that both can name. */
export const handleError: HandleServerError = async ({ error, event, status }) => {
	const language = event.locals.language ?? 'en';
	if (status === 404)
		return { code: 'http/not-found', message: await describe(language, { code: 'http/not-found' }) };
	const number = randomBytes(4).toString('hex');
	console.error(`${number} ${event.request.method} ${event.url.pathname}:`, error);
	const fault = { code: 'http/broken', params: { number } };
	return { code: fault.code, message: await describe(language, fault) };
};
