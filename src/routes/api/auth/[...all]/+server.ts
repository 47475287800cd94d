import { ADDRESS_HEADER } from '$lib/server/identity/auth.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** better-auth's own endpoints, those of them that are open (sessions; single sign-on where it is set up). */
const handle: RequestHandler = async ({ request, getClientAddress }) => {
	const { identity } = await services();
	const headers = new Headers(request.headers);
	headers.set(ADDRESS_HEADER, getClientAddress());
	return identity.auth.handler(new Request(request, { headers }));
};

export const GET = handle;
export const POST = handle;
