import { ResetRequest } from '$lib/core/protocol/account.ts';
import { answerPerson, readForm, refuseFault } from '$lib/server/http/account.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** A new password for a forgotten one, by the code that an administrator made. */
export const POST: RequestHandler = async (event) => {
	const form = await readForm(event, ResetRequest);
	if (!form.ok) return refuseFault(event, form.fault);
	const { identity } = await services();
	const done = await identity.reset(form.value, event.getClientAddress());
	return done.ok ? answerPerson({ done: true }) : refuseFault(event, done.fault);
};
