/**
 * Bytes of a transfer under way, kept in pieces as they come, so that a killed tab loses the last few kilobytes and no
 * more (DEV-15). They are apart from what is stored: nothing has verified them.
 */
import { join } from '../network.ts';
import type { MediaDb } from '../db/schema.ts';

/** Written when so much has come, or so much time has passed, since the last time: 16 KB are 3 s at 50 kbit/s. */
const FLUSH_BYTES = 16 * 1024;
const FLUSH_TIME = 2000;

export interface Partial {
	readonly length: number;
	/** Strong ETag of the answer that these bytes are of. */
	readonly etag: string | null;
	bytes(): Uint8Array;
	append(piece: Uint8Array): Promise<void>;
	/** Writes what came since the last time. */
	flush(): Promise<void>;
	/** Starts over, of another answer. */
	restart(etag: string | null): Promise<void>;
}

/** Opens what is kept under a name: whole pieces from the beginning, in order. */
export async function openPartial(db: MediaDb, name: string): Promise<Partial> {
	const pieces: Uint8Array[] = [];
	let length = 0;
	let etag: string | null = null;
	for (const row of await db.partial.where('name').equals(name).sortBy('offset')) {
		if (row.offset !== length || (length > 0 && row.etag !== etag)) break;
		pieces.push(row.bytes);
		length += row.bytes.length;
		etag = row.etag;
	}
	let unsaved: Uint8Array[] = [];
	let unsavedLength = 0;
	let last = performance.now();

	async function flush(): Promise<void> {
		if (unsavedLength === 0) return;
		const row = { name, offset: length - unsavedLength, bytes: join(unsaved, unsavedLength), etag };
		unsaved = [];
		unsavedLength = 0;
		last = performance.now();
		await db.partial.put(row);
	}

	return {
		get length() {
			return length;
		},
		get etag() {
			return etag;
		},
		bytes: () => join(pieces, length),
		async append(piece) {
			pieces.push(piece);
			unsaved.push(piece);
			length += piece.length;
			unsavedLength += piece.length;
			if (unsavedLength >= FLUSH_BYTES || performance.now() - last >= FLUSH_TIME) await flush();
		},
		flush,
		async restart(of) {
			pieces.length = 0;
			unsaved = [];
			length = 0;
			unsavedLength = 0;
			etag = of;
			await dropPartial(db, name);
		}
	};
}

/** Lets go of what is kept under a name. */
export const dropPartial = async (db: MediaDb, name: string): Promise<void> =>
	void (await db.partial.where('name').equals(name).delete());

/** Bytes that are kept under these names. */
export async function partialLength(db: MediaDb, names: readonly string[]): Promise<number> {
	let length = 0;
	await db.partial
		.where('name')
		.anyOf([...names])
		.each((row) => (length += row.bytes.length));
	return length;
}
