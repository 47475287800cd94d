import { ResetCodeRequest } from '$lib/core/protocol/account.ts';
import { act } from '$lib/server/start/act.ts';
import type { RequestHandler } from './$types';

/** A one-time code for somebody who forgot their password; a teacher's for learners of their own institution. */
export const POST: RequestHandler = (event) =>
	act(event, 'people/reset-password', ResetCodeRequest, (who, { name }, { identity }) =>
		identity.makeResetCode(who, name)
	);
