import * as v from 'valibot';
import { readForm, refuseFault } from '$lib/server/http/account.ts';
import { parse } from '$lib/server/http/answer.ts';
import { addressOf } from '$lib/server/http/queries.ts';
import { SubmissionAddress } from '$lib/server/http/review-queries.ts';
import { answerResult } from '$lib/server/start/committee.ts';
import { requirePerson } from '$lib/server/start/rights.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** Takes one's own hand-in back. */
export const POST: RequestHandler = async (event) => {
	const form = await readForm(event, v.strictObject({}));
	if (!form.ok) return refuseFault(event, form.fault);
	const at = parse(SubmissionAddress, addressOf(event));
	if (!at.ok) return refuseFault(event, at.fault);
	const person = await requirePerson(event);
	if (!person.ok) return refuseFault(event, person.fault);
	const { review } = await services();
	return answerResult(event, await review.handIns.withdraw(person.value, at.value.id));
};
