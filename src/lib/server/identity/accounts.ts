/** The account behind a person: their id, the look of their name, their place in the order of events. */
import { randomBytes } from 'node:crypto';
import { and, eq, isNull, lt, or } from 'drizzle-orm';
import { uuidv7 } from '../../core/base/ids.ts';
import { lookOf } from '../../core/identity/name.ts';
import { users } from '../db/identity-tables.ts';
import type { Database } from '../db/pool.ts';
import { accountCursors, accounts, usernames } from '../db/progress-tables.ts';

export const newId = (): string => uuidv7(Date.now(), randomBytes(10));

/** How long a join may be under way, from here to the person's row; one that is older broke off. */
const JOIN_MS = 60_000;

/**
 * Opens an account for a name and answers its id, or null where a name that looks like it is taken. The look's key
 * decides, so two people who join at the same moment cannot both have it. What a join that broke off left is free again
 * after a minute.
 */
export async function openAccount({ query }: Database, name: string): Promise<string | null> {
	const look = lookOf(name);
	const id = newId();
	return query.transaction(async (tx) => {
		const taken = await tx
			.insert(usernames)
			.values({ username: look, accountId: id })
			.onConflictDoNothing()
			.returning({ accountId: usernames.accountId });
		if (taken.length === 0 && !(await takeOver(tx, look, id))) return null;
		await tx.insert(accounts).values({ accountId: id, createdAt: new Date() });
		await tx.insert(accountCursors).values({ accountId: id, n: 0, mark: Buffer.alloc(16) });
		return id;
	});
}

/** Gives a look to an account where the one that has it is nobody's, and no join of it can be under way. */
async function takeOver(query: Pick<Database['query'], 'select' | 'update'>, look: string, id: string) {
	const [brokeOff] = await query
		.select({ accountId: usernames.accountId })
		.from(usernames)
		.leftJoin(accounts, eq(accounts.accountId, usernames.accountId))
		.leftJoin(users, eq(users.id, usernames.accountId))
		.where(
			and(
				eq(usernames.username, look),
				isNull(users.id),
				or(isNull(accounts.createdAt), lt(accounts.createdAt, new Date(Date.now() - JOIN_MS)))
			)
		);
	if (!brokeOff) return false;
	// Named once more: somebody may have been quicker.
	const taken = await query
		.update(usernames)
		.set({ accountId: id })
		.where(and(eq(usernames.username, look), eq(usernames.accountId, brokeOff.accountId)))
		.returning({ accountId: usernames.accountId });
	return taken.length > 0;
}

/** Account of a person's name, or of one that looks like it. */
export async function findAccount({ query }: Database, name: string): Promise<string | null> {
	const [row] = await query
		.select()
		.from(usernames)
		.where(eq(usernames.username, lookOf(name)));
	return row?.accountId ?? null;
}
