/** Reads a package's folder from disk, for `checkSource`. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { SourceFiles } from '../../core/packages/source/files.ts';
import { checkSource, type SourceCheck } from '../../core/packages/source/check.ts';

// Well over what a package may have: enough for `check` to say what is too large, too little to fill the memory.
const MAX_BYTES = 256 * 1024 * 1024;
const MAX_FILES = 20_000;

/**
 * Every file of a folder by its path. Hidden files are passed over; a symbolic link is not followed, so that a package
 * is what lies in its folder. Throws where the folder cannot be read or is far beyond what a package may be.
 */
async function readSource(dir: string): Promise<SourceFiles> {
	const files = new Map<string, Uint8Array>();
	let bytes = 0;
	const visit = async (folder: string): Promise<void> => {
		const entries = await readdir(join(dir, folder), { withFileTypes: true });
		for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
			if (entry.name.startsWith('.')) continue;
			const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
			if (entry.isDirectory()) await visit(path);
			if (!entry.isFile()) continue;
			bytes += (await stat(join(dir, path))).size;
			if (bytes > MAX_BYTES || files.size >= MAX_FILES)
				throw new RangeError(`${dir} is too large for a package`);
			files.set(path, new Uint8Array(await readFile(join(dir, path))));
		}
	};
	await visit('');
	return files;
}

/** Reads and checks a package's folder, whose name is the package's id. */
export async function checkFolder(dir: string): Promise<SourceCheck> {
	return checkSource(await readSource(dir), basename(resolve(dir)));
}
