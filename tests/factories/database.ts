/** A database of its own for a test file, on the run's one server. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';
import { migrate } from '../../src/lib/server/db/migrate.ts';
import { openDatabase, type Database } from '../../src/lib/server/db/pool.ts';

export interface TestDatabase extends Database {
	url: string;
	/** Closes the pool and takes the database away. */
	drop: () => Promise<void>;
}

/** A new database, empty. */
async function emptyDatabase(): Promise<TestDatabase> {
	const server = inject('postgres');
	const name = `test_${randomBytes(6).toString('hex')}`;
	const admin = async (statement: string): Promise<void> => {
		const client = new pg.Client({ connectionString: server });
		await client.connect();
		await client.query(statement);
		await client.end();
	};
	await admin(`create database ${name}`);
	const url = server.replace(/\/[^/]*$/, `/${name}`);
	const database = openDatabase(url, 8);
	return {
		...database,
		url,
		drop: async () => {
			await database.close();
			await admin(`drop database ${name} with (force)`);
		}
	};
}

/** A new database with every migration run. Call `drop` in `afterAll`. */
export async function migratedDatabase(): Promise<TestDatabase> {
	const database = await emptyDatabase();
	const ran = await migrate(database.pool);
	if (!ran.ok) throw new Error(ran.fault.code);
	return database;
}

/** An empty database for one test, gone after it. */
export async function databaseOfThisTest(): Promise<TestDatabase> {
	const database = await emptyDatabase();
	onTestFinished(database.drop);
	return database;
}
