/** What the endpoints of the committee share: who asks, about what, with which form. */
import type { RequestEvent } from '@sveltejs/kit';
import type * as v from 'valibot';
import type { Fault, Result } from '../../core/base/result.ts';
import type { Person } from '../../core/protocol/account.ts';
import { answerPerson, readForm, refuseFault } from '../http/account.ts';
import { parse } from '../http/answer.ts';
import { addressOf } from '../http/queries.ts';
import { SubmissionAddress } from '../http/review-queries.ts';
import type { Committee } from '../review/committee.ts';
import { requirePerson } from './rights.ts';
import { services } from './services.ts';

/** A comment in Lao or Burmese takes three bytes a letter; a statement of thirteen languages less. */
const MAX_FORM = 96 * 1024;

/** Answers what `act` gives, or its fault; nothing of it is kept by anyone on the way. */
export async function answerResult(event: RequestEvent, result: Result<unknown, Fault>): Promise<Response> {
	return result.ok ? answerPerson(result.value) : refuseFault(event, result.fault);
}

/** Somebody asks about one submission. Whether they may is the policy's to say. */
export async function askCommittee<Schema extends v.GenericSchema>(
	event: RequestEvent,
	address: Schema,
	ask: (committee: Committee, person: Person, at: v.InferOutput<Schema>) => Promise<Result<unknown, Fault>>
): Promise<Response> {
	const at = parse(address, addressOf(event));
	if (!at.ok) return refuseFault(event, at.fault);
	const person = await requirePerson(event);
	if (!person.ok) return refuseFault(event, person.fault);
	const { review } = await services();
	return answerResult(event, await ask(review.committee, person.value, at.value));
}

/** Somebody does something with one submission, by a form from our own pages. */
export async function actOnSubmission<Schema extends v.GenericSchema>(
	event: RequestEvent,
	schema: Schema,
	act: (
		committee: Committee,
		person: Person,
		id: string,
		form: v.InferOutput<Schema>
	) => Promise<Result<unknown, Fault>>
): Promise<Response> {
	const form = await readForm(event, schema, MAX_FORM);
	if (!form.ok) return refuseFault(event, form.fault);
	return askCommittee(event, SubmissionAddress, (committee, person, { id }) =>
		act(committee, person, id, form.value)
	);
}
