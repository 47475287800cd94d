/** One transaction on a connection of its own. */
import type { Pool, PoolClient } from 'pg';

/** Runs `work`: committed when it answers, undone when it throws or answers a fault, which is passed on as it is. */
export async function inTransaction<Value>(
	pool: Pool,
	work: (client: PoolClient) => Promise<Value>
): Promise<Value> {
	const client = await pool.connect();
	try {
		await client.query('begin');
		const value = await work(client);
		await client.query(isFault(value) ? 'rollback' : 'commit');
		return value;
	} catch (error) {
		await client.query('rollback').catch(() => {});
		throw error;
	} finally {
		client.release();
	}
}

const isFault = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && 'ok' in value && value.ok === false;
