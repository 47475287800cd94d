/** What identity asks of its tables. */
import { createHash, randomBytes } from 'node:crypto';
import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import type { Role } from '../../core/base/vocabulary.ts';
import type { Person } from '../../core/protocol/account.ts';
import { deviceTokens, institutions, resetCodes, secrets, sessions, users } from '../db/identity-tables.ts';
import { usernames } from '../db/progress-tables.ts';
import type { Database } from '../db/pool.ts';
import type { Queries } from './audit.ts';
import { digestOfCode } from './codes.ts';

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** A secret that all copies of the server share, made by the first that asks. */
export async function sharedSecret({ query }: Database, name: string): Promise<string> {
	const value = randomBytes(32).toString('base64url');
	await query.insert(secrets).values({ name, value }).onConflictDoNothing();
	const [row] = await query.select().from(secrets).where(eq(secrets.name, name));
	return row!.value;
}

/** A person as everybody else asks for them. */
export async function findPerson({ query }: Database, id: string): Promise<Person | null> {
	const [row] = await query
		.select({
			id: users.id,
			name: users.displayUsername,
			role: users.role,
			suspendedAt: users.suspendedAt,
			institution: { id: institutions.id, name: institutions.name, country: institutions.country }
		})
		.from(users)
		.leftJoin(institutions, eq(institutions.id, users.institutionId))
		.where(eq(users.id, id));
	if (!row) return null;
	const { suspendedAt, ...person } = row;
	return { ...person, suspended: suspendedAt !== null };
}

export const countUsers = async ({ query }: Database): Promise<number> => query.$count(users);

export const countAdministrators = async ({ query }: Database): Promise<number> =>
	query.$count(users, and(eq(users.role, 'administrator'), isNull(users.suspendedAt)));

export async function setRole(
	{ query }: Pick<Database, 'query'>,
	id: string,
	role: Role,
	institution?: string | null
): Promise<void> {
	const place = institution === undefined ? {} : { institutionId: institution };
	await query
		.update(users)
		.set({ role, ...place })
		.where(eq(users.id, id));
}

/** Keeps the digest of a fresh token and answers the token. */
export async function addToken({ query }: Database, userId: string): Promise<string> {
	const token = randomBytes(32).toString('base64url');
	await query.insert(deviceTokens).values({ token: digestOf(token), userId, createdAt: new Date() });
	return token;
}

export async function ownerOfToken({ query }: Database, token: string): Promise<string | null> {
	const [row] = await query
		.select({ userId: deviceTokens.userId })
		.from(deviceTokens)
		.where(eq(deviceTokens.token, digestOf(token)));
	return row?.userId ?? null;
}

export async function removeToken({ query }: Database, token: string): Promise<void> {
	await query.delete(deviceTokens).where(eq(deviceTokens.token, digestOf(token)));
}

/** Ends all sessions and tokens of a person: after a new password nobody else stays in. */
export async function signOutEverywhere({ query }: Database, userId: string): Promise<void> {
	await query.delete(sessions).where(eq(sessions.userId, userId));
	await query.delete(deviceTokens).where(eq(deviceTokens.userId, userId));
}

export async function putResetCode(
	query: Queries,
	userId: string,
	code: string,
	expiresAt: Date
): Promise<void> {
	const values = { userId, code: digestOfCode(code), tries: 0, expiresAt };
	await query
		.insert(resetCodes)
		.values(values)
		.onConflictDoUpdate({ target: resetCodes.userId, set: values });
}

/** Whether this is the person's code, counted as a try; the right one is used up. */
export async function takeResetCode(
	{ query }: Database,
	userId: string,
	code: string,
	maxTries: number
): Promise<boolean> {
	await query
		.update(resetCodes)
		.set({ tries: sql`${resetCodes.tries} + 1` })
		.where(eq(resetCodes.userId, userId));
	const taken = await query
		.delete(resetCodes)
		.where(
			and(
				eq(resetCodes.userId, userId),
				eq(resetCodes.code, digestOfCode(code)),
				gt(resetCodes.expiresAt, new Date()),
				lt(resetCodes.tries, maxTries + 1)
			)
		)
		.returning({ userId: resetCodes.userId });
	return taken.length > 0;
}

/** Takes a person and all that identity knows of them away; a second time changes nothing. */
export async function removeUser({ query }: Database, userId: string): Promise<void> {
	await query.delete(users).where(eq(users.id, userId));
	await query.delete(usernames).where(eq(usernames.accountId, userId));
}
