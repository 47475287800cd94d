/** The one pool of connections of a process. */
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as schema from './schema.ts';

export interface Database {
	pool: pg.Pool;
	/** Typed queries over the same pool. */
	query: NodePgDatabase<typeof schema>;
	close: () => Promise<void>;
}

/** Opens a pool. A connection that breaks while idle is logged and replaced, never the end of the process. */
export function openDatabase(url: string, max = 16): Database {
	const pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: 5000 });
	pool.on('error', (error) => console.error(`database: ${error.message}`));
	return { pool, query: drizzle(pool, { schema }), close: () => pool.end() };
}
