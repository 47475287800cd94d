import { CodeRequest } from '$lib/core/protocol/people.ts';
import { answerPerson, readForm, refuseFault } from '$lib/server/http/account.ts';
import { requirePerson } from '$lib/server/start/rights.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** A code for somebody who is here already: a learner becomes what it gives. */
export const POST: RequestHandler = async (event) => {
	const form = await readForm(event, CodeRequest);
	if (!form.ok) return refuseFault(event, form.fault);
	const person = await requirePerson(event);
	if (!person.ok) return refuseFault(event, person.fault);
	const { identity } = await services();
	const changed = await identity.useCode(person.value, form.value.code, event.getClientAddress());
	return changed.ok ? answerPerson({ person: changed.value }) : refuseFault(event, changed.fault);
};
