import { AuditQuery } from '$lib/core/protocol/people.ts';
import { look } from '$lib/server/start/act.ts';
import type { RequestHandler } from './$types';

/** Who did what to whom, the newest first. */
export const GET: RequestHandler = (event) =>
	look(event, 'audit/read', AuditQuery, (who, { before }, { people }) => people.audit(who, before));
