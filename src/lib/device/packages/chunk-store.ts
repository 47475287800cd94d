/** Where verified chunks and pieces of unfinished ones lie: the port that transfers write through. */
import type { MediaDb } from '../db/schema.ts';
import { piecesIn, type PieceStore } from './partial.ts';

export interface ChunkStore extends PieceStore {
	/** Of these chunks, those of which pieces are kept. */
	begun(digests: readonly string[]): Promise<Set<string>>;
	/** Stores a verified chunk and lets go of its pieces. */
	put(digest: string, bytes: Uint8Array): Promise<void>;
}

/** In the database of this phone; what is put while a transaction is under way goes into the next one, together. */
export function dexieChunks(db: MediaDb): ChunkStore {
	let waiting: { digest: string; bytes: Uint8Array }[] = [];
	let writing: Promise<void> = Promise.resolve();
	let next: Promise<void> | null = null;

	async function write(): Promise<void> {
		const rows = waiting;
		waiting = [];
		next = null;
		await db.transaction('rw', db.chunks, db.partial, async () => {
			await db.chunks.bulkPut(rows);
			const names = rows.map(({ digest }) => digest);
			await db.partial.where('name').anyOf(names).delete();
		});
	}

	return {
		...piecesIn(db),
		begun: async (digests) =>
			new Set(
				(await db.partial
					.where('name')
					.anyOf([...digests])
					.uniqueKeys()) as string[]
			),
		put(digest, bytes) {
			waiting.push({ digest, bytes });
			// The fault of the one before is told to those that wrote it.
			next ??= writing.then(write, write);
			writing = next;
			return next;
		}
	};
}
