import { answerPerson } from '$lib/server/http/account.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** Who is signed in here. */
export const GET: RequestHandler = async ({ request }) => {
	const { identity } = await services();
	return answerPerson({ person: await identity.person(request.headers) });
};
