import { ResetCodeRequest } from '$lib/core/protocol/account.ts';
import { answerPerson, readForm, refuseFault } from '$lib/server/http/account.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** A one-time code for somebody who forgot their password; administrators only. */
export const POST: RequestHandler = async (event) => {
	const form = await readForm(event, ResetCodeRequest);
	if (!form.ok) return refuseFault(event, form.fault);
	const { identity } = await services();
	const person = await identity.person(event.request.headers);
	if (!person) return refuseFault(event, { code: 'account/signed-out' });
	if (person.role !== 'administrator') return refuseFault(event, { code: 'account/not-administrator' });
	const made = await identity.makeResetCode(person, form.value.name);
	return made.ok ? answerPerson(made.value) : refuseFault(event, made.fault);
};
