/**
 * Blobs travel in chunks of 256 KiB, each with its own SHA-256 in the part manifest, so that a device keeps what is
 * good of a cut download, and may take the rest from another source (PKG-20 to PKG-22).
 */
import { sha256 } from '../base/hash.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { PackageFault } from './faults.ts';
import { CHUNK_SIZE } from '../base/vocabulary.ts';
import type { BlobFile } from './manifest.ts';

/** One chunk's place in its blob. `offset` and `length` in bytes. */
export interface Chunk {
	index: number;
	offset: number;
	length: number;
	digest: string;
}

/** How many chunks a blob of this size has; an empty blob has none. */
export const chunkCount = (size: number): number => Math.ceil(size / CHUNK_SIZE);

/** The chunks of a blob in order. Throws when the list does not fit the size, which `verifyPart` has ruled out. */
export function chunksOf(file: Pick<BlobFile, 'size' | 'chunks'>): Chunk[] {
	if (file.chunks.length !== chunkCount(file.size)) throw new RangeError('chunks do not fit the size');
	return file.chunks.map((digest, index) => {
		const offset = index * CHUNK_SIZE;
		return { index, offset, length: Math.min(CHUNK_SIZE, file.size - offset), digest };
	});
}

/** The SHA-256 of each chunk of a blob, in order. */
export async function chunkDigests(blob: Uint8Array): Promise<string[]> {
	const digests: string[] = [];
	for (let at = 0; at < blob.length; at += CHUNK_SIZE) {
		digests.push(await sha256(blob.subarray(at, at + CHUNK_SIZE)));
	}
	return digests;
}

/** Whether these bytes are that chunk. Only what comes out of here may count as stored. */
export async function verifyChunk(
	chunk: Chunk,
	bytes: Uint8Array
): Promise<Result<Uint8Array, PackageFault>> {
	if (bytes.length !== chunk.length || (await sha256(bytes)) !== chunk.digest) {
		return fail('package/bad-digest', { index: chunk.index });
	}
	return ok(bytes);
}
