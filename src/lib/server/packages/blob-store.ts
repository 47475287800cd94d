/** Immutable bytes under their SHA-256: packs, frames, manifests, media. */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

/** Where blobs lie. Every backend holds the one contract suite in `tests/contract/blob-store.ts`. */
export interface BlobStore {
	/** Stores bytes durably and answers their digest; storing the same again does nothing. */
	put: (bytes: Uint8Array) => Promise<string>;
	/** Stores under a name that is not the digest of the bytes: a pack's frame or its compressed form. */
	putDerived: (name: string, bytes: Uint8Array) => Promise<void>;
	size: (name: string) => Promise<number | null>;
	read: (name: string) => Promise<Buffer | null>;
	/** Bytes from `start` to `end`, both included. */
	stream: (name: string, start: number, end: number) => Promise<Readable>;
	/** Takes away what can be made anew; whoever reads it now reads it to its end. */
	remove: (name: string) => Promise<void>;
}

/** Blobs as files under `<folder>/<first two letters>/<name>`. */
export function fileBlobStore(folder: string): BlobStore {
	const pathOf = (name: string) => join(folder, name.slice(0, 2), name);

	/** A file is whole or not there: written aside, synced, then renamed. */
	async function write(name: string, bytes: Uint8Array): Promise<void> {
		const path = pathOf(name);
		await mkdir(dirname(path), { recursive: true });
		const aside = `${path}.${randomBytes(6).toString('hex')}`;
		try {
			const file = await open(aside, 'wx', 0o644);
			try {
				await file.writeFile(bytes);
				await file.sync();
			} finally {
				await file.close();
			}
			await rename(aside, path);
		} catch (error) {
			await rm(aside, { force: true });
			throw error;
		}
	}
	const size = (name: string) =>
		stat(pathOf(name)).then(
			(found) => found.size,
			() => null
		);

	return {
		async put(bytes) {
			const digest = createHash('sha256').update(bytes).digest('hex');
			if ((await size(digest)) !== bytes.length) await write(digest, bytes);
			return digest;
		},
		putDerived: write,
		size,
		read: (name) => readFile(pathOf(name)).catch(() => null),
		stream: (name, start, end) => Promise.resolve(createReadStream(pathOf(name), { start, end })),
		remove: (name) => rm(pathOf(name), { force: true })
	};
}

/** A blob store as trust asks for it. */
export const blobPort = (blobs: BlobStore) => ({ put: blobs.put, get: blobs.read });
