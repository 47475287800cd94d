import { JoinRequest } from '$lib/core/protocol/account.ts';
import { answerPerson, readForm, refuseFault } from '$lib/server/http/account.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** A new account: a name and a password, nothing else. */
export const POST: RequestHandler = async (event) => {
	const form = await readForm(event, JoinRequest);
	if (!form.ok) return refuseFault(event, form.fault);
	const { identity } = await services();
	const joined = await identity.join(form.value, event.getClientAddress());
	if (!joined.ok) return refuseFault(event, joined.fault);
	const { person, token, cookies } = joined.value;
	return answerPerson({ person, token }, cookies);
};
