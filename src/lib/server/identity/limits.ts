/** How often something may be tried, counted in the database, so that several copies of the server count together. */
import { eq, sql } from 'drizzle-orm';
import { signInTries } from '../db/identity-tables.ts';
import type { Database } from '../db/pool.ts';
import { newId } from './accounts.ts';

/** A wrong password for one name: after so many in a row the next has to wait. */
const FREE_TRIES = 5;
/** SP 800-63B: no more than 100 in a row. Then only a one-time code helps, which needs a person who knows them. */
export const MOST_TRIES = 100;
const LONGEST_WAIT = 15 * 60_000;

/** Whether `key` may be used once more: at most `max` times in `seconds`, which begin with its first use. */
export async function allow(database: Database, key: string, max: number, seconds: number): Promise<boolean> {
	const now = Date.now();
	const { rows } = await database.pool.query<{ count: number }>(
		`insert into rate_limits as r (id, key, count, last_request) values ($1, $2, 1, $3)
			on conflict (key) do update set
				count = case when r.last_request <= $4 then 1 else r.count + 1 end,
				last_request = case when r.last_request <= $4 then $3 else r.last_request end
			returning count`,
		[newId(), key, now, now - seconds * 1000]
	);
	return rows[0]!.count <= max;
}

/** Milliseconds that a name has to wait before its next password is looked at; 0: now, Infinity: never again. */
export async function waitOf({ query }: Database, username: string): Promise<number> {
	const [row] = await query.select().from(signInTries).where(eq(signInTries.username, username));
	if (!row || row.tries < FREE_TRIES) return 0;
	if (row.tries >= MOST_TRIES) return Infinity;
	// A second, two, four … a quarter of an hour: a class that mistypes goes on, a guesser does not.
	const wait = Math.min(1000 * 2 ** (row.tries - FREE_TRIES), LONGEST_WAIT);
	return Math.max(0, row.lastAt.getTime() + wait - Date.now());
}

export async function noteWrong({ query }: Database, username: string): Promise<void> {
	const lastAt = new Date();
	await query
		.insert(signInTries)
		.values({ username, tries: 1, lastAt })
		.onConflictDoUpdate({
			target: signInTries.username,
			set: { tries: sql`least(${signInTries.tries} + 1, 1000)`, lastAt }
		});
}

export async function noteRight({ query }: Database, username: string): Promise<void> {
	await query.delete(signInTries).where(eq(signInTries.username, username));
}
