import { refuseFault } from '$lib/server/http/account.ts';
import { parse } from '$lib/server/http/answer.ts';
import { addressOf } from '$lib/server/http/queries.ts';
import { QueueAddress } from '$lib/server/http/review-queries.ts';
import { answerResult } from '$lib/server/start/committee.ts';
import { requireRight } from '$lib/server/start/rights.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** What waits for the committee, and what of it waits for whoever asks. */
export const GET: RequestHandler = async (event) => {
	const query = parse(QueueAddress, addressOf(event));
	if (!query.ok) return refuseFault(event, query.fault);
	const person = await requireRight(event, 'review/read');
	if (!person.ok) return refuseFault(event, person.fault);
	const { review } = await services();
	const language = query.value.lang ?? event.locals.language;
	return answerResult(event, await review.committee.queue(person.value, query.value, language));
};
