/**
 * Bytes of a transfer under way, kept in pieces as they come, so that a killed tab loses the last few kilobytes and no
 * more (DEV-15). They are apart from what is stored: nothing has verified them.
 */
import { join } from '../network.ts';
import type { PartialRow } from '../db/rows.ts';
import type { MediaDb } from '../db/schema.ts';

/** Written when so much has come, or so much time has passed, since the last time: 16 KB are 3 s at 50 kbit/s. */
const FLUSH_BYTES = 16 * 1024;
const FLUSH_TIME = 2000;
/** Bytes a millisecond at which a chunk is whole in a quarter of a second: then writing each twice only costs. */
const FAST = 1024;

/** Where pieces lie. */
export interface PieceStore {
	/** Pieces under a name, in order. */
	pieces(name: string): Promise<PartialRow[]>;
	keep(piece: PartialRow): Promise<void>;
	drop(name: string): Promise<void>;
}

export interface Partial {
	readonly length: number;
	/** Strong ETag of the answer that these bytes are of. */
	readonly etag: string | null;
	/** Sources that they came from; empty text for one that nobody knows any more. */
	readonly by: ReadonlySet<string>;
	bytes(): Uint8Array;
	append(piece: Uint8Array, by?: string): Promise<void>;
	/** Writes what came since the last time. */
	flush(): Promise<void>;
	/** Starts over, of another answer. */
	restart(etag: string | null): Promise<void>;
}

type Clock = () => number;
const clock: Clock = () => performance.now();

/** Opens what is kept under a name: whole pieces from the beginning, in order. */
export async function openPartial(store: PieceStore, name: string, now = clock): Promise<Partial> {
	const kept: PartialRow[] = [];
	let length = 0;
	for (const row of await store.pieces(name)) {
		if (row.offset !== length || (length > 0 && row.etag !== kept[0]!.etag)) break;
		kept.push(row);
		length += row.bytes.length;
	}
	return startPartial(store, name, now, kept);
}

/** One of which nothing is kept yet. */
export function startPartial(
	store: PieceStore,
	name: string,
	now = clock,
	kept: readonly PartialRow[] = []
): Partial {
	const pieces = kept.map(({ bytes }) => bytes);
	const by = new Set(kept.map((row) => row.by ?? ''));
	let etag = kept[0]?.etag ?? null;
	let saved = pieces.reduce((sum, { length }) => sum + length, 0);
	let length = saved;
	let unsaved: Uint8Array[] = [];
	/** Who brought what is unsaved. */
	let bringer: string | undefined;
	let last = now();
	const [begun, before] = [last, length];

	async function flush(): Promise<void> {
		if (length === saved) return;
		const bytes = join(unsaved, length - saved);
		const row = { name, offset: saved, bytes, etag, ...(bringer === undefined ? {} : { by: bringer }) };
		unsaved = [];
		saved = length;
		last = now();
		await store.keep(row);
	}

	return {
		get length() {
			return length;
		},
		get etag() {
			return etag;
		},
		by,
		bytes: () => join(pieces, length),
		async append(piece, from) {
			if (from !== bringer) await flush();
			bringer = from;
			by.add(from ?? '');
			pieces.push(piece);
			unsaved.push(piece);
			length += piece.length;
			const isFast = length - before >= FAST * (now() - begun);
			if ((length - saved >= FLUSH_BYTES && !isFast) || now() - last >= FLUSH_TIME) await flush();
		},
		flush,
		async restart(of) {
			const hadSome = saved > 0;
			pieces.length = 0;
			unsaved = [];
			by.clear();
			length = 0;
			saved = 0;
			etag = of;
			if (hadSome) await store.drop(name);
		}
	};
}

/** Pieces in the database of this phone. */
export const piecesIn = (db: MediaDb): PieceStore => ({
	pieces: (name) => db.partial.where('name').equals(name).sortBy('offset'),
	keep: async (piece) => void (await db.partial.put(piece)),
	drop: async (name) => void (await db.partial.where('name').equals(name).delete())
});

/** Bytes that are kept under these names. */
export async function partialLength(db: MediaDb, names: readonly string[]): Promise<number> {
	let length = 0;
	await db.partial
		.where('name')
		.anyOf([...names])
		.each((row) => (length += row.bytes.length));
	return length;
}
