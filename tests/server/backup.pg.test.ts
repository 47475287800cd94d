/** Backup and restore (SRV-60 to SRV-65): all comes back on an empty machine, and phones go on with what it serves. */
import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initTrust } from '../../src/lib/core/trust/client.ts';
import { dumpTable, listTables, loadBatch } from '../../src/lib/server/backup/tables.ts';
import { writeBackup } from '../../src/lib/server/backup/write.ts';
import { currentPackages } from '../../src/lib/server/packages/repository.ts';
import { createVersions } from '../../src/lib/server/packages/versions.ts';
import { restore } from '../../src/lib/server/start/restore.ts';
import { withGround } from '../../src/lib/server/start/with-ground.ts';
import { databaseOfThisTest } from '../factories/database.ts';
import { NOW, openTestGround, publishSource, type TestGround } from '../factories/ground.ts';
import { refreshByBundle } from '../factories/trust-server.ts';
import { memoryStore } from '../factories/tuf-repository.ts';

let ground: TestGround;
let room: string;
let file: string;
let written: Awaited<ReturnType<typeof writeBackup>>;

beforeAll(async () => {
	ground = await openTestGround();
	await publishSource(ground);
	room = await mkdtemp(join(tmpdir(), 'setara-backup-'));
	await chmod(room, 0o755);
	file = join(room, 'backup.tar');
	written = await writeBackup(ground.database.pool, ground.folder, file, NOW);
});
afterAll(async () => {
	await ground.close();
	await rm(room, { recursive: true, force: true });
});

const folder = (name: string) => join(room, name);
const exists = (path: string) =>
	stat(path).then(
		() => true,
		() => false
	);

describe('a backup', () => {
	it('is a tar that any machine opens, for its owner alone', async () => {
		const names = execFileSync('tar', ['-tf', file]).toString();
		expect(names).toContain('tables/packages/00000001.jsonl');
		expect(names).toContain('data/trust/demonstration/timestamp.json');
		expect((await stat(file)).mode & 0o777).toBe(0o600);
		expect(written.tables).toMatchObject({ packages: 1, package_versions: 1, parts: 3, media: 2 });
	});

	it('leaves nothing half written behind when it cannot be written', async () => {
		await expect(
			writeBackup(ground.database.pool, ground.folder, '/proc/setara.tar', NOW)
		).rejects.toMatchObject({ code: expect.stringMatching(/ENOENT|EACCES/) });
	});
});

