import { Digest } from '$lib/core/base/schema.ts';
import { parse } from '$lib/server/http/answer.ts';
import { allowRanges, refuseBytes, serveBytes } from '$lib/server/http/bytes.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** A blob by its SHA-256, as bytes without a meaning. */
export const GET: RequestHandler = async (event) => {
	const digest = parse(Digest, event.params.digest);
	if (!digest.ok) return refuseBytes(event);
	const { blobs } = await services();
	const size = await blobs.size(digest.value);
	if (size === null) return refuseBytes(event);
	return serveBytes(event.request, {
		size,
		etag: `"${digest.value}"`,
		mediaType: 'application/octet-stream',
		stream: (start, end) => blobs.stream(digest.value, start, end)
	});
};

export const OPTIONS: RequestHandler = allowRanges;
