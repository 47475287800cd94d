import { ReviewUnitAddress } from '$lib/server/http/review-queries.ts';
import { askCommittee } from '$lib/server/start/committee.ts';
import type { RequestHandler } from './$types';

/** A unit as learners see it, now and in the version that is out. */
export const GET: RequestHandler = (event) =>
	askCommittee(event, ReviewUnitAddress, (committee, person, at) => committee.unit(person, at));
