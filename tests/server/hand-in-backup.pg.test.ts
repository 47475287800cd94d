/** What was handed in comes back with a backup (SRV-60): rows and blobs; half uploads are begun anew. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeBackup } from '../../src/lib/server/backup/write.ts';
import { openBackup } from '../../src/lib/server/backup/read.ts';
import { incomingStore } from '../../src/lib/server/review/incoming.ts';
import { databaseOfThisTest } from '../factories/database.ts';
import { openHandInDesk, type HandInDesk } from '../factories/hand-in-desk.ts';
import { courseBy, handedIn } from '../factories/handed-in.ts';

let desk: HandInDesk;
let room: string;
beforeAll(async () => {
	desk = await openHandInDesk();
	room = await mkdtemp(join(tmpdir(), 'setara-backup-'));
});
afterAll(async () => {
	await desk.close();
	await rm(room, { recursive: true });
});

it('HND-16 a backup holds what was handed in, and no half upload', async () => {
	const who = await desk.author();
	const work = await handedIn(courseBy(who.name));
	const { submission, missing } = await desk.handIn(who, work.request);
	for (const digest of missing.slice(1)) await desk.sendOne(who, work, submission.id, digest);
	await desk.begin(who, work, submission.id, missing[0]!);

	const file = join(room, 'backup.tar');
	const { pool } = desk.ground.database;
	const written = await writeBackup(pool, desk.ground.folder, file, Date.now());
	expect(written.tables).toMatchObject({
		submissions: 1,
		submission_blobs: work.blobs.size,
		submission_log: 1
	});
	const backup = await openBackup(file);
	if (!backup.ok) throw new Error(backup.fault.code);
	const folder = join(room, 'data');
	await backup.value.restoreFiles(folder);
	const { pool: target } = await databaseOfThisTest();
	expect((await backup.value.restoreTables(target)).ok).toBe(true);
	await backup.value.close();
	const store = incomingStore(join(folder, 'incoming'));
	const { rows } = await target.query<{ digest: string; size: string }>(
		'select digest, size from submission_blobs where received_at is not null'
	);
	expect(rows).toHaveLength(missing.length - 1);
	for (const { digest, size } of rows) expect(await store.size(digest)).toBe(Number(size));
	expect(await readdir(folder)).not.toContain('uploads');
});
