import { refuseFault } from '$lib/server/http/account.ts';
import { isFromHere, readJson } from '$lib/server/http/body.ts';
import { ADDRESS_HEADER } from '$lib/server/identity/auth.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** Nothing that these endpoints take is longer. */
const MAX_BODY = 8 * 1024;

/** better-auth's own endpoints, those of them that are open (sessions; single sign-on where it is set up). */
const handle: RequestHandler = async (event) => {
	const { request, getClientAddress } = event;
	const { identity } = await services();
	const headers = new Headers(request.headers);
	headers.set(ADDRESS_HEADER, getClientAddress());
	if (request.method === 'GET') return identity.auth.handler(new Request(request.url, { headers }));
	if (!isFromHere(event)) return refuseFault(event, { code: 'account/other-site' });
	// Read by our own rules: it would take any size, and hand on what no database keeps.
	const body = await readJson(event, MAX_BODY);
	if (!body.ok) return refuseFault(event, body.fault);
	for (const name of ['content-length', 'content-encoding', 'transfer-encoding']) headers.delete(name);
	return identity.auth.handler(
		new Request(request.url, { method: 'POST', headers, body: JSON.stringify(body.value) })
	);
};

export const GET = handle;
export const POST = handle;
