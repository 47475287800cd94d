import { AskChangesRequest } from '$lib/core/protocol/review.ts';
import { actOnSubmission } from '$lib/server/start/committee.ts';
import type { RequestHandler } from './$types';

/** Sends it back to its author with what has to change. */
export const POST: RequestHandler = (event) =>
	actOnSubmission(event, AskChangesRequest, (committee, person, id, form) =>
		committee.askChanges(person, id, form)
	);
