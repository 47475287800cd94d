import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The bytes of a file, or null where there is none. */
export async function readIfThere(path: string): Promise<Uint8Array | null> {
	try {
		return new Uint8Array(await readFile(path));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
		throw error;
	}
}

/** Writes a file whole or not at all: beside it, synced, renamed over it, the folder synced. */
export async function writeWhole(path: string, bytes: Uint8Array, mode = 0o644): Promise<void> {
	const folder = dirname(path);
	await mkdir(folder, { recursive: true });
	const beside = join(folder, `.${process.pid}-${Math.random().toString(36).slice(2)}.tmp`);
	try {
		const file = await open(beside, 'wx', mode);
		try {
			await file.writeFile(bytes);
			await file.sync();
		} finally {
			await file.close();
		}
		await rename(beside, path);
	} catch (error) {
		await rm(beside, { force: true });
		throw error;
	}
	const held = await open(folder, 'r');
	await held.sync().finally(() => held.close());
}

/** Versions for which a folder has `N.<name>.json`, ascending. */
export async function listVersions(folder: string, name: string): Promise<number[]> {
	const files = await readdir(folder).catch(() => []);
	return files
		.flatMap((file) => {
			const [version, ...rest] = file.split('.');
			return rest.join('.') === `${name}.json` && /^[1-9]\d*$/.test(version!) ? [Number(version)] : [];
		})
		.sort((a, b) => a - b);
}
