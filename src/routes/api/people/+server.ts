import { PeopleQuery } from '$lib/core/protocol/people.ts';
import { look } from '$lib/server/start/act.ts';
import type { RequestHandler } from './$types';

/** People, as far as one's rights reach; a page at a time. */
export const GET: RequestHandler = (event) =>
	look(event, 'people/read', PeopleQuery, (who, query, { people }) => people.list(who, query));
