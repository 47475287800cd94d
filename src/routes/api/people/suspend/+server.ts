import { ok } from '$lib/core/base/result.ts';
import { SuspendRequest } from '$lib/core/protocol/people.ts';
import { act } from '$lib/server/start/act.ts';
import type { RequestHandler } from './$types';

/** Puts the rights of somebody on hold, or gives them back. They learn on either way. */
export const POST: RequestHandler = (event) =>
	act(event, 'people/suspend', SuspendRequest, async (who, { id, suspended }, { people }) => {
		const person = await people.suspend(who, id, suspended);
		return person.ok ? ok({ person: person.value }) : person;
	});
