/** The folder that holds all that a server keeps: found usable, or made, and held by one process at a time. */
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, ok, type Result } from '../../core/base/result.ts';
import { explainThrown, type StartFault } from './faults.ts';

export interface DataFolder {
	path: string;
	/** Not the folder asked for: PostgreSQL's user cannot get there (a home of mode 0700, say). */
	isElsewhere: boolean;
	release: () => Promise<void>;
}

/** A new database cluster takes 40 MB, its log up to 16 more, packages with media about as much again. */
const NEEDED_BYTES = 200_000_000;
const PID_FILE = 'setara.pid';

/**
 * Opens a data folder. As root the database runs as another user (`embedded.ts`); where that user cannot reach the
 * folder, one under /var/lib is taken instead, always the same for the same wish.
 */
export async function openDataFolder(
	wanted: string,
	ownDatabase: boolean
): Promise<Result<DataFolder, StartFault>> {
	const path = await chooseFolder(wanted, ownDatabase);
	const isElsewhere = path !== wanted;
	try {
		await makeFolder(path);
		const probe = join(path, `.probe-${process.pid}`);
		await writeFile(probe, 'x');
		await rm(probe);
		const isNew = !(await exists(join(path, 'postgres', 'PG_VERSION')));
		const { bavail, bsize } = await statfs(path);
		if (isNew && ownDatabase && bavail * bsize < NEEDED_BYTES) {
			return fail('start/disk-full', { folder: path });
		}
		if (!(await take(join(path, PID_FILE)))) return fail('start/already-running', { folder: path });
	} catch (error) {
		const fault = explainThrown(error, path);
		if (!fault) throw error;
		return { ok: false, fault };
	}
	return ok({ path, isElsewhere, release: () => rm(join(path, PID_FILE), { force: true }) });
}

/** The folder that `openDataFolder` would open. */
export async function chooseFolder(wanted: string, ownDatabase: boolean): Promise<string> {
	const isElsewhere = ownDatabase && process.getuid?.() === 0 && !(await isReachable(wanted));
	return isElsewhere ? elsewhere(wanted) : wanted;
}

/** Whether a data folder is being served by a process now. */
export async function isServed(folder: string): Promise<boolean> {
	return (await holderOf(join(folder, PID_FILE))) !== null;
}

/** Like Node's recursive mkdir, which never ends where a file system takes no folders (/proc). */
async function makeFolder(path: string): Promise<void> {
	if (await exists(path)) return;
	if (dirname(path) !== path) await makeFolder(dirname(path));
	await mkdir(path).catch((error: NodeJS.ErrnoException) => {
		// Another process may have made it meanwhile.
		if (error.code !== 'EEXIST') throw error;
	});
}

/** Takes the folder for this process; false where another that lives has it. */
async function take(pidFile: string): Promise<boolean> {
	for (let tries = 0; tries < 3; tries++) {
		try {
			const file = await open(pidFile, 'wx');
			await file.writeFile(String(process.pid));
			await file.close();
			return true;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
			if ((await holderOf(pidFile)) !== null) return false;
			// Left behind by a process that was killed.
			await rm(pidFile, { force: true });
		}
	}
	return false;
}

async function holderOf(pidFile: string): Promise<number | null> {
	const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''));
	if (!Number.isInteger(pid) || pid < 1 || pid === process.pid) return null;
	try {
		process.kill(pid, 0);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ESRCH') return null;
	}
	// The number may have gone to another program since; where that cannot be seen, it counts as ours.
	const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
	return command === null || command.includes('setara') ? pid : null;
}

/** Whether anyone may pass through every folder above, down to the nearest that exists. */
async function isReachable(path: string): Promise<boolean> {
	for (let folder = path; ; folder = dirname(folder)) {
		const mode = await stat(folder).then(
			(found) => found.mode,
			() => null
		);
		if (mode !== null && (mode & 0o001) === 0) return false;
		if (folder === dirname(folder)) return true;
	}
}

function elsewhere(wanted: string): string {
	return join('/var/lib/setara', createHash('sha256').update(wanted).digest('hex').slice(0, 12));
}

const exists = (path: string) =>
	stat(path).then(
		() => true,
		() => false
	);
