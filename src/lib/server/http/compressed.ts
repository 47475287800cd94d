/** Answers as small as the client can take them (SRV-7). */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { compress, compressor, type Encoding } from '../base/compress.ts';
import { keep } from '../base/kept.ts';
import { chooseEncoding } from './encoding.ts';

const KEPT_BYTES = 32 * 1024 * 1024;
/** Below this the headers weigh more than what is saved. */
const MIN_BYTES = 200;
const COMPRESSIBLE = /^(text\/|application\/(json|manifest\+json|problem\+json|vnd\.setara|xml)|image\/svg)/;

/** Bodies in their compressed form, by digest and encoding. A page's nonce makes it new each time: not kept. */
const kept = keep<Buffer>(KEPT_BYTES, (bytes) => bytes.length);

/** The answer compressed for this request, or as it is where that is not to be (ranges, media, small bodies). */
export async function compressed(request: Request, response: Response): Promise<Response> {
	const { headers } = response;
	const mediaType = headers.get('content-type') ?? '';
	if (!response.body || response.status === 206 || !COMPRESSIBLE.test(mediaType)) return response;
	if (headers.has('content-encoding') || /no-transform/.test(headers.get('cache-control') ?? ''))
		return response;
	headers.append('vary', 'accept-encoding');
	const encoding = chooseEncoding(request.headers.get('accept-encoding'));
	if (!encoding) return response;
	// About a person: never kept here either, and sent as it comes, however long it gets.
	if (/no-store/.test(headers.get('cache-control') ?? '')) return flowing(response, encoding);
	const body = Buffer.from(await response.arrayBuffer());
	if (body.length < MIN_BYTES) return new Response(body, response);
	const isPage = mediaType.startsWith('text/html');
	const key = () => `${encoding} ${createHash('sha256').update(body).digest('base64')}`;
	const sent = isPage
		? await compress(body, encoding, false)
		: await kept.get(key(), () => compress(body, encoding, true));
	// These are other bytes than those that a strong ETag names (RFC 9110, 8.8.3.3).
	const etag = headers.get('etag');
	if (etag && !etag.startsWith('W/')) headers.set('etag', `W/${etag}`);
	headers.set('content-encoding', encoding);
	headers.set('content-length', String(sent.length));
	return new Response(sent as Uint8Array<ArrayBuffer>, {
		status: response.status,
		statusText: response.statusText,
		headers
	});
}

/** The answer compressed while it is sent. */
function flowing(response: Response, encoding: Encoding): Response {
	const { headers, status, statusText } = response;
	headers.set('content-encoding', encoding);
	headers.delete('content-length');
	const source = Readable.fromWeb(response.body as NodeStream<Uint8Array>);
	const packed = compressor(encoding);
	// What breaks the answer breaks its compressed form too, so that nobody takes half of it for the whole.
	source.on('error', (error) => packed.destroy(error));
	const body = Readable.toWeb(source.pipe(packed)) as ReadableStream<Uint8Array>;
	return new Response(body, { status, statusText, headers });
}
