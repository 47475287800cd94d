import { HandInRequest } from '$lib/core/protocol/hand-in.ts';
import { answerPerson, readForm, refuseFault } from '$lib/server/http/account.ts';
import { answerResult } from '$lib/server/start/committee.ts';
import { requirePerson, requireRight } from '$lib/server/start/rights.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** Four hundred blobs and a word to the committee. */
const MAX_FORM = 96 * 1024;

/** Takes the list of a snapshot in and answers which of its blobs are missing. */
export const POST: RequestHandler = async (event) => {
	const form = await readForm(event, HandInRequest, MAX_FORM);
	if (!form.ok) return refuseFault(event, form.fault);
	const person = await requireRight(event, 'hand-in');
	if (!person.ok) return refuseFault(event, person.fault);
	const { review } = await services();
	return answerResult(event, await review.handIns.handIn(person.value, form.value));
};

/** What this person handed in, newest first. */
export const GET: RequestHandler = async (event) => {
	const person = await requirePerson(event);
	if (!person.ok) return refuseFault(event, person.fault);
	const { review } = await services();
	return answerPerson(await review.handIns.mine(person.value));
};
