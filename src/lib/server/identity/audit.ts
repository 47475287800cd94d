/** Who did what to whom, and when: append-only, read by administrators and observers (PPL-60 to PPL-63). */
import { and, desc, eq, lt, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { AuditAction } from '../../core/identity/audit.ts';
import type { AuditPage } from '../../core/protocol/people.ts';
import { auditLog, users } from '../db/identity-tables.ts';
import type { Database } from '../db/pool.ts';
import { newId } from './accounts.ts';

/** A database, or a transaction in it. */
export type Queries = Pick<Database['query'], 'select' | 'insert' | 'update' | 'delete'>;

const PAGE = 50;

export interface Act {
	/** Null: the command line, or the server itself. */
	actor: string | null;
	action: AuditAction;
	subject: string | null;
	detail?: Record<string, string | number>;
}

export async function audit(query: Queries, { detail = {}, ...act }: Act): Promise<void> {
	await query.insert(auditLog).values({ id: newId(), at: new Date(), ...act, detail });
}

/** A page of the log, the newest first; with an institution, what its people did and what was done to them. */
export async function auditPage(
	{ query }: Database,
	institution: string | null,
	before: string | undefined
): Promise<AuditPage> {
	const actors = alias(users, 'actors');
	const subjects = alias(users, 'subjects');
	const rows = await query
		.select({
			id: auditLog.id,
			at: auditLog.at,
			actor: auditLog.actor,
			actorName: actors.displayUsername,
			action: auditLog.action,
			subject: auditLog.subject,
			subjectName: subjects.displayUsername,
			detail: auditLog.detail
		})
		.from(auditLog)
		.leftJoin(actors, eq(actors.id, auditLog.actor))
		.leftJoin(subjects, eq(subjects.id, auditLog.subject))
		.where(
			and(
				// Ids are UUIDs of version 7: their order is the order of what happened.
				before === undefined ? undefined : lt(auditLog.id, before),
				institution === null
					? undefined
					: or(
							eq(actors.institutionId, institution),
							eq(subjects.institutionId, institution),
							sql`${auditLog.detail}->>'institution' = ${institution}`
						)
			)
		)
		.orderBy(desc(auditLog.id))
		.limit(PAGE + 1);
	const entries = rows.slice(0, PAGE).map(({ actor, actorName, subject, subjectName, at, ...entry }) => ({
		...entry,
		at: at.toISOString(),
		actor: named(actor, actorName),
		subject: named(subject, subjectName)
	}));
	return { entries, next: rows.length > PAGE ? entries.at(-1)!.id : null };
}

const named = (id: string | null, name: string | null) => (id === null ? null : { id, name });
