import { ok } from '$lib/core/base/result.ts';
import { RoleRequest } from '$lib/core/protocol/people.ts';
import { act } from '$lib/server/start/act.ts';
import type { RequestHandler } from './$types';

/** Gives somebody a role and an institution. */
export const POST: RequestHandler = (event) =>
	act(event, 'people/set-role', RoleRequest, async (who, form, { people }) => {
		const person = await people.setRole(who, form);
		return person.ok ? ok({ person: person.value }) : person;
	});
