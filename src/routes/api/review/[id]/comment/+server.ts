import { CommentRequest } from '$lib/core/protocol/review.ts';
import { actOnSubmission } from '$lib/server/start/committee.ts';
import type { RequestHandler } from './$types';

/** A word on a paragraph. The same one sent twice is one. */
export const POST: RequestHandler = (event) =>
	actOnSubmission(event, CommentRequest, (committee, person, id, form) =>
		committee.comment(person, id, form)
	);
