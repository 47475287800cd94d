import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startEmbedded } from '../db/embedded.ts';
import { isServed, openDataFolder } from './data-folder.ts';

let room: string;
beforeEach(async () => {
	room = await mkdtemp(join(tmpdir(), 'setara-data-'));
	onTestFinished(() => rm(room, { recursive: true, force: true }));
});

describe('openDataFolder (SRV-2)', () => {
	it('makes the folder and holds it for this process', async () => {
		const path = join(room, 'a', 'b');
		const opened = await openDataFolder(path, false);
		expect(opened).toMatchObject({ ok: true, value: { path, isElsewhere: false } });
		expect(await readFile(join(path, 'setara.pid'), 'utf8')).toBe(String(process.pid));
		if (opened.ok) await opened.value.release();
		expect(await isServed(path)).toBe(false);
	});

	it('leaves a folder to the process that has it', async () => {
		// A process of ours that lives: its command line holds the word.
		const { spawn } = await import('node:child_process');
		const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20000)', 'setara']);
		onTestFinished(() => void other.kill());
		await writeFile(join(room, 'setara.pid'), String(other.pid));
		await expect.poll(() => isServed(room)).toBe(true);
		expect(await openDataFolder(room, false)).toMatchObject({ fault: { code: 'start/already-running' } });
	});

	it('takes over from a process that was killed', async () => {
		await writeFile(join(room, 'setara.pid'), '4194303');
		expect((await openDataFolder(room, false)).ok).toBe(true);
	});

	it.each(['/proc/setara', '/dev/null/setara'])('says that %s cannot be written to, and ends', async (path) =>
		expect(await openDataFolder(path, false)).toMatchObject({ fault: { code: 'start/folder-unwritable' } })
	);
});

it('leaves a database of a newer PostgreSQL alone', async () => {
	await mkdir(join(room, 'postgres'));
	await writeFile(join(room, 'postgres', 'PG_VERSION'), '99\n');
	expect(await startEmbedded(room)).toEqual({
		ok: false,
		fault: { code: 'start/database-newer', params: { version: '99' } }
	});
	expect(await readFile(join(room, 'postgres', 'PG_VERSION'), 'utf8')).toBe('99\n');
});
