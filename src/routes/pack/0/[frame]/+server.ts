import { allowRanges, refuseBytes, serveBytes } from '$lib/server/http/bytes.ts';
import { frameName } from '$lib/server/packages/wire.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** A pack as it travels: one zstd frame without a base, opaque on the wire. */
export const GET: RequestHandler = async (event) => {
	const [, digest] = /^([0-9a-f]{64})\.zst$/.exec(event.params.frame) ?? [];
	const { blobs } = await services();
	const size = digest ? await blobs.size(frameName(digest)) : null;
	if (!digest || size === null) return refuseBytes(event);
	return serveBytes(event.request, {
		size,
		// The address names the pack. What may differ is how another server packed it, and that shows in the length; where
		// it does not, the pack's SHA-256 does (DEV-14).
		etag: `"${size}"`,
		mediaType: 'application/octet-stream',
		stream: (start, end) => blobs.stream(frameName(digest), start, end)
	});
};

export const OPTIONS: RequestHandler = allowRanges;
