import { readiness } from '$lib/server/start/readiness.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** Whether this server can serve, for a balancer: 200 or 503. */
export const GET: RequestHandler = async () => {
	const found = await readiness(await services(), Date.now());
	return Response.json(found, {
		status: found.ready ? 200 : 503,
		headers: { 'cache-control': 'no-store' }
	});
};
