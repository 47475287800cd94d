import { refuse } from '$lib/server/http/answer.ts';
import { services } from '$lib/server/start/services.ts';
import { readMetadataFile, readTargetFile } from '$lib/server/trust/serve.ts';
import type { RequestHandler } from './$types';

const TARGETS = 'targets/';

/** The catalogue file by file, as any TUF client asks for it: metadata, and targets under `targets/`. */
export const GET: RequestHandler = async (event) => {
	const { file } = event.params;
	const { trust } = await services();
	const isTarget = file.startsWith(TARGETS);
	const bytes = isTarget
		? await readTargetFile(trust, file.slice(TARGETS.length))
		: await readMetadataFile(trust, encodeURIComponent(file));
	if (!bytes) return refuse(event, 404, { code: 'http/not-found' });
	const isLasting = file !== 'timestamp.json';
	return new Response(bytes as Uint8Array<ArrayBuffer>, {
		headers: {
			'content-type': 'application/json',
			'cache-control': isLasting ? 'public, max-age=31536000, immutable' : 'no-cache'
		}
	});
};
