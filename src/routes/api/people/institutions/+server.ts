import { object } from 'valibot';
import { ok } from '$lib/core/base/result.ts';
import { InstitutionRequest } from '$lib/core/protocol/people.ts';
import { act, look } from '$lib/server/start/act.ts';
import type { RequestHandler } from './$types';

/** Institutions, as far as one's rights reach. */
export const GET: RequestHandler = (event) =>
	look(event, 'people/read', object({}), async (who, _, { people }) => ({
		institutions: await people.institutions(who)
	}));

/** A new one. */
export const POST: RequestHandler = (event) =>
	act(event, 'institutions/manage', InstitutionRequest, async (who, form, { people }) => {
		const made = await people.makeInstitution(who, form);
		return made.ok ? ok({ institution: made.value }) : made;
	});
