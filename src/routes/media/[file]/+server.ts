import { refuse } from '$lib/server/http/answer.ts';
import { serveBytes } from '$lib/server/http/bytes.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** Media under the type that was found in its bytes when it was published; the ending has to fit it. */
export const GET: RequestHandler = async (event) => {
	const [, digest, ending] = /^([0-9a-f]{64})\.([a-z0-9]{1,8})$/.exec(event.params.file) ?? [];
	const { blobs, library } = await services();
	const media = digest ? await library.media(digest) : null;
	if (!media || !ENDINGS[media.mediaType]?.includes(ending!)) {
		return refuse(event, 404, { code: 'http/not-found' });
	}
	return serveBytes(event.request, {
		size: media.size,
		etag: `"${media.digest}"`,
		mediaType: media.mediaType,
		stream: (start, end) => blobs.stream(media.digest, start, end)
	});
};

const ENDINGS: Record<string, string[]> = {
	'image/webp': ['webp'],
	'video/mp4': ['mp4'],
	'video/webm': ['webm'],
	'audio/mp4': ['m4a', 'mp4'],
	'audio/webm': ['webm']
};
