import { refuse } from '$lib/server/http/answer.ts';
import { services } from '$lib/server/start/services.ts';
import { parseBundleQuery, readBundle } from '$lib/server/trust/serve.ts';
import type { RequestHandler } from './$types';

/** All that a phone needs to bring its catalogue up to date, in one answer. */
export const GET: RequestHandler = async (event) => {
	const query = parseBundleQuery(event.url.searchParams);
	if (!query.ok)
		return refuse(event, 400, { code: 'http/bad-request', params: { field: 'root, ts, roles, for' } });
	const { trust } = await services();
	const bytes = await readBundle(trust, query.value);
	return new Response(bytes as Uint8Array<ArrayBuffer>, {
		headers: { 'content-type': 'application/vnd.setara.bundle', 'cache-control': 'no-cache' }
	});
};
