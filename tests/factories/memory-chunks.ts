/** A phone's disk of chunks in memory: it can fill up, and a tab that was killed hears nothing of it any more. */
import type { PartialRow } from '../../src/lib/device/db/rows.ts';
import type { ChunkStore } from '../../src/lib/device/packages/chunk-store.ts';

export interface Disk {
	chunks: Map<string, Uint8Array>;
	pieces: Map<string, PartialRow[]>;
	/** Bytes that it holds at most. */
	room: number;
	used: () => number;
}

export function emptyDisk(): Disk {
	const disk: Disk = {
		chunks: new Map(),
		pieces: new Map(),
		room: Infinity,
		used: () =>
			[...disk.chunks.values(), ...[...disk.pieces.values()].flat().map(({ bytes }) => bytes)].reduce(
				(sum, { length }) => sum + length,
				0
			)
	};
	return disk;
}

/** How one tab reaches the disk, until `isAlive` says no; each access takes a moment. */
export function memoryChunks(disk: Disk, isAlive: () => boolean, moment: () => Promise<void>): ChunkStore {
	const reach = async <Value>(work: () => Value): Promise<Value> => {
		await moment();
		if (!isAlive()) return new Promise(() => undefined);
		return work();
	};
	const take = (bytes: number) => {
		if (disk.used() + bytes > disk.room) throw new DOMException('full', 'QuotaExceededError');
	};
	return {
		pieces: (name) => reach(() => [...(disk.pieces.get(name) ?? [])].sort((a, b) => a.offset - b.offset)),
		keep: (piece) =>
			reach(() => {
				take(piece.bytes.length);
				const others = (disk.pieces.get(piece.name) ?? []).filter(({ offset }) => offset !== piece.offset);
				disk.pieces.set(piece.name, [...others, piece]);
			}),
		drop: (name) => reach(() => void disk.pieces.delete(name)),
		begun: (digests) => reach(() => new Set(digests.filter((digest) => disk.pieces.has(digest)))),
		put: (digest, bytes) =>
			reach(() => {
				take(bytes.length);
				disk.chunks.set(digest, bytes.slice());
				disk.pieces.delete(digest);
			})
	};
}
