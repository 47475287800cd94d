/** Bytes that never change, whole or by range, as every download continues (SRV-20 to SRV-24). */
import { Readable } from 'node:stream';
import type { RequestEvent } from '@sveltejs/kit';
import { parseRange, type ByteRange } from '../../core/base/byte-range.ts';
import { refuse } from './answer.ts';
import { isUnchanged, mayAnswerRange } from './conditions.ts';

export interface ServedBytes {
	size: number;
	/** In its quotes; another for other bytes at this address. */
	etag: string;
	mediaType: string;
	/** Bytes from `start` to `end`, both included. */
	stream: (start: number, end: number) => Promise<Readable>;
}

/** Other sources of blobs and other sites' pages may use each other's copies: the digest decides. */
const FOR_ANYONE = { 'access-control-allow-origin': '*' };

/** Nothing that a package brings may act as a page of ours, even when its address is opened by itself. */
const ALWAYS = {
	'accept-ranges': 'bytes',
	'cache-control': 'public, max-age=31536000, immutable, no-transform',
	'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
	'x-content-type-options': 'nosniff',
	...FOR_ANYONE,
	// What continues a download reads; the length any page may read (Fetch, CORS-safelisted response headers).
	'access-control-expose-headers': 'content-range, etag',
	'cross-origin-resource-policy': 'cross-origin'
};

/** Says that these bytes are not here, so that a page from elsewhere hears it too, and does not take it for no answer. */
export async function refuseBytes(event: RequestEvent): Promise<Response> {
	const response = await refuse(event, 404, { code: 'http/not-found' });
	for (const [name, value] of Object.entries(FOR_ANYONE)) response.headers.set(name, value);
	return response;
}

/**
 * Answers what browsers ask before they continue a download from another origin (`If-Range` is not safelisted), and
 * before a page from the internet may ask a hub on the local network (Private Network Access, Chrome before 142).
 */
export const allowRanges = (): Response =>
	new Response(null, {
		status: 204,
		headers: {
			...FOR_ANYONE,
			'access-control-allow-methods': 'GET, HEAD',
			'access-control-allow-headers': 'range, if-range',
			'access-control-allow-private-network': 'true',
			'access-control-max-age': '86400'
		}
	});

/** The head of an answer, and which bytes follow it; null: none. */
export interface ByteAnswer {
	status: 200 | 206 | 304 | 416;
	headers: Record<string, string>;
	body: ByteRange | null;
}

/** What GET and HEAD are answered with: 200, 206, 304 or 416. `header` reads one of the request's, in lower case. */
export function answerBytes(
	method: string,
	header: (name: string) => string | null,
	{ size, etag, mediaType }: Omit<ServedBytes, 'stream'>
): ByteAnswer {
	const headers: Record<string, string> = { ...ALWAYS, etag };
	if (isUnchanged(header('if-none-match'), etag)) return { status: 304, headers, body: null };
	const asked = mayAnswerRange(header('if-range'), etag) ? header('range') : null;
	// RFC 9110, 14.2: a range means something for GET only.
	const range = method === 'HEAD' ? null : parseRange(asked, size);
	if (range === 'unsatisfiable') {
		Object.assign(headers, { 'content-range': `bytes */${size}`, 'cache-control': 'no-store' });
		return { status: 416, headers, body: null };
	}
	const { start, end } = range ?? { start: 0, end: size - 1 };
	Object.assign(headers, { 'content-type': mediaType, 'content-length': String(end - start + 1) });
	if (range) headers['content-range'] = `bytes ${start}-${end}/${size}`;
	const body = method === 'HEAD' || size === 0 ? null : { start, end };
	return { status: range ? 206 : 200, headers, body };
}

/** Answers with these bytes. */
export async function serveBytes(request: Request, bytes: ServedBytes): Promise<Response> {
	const { status, headers, body } = answerBytes(request.method, (name) => request.headers.get(name), bytes);
	const stream = body && Readable.toWeb(await bytes.stream(body.start, body.end));
	return new Response(stream as ReadableStream<Uint8Array> | null, { status, headers });
}
