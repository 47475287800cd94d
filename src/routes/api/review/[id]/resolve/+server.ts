import { ResolveRequest } from '$lib/core/protocol/review.ts';
import { actOnSubmission } from '$lib/server/start/committee.ts';
import type { RequestHandler } from './$types';

/** Closes a comment. */
export const POST: RequestHandler = (event) =>
	actOnSubmission(event, ResolveRequest, (committee, person, id, form) =>
		committee.resolve(person, id, form.comment)
	);
