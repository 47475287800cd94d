import { normaliseName } from '$lib/core/identity/name.ts';
import { DeleteRequest } from '$lib/core/protocol/account.ts';
import { answerPerson, readForm, refuseFault } from '$lib/server/http/account.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** Deletes an account and all that it did; the name has to be typed once more. Doing it twice changes nothing. */
export const POST: RequestHandler = async (event) => {
	const form = await readForm(event, DeleteRequest);
	if (!form.ok) return refuseFault(event, form.fault);
	const { identity, progress } = await services();
	const person = await identity.person(event.request.headers);
	if (!person) return refuseFault(event, { code: 'account/signed-out' });
	if (normaliseName(form.value.name) !== normaliseName(person.name)) {
		return refuseFault(event, { code: 'account/other-name' });
	}
	const cookies = await identity.signOut(event.request.headers, null);
	await progress.forget(person.id);
	await identity.remove(person);
	return answerPerson({ done: true }, cookies);
};
