import { RecallRequest } from '$lib/core/protocol/review.ts';
import { actOnSubmission } from '$lib/server/start/committee.ts';
import type { RequestHandler } from './$types';

/** Calls a version back, or lifts a recall. */
export const POST: RequestHandler = (event) =>
	actOnSubmission(event, RecallRequest, (committee, person, id, form) =>
		committee.recall(person, id, form.statement)
	);
