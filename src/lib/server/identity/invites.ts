/** Codes to join by: made by an administrator, kept as a digest, used a number of times (PPL-40 to PPL-47). */
import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';
import type { Role } from '../../core/identity/rights.ts';
import type { InviteEntry, InviteRequest, MadeInvite } from '../../core/protocol/people.ts';
import { institutions, invites, users } from '../db/identity-tables.ts';
import type { Database } from '../db/pool.ts';
import { newId } from './accounts.ts';
import { audit, type Queries } from './audit.ts';
import { digestOfCode, newCode } from './codes.ts';

export type CodeFault = Fault<'people/wrong-code' | 'people/used-code' | 'people/expired-code'>;

/** What a code gives. */
export interface Grant {
	invite: string;
	role: Role;
	institution: string | null;
}

const DAY = 86_400_000;

const isOpen = (now: Date) =>
	and(isNull(invites.endedAt), gt(invites.usesLeft, 0), gt(invites.expiresAt, now));

/** Those that can still be used, the newest first; of one institution or of all. */
export async function listInvites(
	{ query }: Database,
	institution: string | null,
	id?: string
): Promise<InviteEntry[]> {
	const rows = await query
		.select({
			id: invites.id,
			role: invites.role,
			institution: { id: institutions.id, name: institutions.name, country: institutions.country },
			uses: invites.uses,
			usesLeft: invites.usesLeft,
			madeBy: users.displayUsername,
			madeAt: invites.madeAt,
			expires: invites.expiresAt
		})
		.from(invites)
		.leftJoin(institutions, eq(institutions.id, invites.institutionId))
		.leftJoin(users, eq(users.id, invites.madeBy))
		.where(
			and(
				isOpen(new Date()),
				institution === null ? undefined : eq(invites.institutionId, institution),
				id === undefined ? undefined : eq(invites.id, id)
			)
		)
		.orderBy(desc(invites.madeAt), desc(invites.id));
	return rows.map((row) => ({
		...row,
		madeAt: row.madeAt.toISOString(),
		expires: row.expires.toISOString()
	}));
}

/** Makes a code; what may be asked for was decided before. */
export async function makeInvite(
	database: Database,
	actor: string | null,
	{ role, institution, uses, days }: InviteRequest
): Promise<MadeInvite> {
	const id = newId();
	const code = newCode(3, 4);
	await database.query.transaction(async (tx) => {
		await tx.insert(invites).values({
			...{ id, role, uses, code: digestOfCode(code), institutionId: institution, usesLeft: uses },
			...{ madeBy: actor, madeAt: new Date(), expiresAt: new Date(Date.now() + days * DAY), endedAt: null }
		});
		await audit(tx, {
			...{ actor, action: 'invite-made', subject: null },
			detail: { invite: id, role, uses, ...(institution ? { institution } : {}) }
		});
	});
	const [invite] = await listInvites(database, null, id);
	return { code, invite: invite! };
}

/** Ends a code before its time. */
export async function endInvite(database: Database, actor: string | null, id: string): Promise<boolean> {
	return database.query.transaction(async (tx) => {
		const ended = await tx
			.update(invites)
			.set({ endedAt: new Date() })
			.where(and(eq(invites.id, id), isNull(invites.endedAt)))
			.returning({ institution: invites.institutionId });
		const [invite] = ended;
		if (!invite) return false;
		const { institution } = invite;
		await audit(tx, {
			...{ actor, action: 'invite-ended', subject: null },
			detail: { invite: id, ...(institution ? { institution } : {}) }
		});
		return true;
	});
}

/** Uses a code up by one. Of two who come with the last use at the same moment one has it. */
export async function takeInvite(query: Queries, typed: string): Promise<Result<Grant, CodeFault>> {
	const code = digestOfCode(typed);
	const now = new Date();
	const [taken] = await query
		.update(invites)
		.set({ usesLeft: sql`${invites.usesLeft} - 1` })
		.where(and(eq(invites.code, code), isOpen(now)))
		.returning({ invite: invites.id, role: invites.role, institution: invites.institutionId });
	if (taken) return ok(taken);
	const [found] = await query.select().from(invites).where(eq(invites.code, code));
	if (!found || found.endedAt) return fail('people/wrong-code');
	return fail(found.expiresAt <= now ? 'people/expired-code' : 'people/used-code');
}

/** Gives a use back: nobody came in by it. */
export async function giveBack(query: Queries, { invite }: Grant): Promise<void> {
	await query
		.update(invites)
		.set({ usesLeft: sql`least(${invites.usesLeft} + 1, ${invites.uses})` })
		.where(eq(invites.id, invite));
}

/**
 * Makes somebody who is a learner what a code gives. Whoever has another role keeps it until an administrator changes
 * it (`people/has-role`), and the code keeps its use.
 */
export async function useInvite(
	{ query }: Database,
	person: string,
	typed: string
): Promise<Result<Grant, CodeFault | Fault<'people/has-role'>>> {
	return query.transaction(async (tx) => {
		const taken = await takeInvite(tx, typed);
		if (!taken.ok) return taken;
		const { role, institution } = taken.value;
		const changed = await tx
			.update(users)
			.set({ role, institutionId: institution })
			.where(and(eq(users.id, person), eq(users.role, 'learner')))
			.returning({ id: users.id });
		if (changed.length === 0) {
			await giveBack(tx, taken.value);
			return fail('people/has-role');
		}
		await noteUse(tx, person, taken.value);
		return taken;
	});
}

/** Writes down who came in by a code. */
export const noteUse = (
	query: Queries,
	person: string,
	{ role, invite, institution }: Grant
): Promise<void> =>
	audit(query, {
		...{ actor: person, action: 'invite-used', subject: person },
		detail: { role, invite, ...(institution ? { institution } : {}) }
	});

/** Ends the codes that the server itself made for a first administrator: one of them at a time. */
export async function endFirstInvites({ query }: Database): Promise<void> {
	await query
		.update(invites)
		.set({ endedAt: new Date() })
		.where(and(isNull(invites.madeBy), eq(invites.role, 'administrator'), isNull(invites.endedAt)));
}
