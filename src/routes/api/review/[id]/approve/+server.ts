import { ApproveRequest } from '$lib/core/protocol/review.ts';
import { actOnSubmission } from '$lib/server/start/committee.ts';
import type { RequestHandler } from './$types';

/** An expert’s signature. When it completes the joint rule, publishing follows by itself. */
export const POST: RequestHandler = (event) =>
	actOnSubmission(event, ApproveRequest, (committee, person, id, form) =>
		committee.approve(person, id, form)
	);
