/** Calls a route's own handler with a form or a query, as our pages do, and reads what comes back. */
import type { RequestEvent } from '@sveltejs/kit';

const HERE = 'https://learn.example';

export type Handler = (event: never) => Response | Promise<Response>;
export interface Asked {
	body?: unknown;
	raw?: Uint8Array;
	headers?: Record<string, string>;
	cookies?: string;
	path?: string;
	address?: string;
	params?: Record<string, string>;
}

export async function call(
	handler: Handler,
	{ body, raw, headers = {}, cookies, path = '/api/x', address, params = {} }: Asked
) {
	const isPost = body !== undefined || raw !== undefined;
	const request = new Request(`${HERE}${path}`, {
		method: isPost ? 'POST' : 'GET',
		headers: { origin: HERE, ...(cookies ? { cookie: cookies } : {}), ...headers },
		body: (raw as Uint8Array<ArrayBuffer> | undefined) ?? (isPost ? JSON.stringify(body) : null)
	});
	const event = {
		request,
		url: new URL(request.url),
		params,
		locals: { language: 'en' },
		getClientAddress: () => address ?? '192.0.2.1'
	} as unknown as RequestEvent;
	const response = await handler(event as never);
	const text = await response.text();
	return {
		status: response.status,
		json: (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : null) as Record<string, never>,
		cookies: response.headers
			.getSetCookie()
			.map((cookie) => cookie.split(';')[0]!)
			.join('; '),
		setCookie: response.headers.getSetCookie()
	};
}
