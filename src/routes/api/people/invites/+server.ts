import { object } from 'valibot';
import { InviteRequest } from '$lib/core/protocol/people.ts';
import { act, look } from '$lib/server/start/act.ts';
import type { RequestHandler } from './$types';

/** Codes that can still be used; never the codes themselves. */
export const GET: RequestHandler = (event) =>
	look(event, 'people/invite', object({}), async (who, _, { people }) => ({
		invites: await people.invites(who)
	}));

/** A new code, said this once. */
export const POST: RequestHandler = (event) =>
	act(event, 'people/invite', InviteRequest, (who, form, { people }) => people.invite(who, form));
