/** Bytes that never change, whole or by range, as every download continues (SRV-20 to SRV-24). */
import { Readable } from 'node:stream';
import type { RequestEvent } from '@sveltejs/kit';
import { parseRange } from '../../core/base/byte-range.ts';
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

/** Answers GET and HEAD: 200, 206, 304 or 416. */
export async function serveBytes(
	request: Request,
	{ size, etag, mediaType, stream }: ServedBytes
): Promise<Response> {
	const headers = new Headers({ ...ALWAYS, etag });
	if (isUnchanged(request.headers.get('if-none-match'), etag)) {
		return new Response(null, { status: 304, headers });
	}
	const asked = mayAnswerRange(request.headers.get('if-range'), etag) ? request.headers.get('range') : null;
	// RFC 9110, 14.2: a range means something for GET only.
	const range = request.method === 'HEAD' ? null : parseRange(asked, size);
	if (range === 'unsatisfiable') {
		headers.set('content-range', `bytes */${size}`);
		headers.set('cache-control', 'no-store');
		return new Response(null, { status: 416, headers });
	}
	const { start, end } = range ?? { start: 0, end: size - 1 };
	headers.set('content-type', mediaType);
	headers.set('content-length', String(end - start + 1));
	if (range) headers.set('content-range', `bytes ${start}-${end}/${size}`);
	const body = request.method === 'HEAD' || size === 0 ? null : Readable.toWeb(await stream(start, end));
	return new Response(body as ReadableStream<Uint8Array> | null, {
		status: range ? 206 : 200,
		headers
	});
}
