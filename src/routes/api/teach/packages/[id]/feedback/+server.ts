import { refuseFault } from '$lib/server/http/account.ts';
import { parse } from '$lib/server/http/answer.ts';
import { FeedbackAddress } from '$lib/server/http/feedback-endpoints.ts';
import { addressOf } from '$lib/server/http/queries.ts';
import { answerResult } from '$lib/server/start/committee.ts';
import { requirePerson } from '$lib/server/start/rights.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** What learners marked and answered in a package, for its makers and the committee. */
export const GET: RequestHandler = async (event) => {
	const address = parse(FeedbackAddress, addressOf(event));
	if (!address.ok) return refuseFault(event, address.fault);
	const person = await requirePerson(event);
	if (!person.ok) return refuseFault(event, person.fault);
	if (person.value.suspended) return refuseFault(event, { code: 'people/suspended' });
	const { feedback } = await services();
	const language = address.value.lang ?? event.locals.language;
	return answerResult(event, await feedback.of(person.value, address.value.id, language));
};
