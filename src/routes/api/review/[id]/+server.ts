import { SubmissionAddress } from '$lib/server/http/review-queries.ts';
import { askCommittee } from '$lib/server/start/committee.ts';
import type { RequestHandler } from './$types';

/** A submission as the committee sees it, and its author. */
export const GET: RequestHandler = (event) =>
	askCommittee(event, SubmissionAddress, (committee, person, { id }) => committee.page(person, id));
