import { ok } from '$lib/core/base/result.ts';
import { RenameRequest } from '$lib/core/protocol/people.ts';
import { act } from '$lib/server/start/act.ts';
import type { RequestHandler } from './$types';

/** Another name for an institution. */
export const POST: RequestHandler = (event) =>
	act(event, 'institutions/manage', RenameRequest, async (who, { id, name }, { people }) => {
		const renamed = await people.renameInstitution(who, id, name);
		return renamed.ok ? ok({ institution: renamed.value }) : renamed;
	});
