/** Brings a database to the shape that this version of the code expects. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';

/** Any number: what matters is that every process of Setara asks for the same lock. */
const LOCK = 8_243_271;
const FOLDER = join(import.meta.dirname, 'migrations');

export interface MigrateOptions {
	folder?: string | undefined;
	/** Only these: the shape that a backup was written in. */
	only?: ReadonlySet<string> | undefined;
}
export type MigrateFault = Fault<'start/database-newer'>;

/**
 * Runs what is missing of `migrations/*.sql`, in order, each in a transaction of its own, under one lock, so that
 * several processes may start at once. Answers the names that it ran. A database that already holds a migration
 * which this code does not know was made by a newer version and is left alone (`start/database-newer`).
 */
export async function migrate(
	pool: Pool,
	{ folder = FOLDER, only }: MigrateOptions = {}
): Promise<Result<string[], MigrateFault>> {
	const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
	const strange = [...(only ?? [])].find((name) => !files.includes(name));
	if (strange) return fail('start/database-newer', { version: strange });
	const client = await pool.connect();
	try {
		await client.query('select pg_advisory_lock($1)', [LOCK]);
		await client.query(
			'create table if not exists migrations (name text primary key, at timestamptz not null default now())'
		);
		const { rows } = await client.query<{ name: string }>('select name from migrations order by name');
		const unknown = rows.find((row) => !files.includes(row.name));
		if (unknown) return fail('start/database-newer', { version: unknown.name });
		const done = new Set(rows.map((row) => row.name));
		const missing = files.filter((name) => !done.has(name) && (only?.has(name) ?? true));
		for (const name of missing) {
			await client.query('begin');
			await client.query(await readFile(join(folder, name), 'utf8'));
			await client.query('insert into migrations (name) values ($1)', [name]);
			await client.query('commit');
		}
		return ok(missing);
	} catch (error) {
		await client.query('rollback').catch(() => {});
		throw error;
	} finally {
		await client.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => {});
		client.release();
	}
}
