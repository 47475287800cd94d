import { SignInRequest } from '$lib/core/protocol/account.ts';
import { answerPerson, readForm, refuseFault } from '$lib/server/http/account.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** A name and its password. */
export const POST: RequestHandler = async (event) => {
	const form = await readForm(event, SignInRequest);
	if (!form.ok) return refuseFault(event, form.fault);
	const { identity } = await services();
	const entered = await identity.signIn(form.value, event.getClientAddress());
	if (!entered.ok) return refuseFault(event, entered.fault);
	const { person, token, cookies } = entered.value;
	return answerPerson({ person, token }, cookies);
};
