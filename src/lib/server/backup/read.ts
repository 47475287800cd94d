/** Makes a data folder and a database of a backup (SRV-63 to SRV-65). */
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Pool } from 'pg';
import * as v from 'valibot';
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';
import { migrate, type MigrateFault } from '../db/migrate.ts';
import { inTransaction } from '../db/transaction.ts';
import { listTables, loadBatch, setSequence } from './tables.ts';
import { readTar, type Entry } from './tar.ts';

export type RestoreFault =
	| Fault<'backup/damaged' | 'backup/not-a-backup' | 'backup/folder-not-empty' | 'backup/database-not-empty'>
	| MigrateFault;

const Head = v.object({
	format: v.literal('setara-backup/1'),
	at: v.string(),
	migrations: v.array(v.pipe(v.string(), v.regex(/^[\w.-]+\.sql$/))),
	tables: v.record(v.string(), v.number()),
	sequences: v.array(v.object({ name: v.string(), value: v.pipe(v.string(), v.regex(/^-?\d+$/)) }))
});
export type RestoredHead = v.InferOutput<typeof Head>;

/** Names that a backup may hold: nothing that leads out of the folder. */
const FILE = /^data\/((?!\.)[\w.%~@-]+(?:\/(?!\.)[\w.%~@-]+)*)$/;
const BATCH = /^tables\/(\w+)\/\d{8}\.jsonl$/;
const BLOB = /^(?:blobs|incoming)\/[0-9a-f]{2}\/([0-9a-f]{64})$/;

export interface OpenBackup {
	head: RestoredHead;
	/** Writes files into the (empty) folder. */
	restoreFiles: (folder: string) => Promise<number>;
	/** Writes tables into the (empty) database. */
	restoreTables: (pool: Pool) => Promise<Result<null, RestoreFault>>;
	close: () => Promise<void>;
}

/** Opens a backup after reading it to its end once: what is damaged is refused before anything is made of it. */
export async function openBackup(path: string): Promise<Result<OpenBackup, RestoreFault>> {
	const file = await open(path, 'r');
	let head: RestoredHead | null = null;
	let fault: RestoreFault | null = null;
	const read = await readTar(file, (entry) => {
		if (entry.name === 'backup.json') head = parseHead(entry.bytes);
		else fault ??= entryFault(entry);
		return Promise.resolve();
	});
	const bad = !read.ok ? read.fault : (fault ?? (head ? null : { code: 'backup/not-a-backup' as const }));
	if (bad) {
		await file.close();
		return { ok: false, fault: bad };
	}
	const checked = head as unknown as RestoredHead;
	return ok({
		head: checked,
		restoreFiles: (folder) => restoreFiles(file, folder),
		restoreTables: (pool) => restoreTables(file, pool, checked),
		close: () => file.close()
	});
}

/** `backup/folder-not-empty` unless the folder is new or empty. */
export async function checkEmpty(folder: string): Promise<Result<null, RestoreFault>> {
	const names = await readdir(folder).catch(() => []);
	return names.length === 0 ? ok(null) : fail('backup/folder-not-empty', { folder });
}

function parseHead(bytes: Buffer): RestoredHead | null {
	const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Head), bytes.toString());
	return parsed.success ? parsed.output : null;
}

/** A name that is none of ours, or a blob whose bytes are not what its name says. */
function entryFault({ name, bytes }: Entry): RestoreFault | null {
	const [, path] = FILE.exec(name) ?? [];
	if (!path) return BATCH.test(name) ? null : { code: 'backup/not-a-backup' };
	const [, digest] = BLOB.exec(path) ?? [];
	const isRight = !digest || createHash('sha256').update(bytes).digest('hex') === digest;
	return isRight ? null : { code: 'backup/damaged', params: { at: name } };
}

async function restoreFiles(file: FileHandle, folder: string): Promise<number> {
	let files = 0;
	await readTar(file, async ({ name, mode, bytes }) => {
		const [, path] = FILE.exec(name) ?? [];
		if (!path) return;
		await mkdir(dirname(join(folder, path)), { recursive: true, mode: mode & 0o077 ? 0o755 : 0o700 });
		await writeFile(join(folder, path), bytes, { mode });
		files++;
	});
	return files;
}

/**
 * The tables as the version that wrote the backup had them, then the rows, then the migrations that came since: all
 * of the rows or none.
 */
async function restoreTables(
	file: FileHandle,
	pool: Pool,
	head: RestoredHead
): Promise<Result<null, RestoreFault>> {
	const { rows: there } = await pool.query(`select 1 from pg_tables where schemaname = 'public' limit 1`);
	if (there.length > 0) return fail('backup/database-not-empty');
	const migrated = await migrate(pool, { only: new Set(head.migrations) });
	if (!migrated.ok) return migrated;
	await inTransaction(pool, async (client) => {
		const tables = new Map((await listTables(client)).map((table) => [table.name, table]));
		// Rows that a migration brought are in the backup too.
		if (tables.size > 0) {
			await client.query(`truncate ${[...tables.keys()].map((name) => `"${name}"`).join(', ')}`);
		}
		const counts: Record<string, number> = {};
		await readTar(file, async ({ name, bytes }) => {
			const [, table] = BATCH.exec(name) ?? [];
			if (!table) return;
			const rows = await loadBatch(client, tables.get(table)!, bytes.toString());
			counts[table] = (counts[table] ?? 0) + rows;
		});
		for (const [name, rows] of Object.entries(head.tables)) {
			if ((counts[name] ?? 0) !== rows) throw new Error(`${name}: ${counts[name] ?? 0} rows of ${rows}`);
		}
		for (const sequence of head.sequences) await setSequence(client, sequence);
	});
	const rest = await migrate(pool);
	return rest.ok ? ok(null) : rest;
}

/** Takes away what a restore that failed had begun. */
export const removeBegun = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });
