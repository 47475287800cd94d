import { KeyRequest } from '$lib/core/protocol/review.ts';
import { answerPerson, readForm, refuseFault } from '$lib/server/http/account.ts';
import { answerResult } from '$lib/server/start/committee.ts';
import { requireRight } from '$lib/server/start/rights.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** This expert's key; with `?export`, the request that who holds the targets keys signs offline. */
export const GET: RequestHandler = async (event) => {
	const person = await requireRight(event, 'review/approve');
	if (!person.ok) return refuseFault(event, person.fault);
	const { committee } = (await services()).review;
	if (!event.url.searchParams.has('export')) return answerPerson(await committee.key(person.value));
	const request = await committee.enrolment(person.value);
	const response = await answerResult(event, request);
	if (request.ok) {
		const name = `${request.value.expert.id}.enrolment.json`;
		response.headers.set('content-disposition', `attachment; filename="${name}"`);
	}
	return response;
};

/** A key that this expert's device has made, with the proof that it holds it. */
export const POST: RequestHandler = async (event) => {
	const form = await readForm(event, KeyRequest);
	if (!form.ok) return refuseFault(event, form.fault);
	const person = await requireRight(event, 'review/approve');
	if (!person.ok) return refuseFault(event, person.fault);
	const { committee } = (await services()).review;
	return answerResult(event, await committee.requestKey(person.value, form.value));
};
