import { RevokeRequest } from '$lib/core/protocol/review.ts';
import { readForm, refuseFault } from '$lib/server/http/account.ts';
import { answerResult } from '$lib/server/start/committee.ts';
import { requirePerson } from '$lib/server/start/rights.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** Ends a key that was lost: one's own, or by an administrator somebody's. */
export const POST: RequestHandler = async (event) => {
	const form = await readForm(event, RevokeRequest);
	if (!form.ok) return refuseFault(event, form.fault);
	const person = await requirePerson(event);
	if (!person.ok) return refuseFault(event, person.fault);
	const { committee } = (await services()).review;
	return answerResult(event, await committee.revokeKey(person.value, form.value.expert));
};
