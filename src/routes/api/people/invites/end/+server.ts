import { ok } from '$lib/core/base/result.ts';
import { EndInviteRequest } from '$lib/core/protocol/people.ts';
import { act } from '$lib/server/start/act.ts';
import type { RequestHandler } from './$types';

/** Ends a code before its time. */
export const POST: RequestHandler = (event) =>
	act(event, 'people/invite', EndInviteRequest, async (who, { id }, { people }) => {
		const ended = await people.endInvite(who, id);
		return ended.ok ? ok({ done: true }) : ended;
	});
