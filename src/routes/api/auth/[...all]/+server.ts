import { refuseFault } from '$lib/server/http/account.ts';
import { isFromHere } from '$lib/server/http/body.ts';
import { ADDRESS_HEADER } from '$lib/server/identity/auth.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** better-auth's own endpoints, those of them that are open (sessions; single sign-on where it is set up). */
const handle: RequestHandler = async (event) => {
	const { request, getClientAddress } = event;
	if (request.method !== 'GET' && !isFromHere(event)) {
		return refuseFault(event, { code: 'account/other-site' });
	}
	const { identity } = await services();
	const headers = new Headers(request.headers);
	headers.set(ADDRESS_HEADER, getClientAddress());
	return identity.auth.handler(new Request(request, { headers }));
};

export const GET = handle;
export const POST = handle;
