/** The account behind a person: their id, the look of their name, their place in the order of events. */
import { randomBytes } from 'node:crypto';
import { uuidv7 } from '../../core/base/ids.ts';
import { lookOf } from '../../core/identity/name.ts';
import type { Database } from '../db/pool.ts';

export const newId = (): string => uuidv7(Date.now(), randomBytes(10));

/**
 * Opens an account for a name and answers its id, or null where a name that looks like it is taken. The look's key
 * decides, so two people who join at the same moment cannot both have it. What a join that broke off left is used.
 */
export async function openAccount(database: Database, name: string): Promise<string | null> {
	const look = lookOf(name);
	const id = newId();
	const { rowCount } = await database.pool.query(
		'insert into usernames (username, account_id) values ($1, $2) on conflict (username) do nothing',
		[look, id]
	);
	if (rowCount === 0) {
		const { rowCount: freed } = await database.pool.query(
			`update usernames set account_id = $2 where username = $1
				and account_id not in (select id from users)`,
			[look, id]
		);
		if (freed === 0) return null;
	}
	const client = await database.pool.connect();
	try {
		await client.query('begin');
		await client.query('insert into accounts (account_id, created_at) values ($1, $2)', [id, new Date()]);
		await client.query('insert into account_cursors (account_id, n, mark) values ($1, 0, $2)', [
			id,
			Buffer.alloc(16)
		]);
		await client.query('commit');
	} catch (error) {
		await client.query('rollback').catch(() => {});
		throw error;
	} finally {
		client.release();
	}
	return id;
}

/** Account of a person's name, or of one that looks like it. */
export async function findAccount(database: Database, name: string): Promise<string | null> {
	const { rows } = await database.pool.query<{ account_id: string }>(
		'select account_id from usernames where username = $1',
		[lookOf(name)]
	);
	return rows[0]?.account_id ?? null;
}
