/** Media out of the phone's store, by byte range, so that seeking works with no link; else from the server (DEV-32). */
import { parseRange } from '../lib/core/base/byte-range.ts';
import { openMedia } from '../lib/device/packages/media-stream.ts';
import { worker } from './scope.ts';

const ADDRESS = /^\/media\/([0-9a-f]{64})\.[a-z0-9]{1,8}$/;

export const isMedia = ({ request, url }: { request: Request; url: URL }): boolean =>
	request.method === 'GET' && url.origin === worker.location.origin && ADDRESS.test(url.pathname);

/** The type is the approved part's; never rendered as a page. */
export async function answerMedia({ request, url }: { request: Request; url: URL }): Promise<Response> {
	const file = await openMedia(ADDRESS.exec(url.pathname)![1]!).catch(() => null);
	if (!file) return fetch(request);
	const { size, mediaType } = file;
	const headers = new Headers({
		'content-type': mediaType,
		'accept-ranges': 'bytes',
		'x-content-type-options': 'nosniff',
		'content-security-policy': "default-src 'none'; sandbox"
	});
	const range = parseRange(request.headers.get('range'), size);
	if (range === 'unsatisfiable') {
		headers.set('content-range', `bytes */${size}`);
		return new Response(null, { status: 416, headers });
	}
	const { start, end } = range ?? { start: 0, end: size - 1 };
	headers.set('content-length', String(end - start + 1));
	if (range) headers.set('content-range', `bytes ${start}-${end}/${size}`);
	return new Response(file.stream(start, end), { status: range ? 206 : 200, headers });
}