describe('a restore', () => {
	it('brings everything back onto an empty folder, and its catalogue goes on for phones that saw later ones', async () => {
		// A phone that is ahead of the backup.
		const phone = memoryStore();
		await initTrust(phone, ground.trust.anchor);
		const before = await refreshByBundle(ground.trust, phone, Date.now());

		const target = folder('whole');
		const restored = await restore(file, target, {});
		expect(restored).toMatchObject({
			ok: true,
			value: { head: { tables: written.tables }, files: written.files }
		});

		const checked = await withGround(
			async (found) => {
				const [row] = await currentPackages(found.database);
				const version = (await createVersions(found.database, found.blobs).byManifest(row!.manifest))!;
				// Every blob that the tables name, by digest.
				const { rows } = await found.database.pool.query(
					'select pack as digest from parts union select digest from parts union select digest from media'
				);
				const sizes = await Promise.all(rows.map(({ digest }) => found.blobs.size(digest)));
				const after = await refreshByBundle(found.trust, phone, Date.now());
				return { languages: [...version.languages.keys()], sizes, versions: after.catalogue.versions };
			},
			{ DATA_DIR: target }
		);
		expect(checked).toMatchObject({ ok: true, value: { languages: ['en', 'th'] } });
		if (!checked.ok) return;
		expect(checked.value.sizes).not.toContain(null);
		expect(checked.value.versions.timestamp).toBeGreaterThan(before.catalogue.versions.timestamp);
		const key = join(target, 'trust/demonstration-keys/online.pem');
		expect((await stat(key)).mode & 0o777).toBe(0o600);
	}, 60_000);

	it('never writes over anything', async () => {
		await writeFile(join(room, 'mine'), 'mine');
		expect(await restore(file, room, {})).toMatchObject({ fault: { code: 'backup/folder-not-empty' } });
		expect(await readFile(join(room, 'mine'), 'utf8')).toBe('mine');
		const { url } = ground;
		const target = folder('into-full');
		expect(await restore(file, target, { DATABASE_URL: url })).toMatchObject({
			fault: { code: 'backup/database-not-empty' }
		});
		expect(await exists(target)).toBe(false);
	});

	it.each([
		['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 5000)],
		['with a flipped bit', flipped(0.5)],
		['with a flipped bit in its first entry', flipped(0.00001)],
		['empty', () => Buffer.alloc(0)],
		['something else', () => Buffer.from('not a backup'.repeat(1000))]
	])('refuses one that is %s, and makes nothing of it', async (_, spoil) => {
		const bad = folder('bad.tar');
		await writeFile(bad, spoil(await readFile(file)));
		const target = folder('from-bad');
		expect(await restore(bad, target, {})).toMatchObject({ ok: false, fault: { code: 'backup/damaged' } });
		expect(await exists(target)).toBe(false);
	});

	it('refuses names that lead out of the folder', async () => {
		const bad = folder('evil.tar');
		const { open } = await import('node:fs/promises');
		const { writeTar } = await import('../../src/lib/server/backup/tar.ts');
		const handle = await open(bad, 'w');
		const tar = writeTar(handle);
		await tar.add('data/../../evil', Buffer.from('evil'));
		await tar.end();
		await handle.close();
		expect(await restore(bad, folder('from-evil'), {})).toMatchObject({
			fault: { code: 'backup/not-a-backup' }
		});
		expect(await exists(join(room, '..', 'evil'))).toBe(false);
	});

	it('refuses one of a newer version', async () => {
		await ground.database.pool.query(`insert into migrations (name) values ('9999_later.sql')`);
		const newer = folder('newer.tar');
		await writeBackup(ground.database.pool, ground.folder, newer, NOW);
		await ground.database.pool.query(`delete from migrations where name = '9999_later.sql'`);
		const target = folder('from-newer');
		expect(await restore(newer, target, {})).toMatchObject({ fault: { code: 'start/database-newer' } });
		expect(await exists(target)).toBe(false);
	}, 30_000);
});

it('carries every type of column as it was', async () => {
	const { pool } = await databaseOfThisTest();
	const client: pg.PoolClient = await pool.connect();
	await client.query(`create table things (id bigint primary key, at timestamptz, day date, doc jsonb, raw bytea,
		list text[], price numeric, ratio float8, yes boolean, who uuid, words text, twice bigint generated always as (id * 2) stored)`);
	await client.query(
		`insert into things (id, at, day, doc, raw, list, price, ratio, yes, who, words) values
		(9007199254740993, '2026-11-24 12:34:56.123456+07', '2026-11-24', '{"b":1,"a":[null,"\\u0e01"]}', '\\x00ff0a', '{"a,b","",null}',
		123456789012345678901234.56789, 0.1, true, '018f2b7e-7d3c-7a1b-8c2d-0123456789ab', E'ไทย\\n"quoted"\\\\ \\t'),
		(-1, null, null, null, null, null, null, 'infinity', null, null, null)`
	);
	const [table] = await listTables(client);
	const text = async () => (await client.query('select things::text from things order by id')).rows;
	const before = await text();
	await client.query('begin');
	const batches: string[] = [];
	for await (const batch of dumpTable(client, 'things')) batches.push(batch.text);
	await client.query('commit');
	await client.query('truncate things');
	for (const batch of batches) await loadBatch(client, table!, batch);
	expect(await text()).toEqual(before);
	client.release();
});

function flipped(at: number) {
	return (bytes: Buffer): Buffer => {
		const index = Math.floor(bytes.length * at);
		bytes[index] = bytes[index]! ^ 1;
		return bytes;
	};
}
