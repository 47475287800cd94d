import { SignOutRequest } from '$lib/core/protocol/account.ts';
import { answerPerson, readForm, refuseFault } from '$lib/server/http/account.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** Ends this session, and the phone's right to send once nothing waits there. */
export const POST: RequestHandler = async (event) => {
	const form = await readForm(event, SignOutRequest);
	if (!form.ok) return refuseFault(event, form.fault);
	const { identity } = await services();
	const cookies = await identity.signOut(event.request.headers, form.value.token);
	return answerPerson({ done: true }, cookies);
};
