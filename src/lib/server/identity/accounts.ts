/** The account behind a person: their id, the look of their name, their place in the order of events. */
import { randomBytes } from 'node:crypto';
import { and, eq, notExists } from 'drizzle-orm';
import { uuidv7 } from '../../core/base/ids.ts';
import { lookOf } from '../../core/identity/name.ts';
import { users } from '../db/identity-tables.ts';
import type { Database } from '../db/pool.ts';
import { accountCursors, accounts, usernames } from '../db/progress-tables.ts';

export const newId = (): string => uuidv7(Date.now(), randomBytes(10));

/**
 * Opens an account for a name and answers its id, or null where a name that looks like it is taken. The look's key
 * decides, so two people who join at the same moment cannot both have it. What a join that broke off left is used.
 */
export async function openAccount(database: Database, name: string): Promise<string | null> {
	const look = lookOf(name);
	const id = newId();
	const { query } = database;
	const taken = await query
		.insert(usernames)
		.values({ username: look, accountId: id })
		.onConflictDoNothing()
		.returning({ accountId: usernames.accountId });
	if (taken.length === 0) {
		const freed = await query
			.update(usernames)
			.set({ accountId: id })
			.where(
				and(
					eq(usernames.username, look),
					notExists(query.select().from(users).where(eq(users.id, usernames.accountId)))
				)
			)
			.returning({ accountId: usernames.accountId });
		if (freed.length === 0) return null;
	}
	await query.transaction(async (tx) => {
		await tx.insert(accounts).values({ accountId: id, createdAt: new Date() });
		await tx.insert(accountCursors).values({ accountId: id, n: 0, mark: Buffer.alloc(16) });
	});
	return id;
}

/** Account of a person's name, or of one that looks like it. */
export async function findAccount({ query }: Database, name: string): Promise<string | null> {
	const [row] = await query
		.select()
		.from(usernames)
		.where(eq(usernames.username, lookOf(name)));
	return row?.accountId ?? null;
}
