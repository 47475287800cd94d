/** Migrations (SRV-55): any number of processes at once, each once, and never backwards. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { migrate } from '../../src/lib/server/db/migrate.ts';
import { databaseOfThisTest } from '../factories/database.ts';

async function folderOf(files: Record<string, string>): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'setara-migrations-'));
	onTestFinished(() => rm(folder, { recursive: true }));
	for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
	return folder;
}

it('runs each once when six processes start together', async () => {
	const { pool } = await databaseOfThisTest();
	const folder = await folderOf({
		'0001_a.sql': 'create table a (n int)',
		'0002_b.sql': 'create table b (n int)'
	});
	const all = await Promise.all(Array.from({ length: 6 }, () => migrate(pool, { folder })));
	const ran = all.flatMap((result) => (result.ok ? result.value : ['failed']));
	expect(ran.sort()).toEqual(['0001_a.sql', '0002_b.sql']);
});

it('takes back all of a migration that fails, and says so', async () => {
	const { pool } = await databaseOfThisTest();
	const folder = await folderOf({ '0001_a.sql': 'create table a (n int); select 1/0' });
	await expect(migrate(pool, { folder })).rejects.toThrow('division by zero');
	const { rows } = await pool.query(`select to_regclass('a') as a`);
	expect(rows).toEqual([{ a: null }]);
});

it('leaves a database of a newer version alone', async () => {
	const { pool } = await databaseOfThisTest();
	expect((await migrate(pool)).ok).toBe(true);
	await pool.query(`insert into migrations (name) values ('9999_later.sql')`);
	const result = await migrate(pool);
	expect(result).toEqual({
		ok: false,
		fault: { code: 'start/database-newer', params: { version: '9999_later.sql' } }
	});
});
