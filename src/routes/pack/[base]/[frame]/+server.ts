import { allowRanges, refuseBytes, serveBytes } from '$lib/server/http/bytes.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** A pack as it travels: one zstd frame, by itself (`0`) or with another pack as its base, opaque on the wire. */
export const GET: RequestHandler = async (event) => {
	const [, digest] = /^([0-9a-f]{64})\.zst$/.exec(event.params.frame) ?? [];
	const base = /^(?:0|[0-9a-f]{64})$/.exec(event.params.base)?.[0];
	const { frames } = await services();
	const frame = digest && base ? await frames.of(base === '0' ? null : base, digest) : null;
	if (!frame) return refuseBytes(event);
	return serveBytes(event.request, {
		size: frame.size,
		// The address names base and pack. What may differ is how another server packed it, and that shows in the length;
		// where it does not, the pack's SHA-256 does (DEV-14).
		etag: `"${frame.size}"`,
		mediaType: 'application/octet-stream',
		stream: frame.stream
	});
};

export const OPTIONS: RequestHandler = allowRanges;
