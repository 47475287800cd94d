/** Writes everything that a server holds into one file (SRV-60 to SRV-62). */
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool, PoolClient } from 'pg';
import { dumpTable, listSequences, listTables } from './tables.ts';
import { writeTar, type TarWriter } from './tar.ts';

export interface BackupHead {
	format: 'setara-backup/1';
	at: string;
	migrations: string[];
	/** Rows of each table, in the order in which they can be written back. */
	tables: Record<string, number>;
	sequences: { name: string; value: string }[];
}

/**
 * Belongs to this machine and to the running process, or comes back out of the tables; or is half an upload, which
 * phones begin anew.
 */
const LEFT_OUT = ['postgres', 'postgres-password', 'setara.pid', 'uploads'];
/** Published, and handed in: what the tables name has to be there. */
const BLOBS = ['blobs', 'incoming'];

/**
 * Writes a backup while the server runs. Trust first, then the tables as they were at one moment, then the blobs:
 * what is published meanwhile is then missing from the catalogue at most, which the next start puts right.
 */
export async function writeBackup(
	pool: Pool,
	dataFolder: string,
	path: string,
	now: number
): Promise<BackupHead & { files: number }> {
	const partial = `${path}.partial`;
	// Keys and learners' data are in it.
	const file = await open(partial, 'w', 0o600);
	try {
		const tar = writeTar(file);
		let files = await addFiles(tar, dataFolder, '', [...LEFT_OUT, ...BLOBS]);
		const head = await addTables(tar, pool, now);
		for (const folder of BLOBS) files += await addFiles(tar, dataFolder, folder, []);
		await tar.add('backup.json', Buffer.from(JSON.stringify(head)));
		await tar.end();
		await file.close();
		await rename(partial, path);
		return { ...head, files };
	} catch (error) {
		await file.close().catch(() => {});
		await rm(partial, { force: true });
		throw error;
	}
}

async function addTables(tar: TarWriter, pool: Pool, now: number): Promise<BackupHead> {
	const client = await pool.connect();
	try {
		await client.query('begin isolation level repeatable read read only');
		const { rows } = await client.query<{ name: string }>('select name from migrations order by name');
		const head: BackupHead = {
			format: 'setara-backup/1',
			at: new Date(now).toISOString(),
			migrations: rows.map(({ name }) => name),
			tables: {},
			sequences: await listSequences(client)
		};
		for (const { name } of await listTables(client)) {
			head.tables[name] = await addTable(tar, client, name);
		}
		return head;
	} finally {
		await client.query('rollback').catch(() => {});
		client.release();
	}
}

async function addTable(tar: TarWriter, client: PoolClient, name: string): Promise<number> {
	let total = 0;
	let batch = 0;
	for await (const { text, rows } of dumpTable(client, name)) {
		total += rows;
		await tar.add(`tables/${name}/${String(++batch).padStart(8, '0')}.jsonl`, Buffer.from(text));
	}
	return total;
}

/** Adds every file under a folder of the data folder; answers how many. */
async function addFiles(tar: TarWriter, root: string, folder: string, leftOut: string[]): Promise<number> {
	let files = 0;
	const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
	for (const entry of entries) {
		if (leftOut.includes(entry.name) || entry.name.startsWith('.')) continue;
		const path = folder ? `${folder}/${entry.name}` : entry.name;
		if (entry.isDirectory()) files += await addFiles(tar, root, path, []);
		if (!entry.isFile()) continue;
		const bytes = await readFile(join(root, path)).catch(whenGone);
		if (!bytes) continue;
		const { mode } = await stat(join(root, path));
		await tar.add(`data/${path}`, bytes, mode & 0o777);
		files++;
	}
	return files;
}

/** A file that was being written aside and has its name by now. */
function whenGone(error: NodeJS.ErrnoException): null {
	if (error.code === 'ENOENT') return null;
	throw error;
}
