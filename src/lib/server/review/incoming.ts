/** Blobs of what was handed in, apart from those that are published: nobody gets one by its digest alone (HND-8). */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, link, mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileBlobStore, type BlobStore } from '../packages/blob-store.ts';

export interface IncomingStore extends Pick<BlobStore, 'put' | 'read' | 'size' | 'stream'> {
	has: (digest: string, size: number) => Promise<boolean>;
	/** Takes a file in under its digest, durably; the file stays where it is. The caller has looked at its bytes. */
	take: (file: string, digest: string) => Promise<void>;
	remove: (digest: string) => Promise<void>;
}

/** Incoming blobs as files under `<folder>/<first two letters>/<digest>`. */
export function incomingStore(folder: string): IncomingStore {
	const { put, read, size, stream } = fileBlobStore(folder);
	const pathOf = (digest: string) => join(folder, digest.slice(0, 2), digest);
	return {
		...{ put, read, size, stream },
		has: async (digest, bytes) => (await size(digest)) === bytes,
		async take(file, digest) {
			const path = pathOf(digest);
			await mkdir(dirname(path), { recursive: true });
			await sync(file);
			try {
				await link(file, path);
			} catch (error) {
				const { code } = error as NodeJS.ErrnoException;
				if (code === 'EEXIST') return;
				// A file system without hard links.
				await copyFile(file, path);
				await sync(path);
			}
			await sync(dirname(path));
		},
		remove: (digest) => rm(pathOf(digest), { force: true })
	};
}

/** Puts a file's bytes, or a folder's names, on the disk. */
async function sync(path: string): Promise<void> {
	const file = await open(path, 'r');
	try {
		await file.sync();
	} finally {
		await file.close();
	}
}

/** SHA-256 of a file that may be larger than what one wants in memory. */
export async function digestOf(path: string): Promise<string> {
	const hash = createHash('sha256');
	for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
	return hash.digest('hex');
}
