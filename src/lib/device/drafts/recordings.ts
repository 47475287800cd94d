/** Recordings on the disk, second by second while they are made, so that a kill or a full disk takes no more (DRA-32). */
import type { RecordingRow } from '../db/draft-tables.ts';
import type { SafeDb } from '../db/schema.ts';
import { newId } from '../progress/profiles.ts';

export interface Recordings {
	begin(row: RecordingRow): Promise<void>;
	/** Adds a piece; it is on the disk when it resolves. */
	add(id: string, n: number, bytes: Uint8Array, seconds: number): Promise<void>;
	/** Keeps a whole one that came from elsewhere. */
	take(file: Blob, of: Pick<RecordingRow, 'draft' | 'role'>): Promise<void>;
	of(draft: string): Promise<RecordingRow[]>;
	/** All pieces, in order. */
	read(row: RecordingRow): Promise<Blob>;
	drop(id: string): Promise<void>;
}

export function dexieRecordings(db: SafeDb): Recordings {
	const pieces = (id: string) =>
		db.recordingPieces.where('[recording+n]').between([id, -Infinity], [id, Infinity]);
	return {
		begin: async (row) => void (await db.recordings.put(row)),
		add: (id, n, bytes, seconds) =>
			db.transaction('rw', [db.recordings, db.recordingPieces], async () => {
				const row = await db.recordings.get(id);
				if (!row) return;
				await db.recordingPieces.put({ recording: id, n, bytes });
				await db.recordings.put({ ...row, seconds, bytes: row.bytes + bytes.length });
			}),
		async take(file, { draft, role }) {
			const [id, bytes] = [newId(), new Uint8Array(await file.arrayBuffer())];
			await db.transaction('rw', [db.recordings, db.recordingPieces], async () => {
				const row = { id, draft, role, mediaType: file.type, at: Date.now(), seconds: 0 };
				await db.recordings.put({ ...row, bytes: bytes.length });
				await db.recordingPieces.put({ recording: id, n: 0, bytes });
			});
		},
		of: async (draft) =>
			(await db.recordings.where('draft').equals(draft).toArray()).filter(({ bytes }) => bytes > 0),
		read: async ({ id, mediaType }) => {
			const all = await pieces(id).toArray();
			return new Blob(
				all.map(({ bytes }) => bytes as Uint8Array<ArrayBuffer>),
				{ type: mediaType }
			);
		},
		drop: (id) =>
			db.transaction('rw', [db.recordings, db.recordingPieces], async () => {
				await pieces(id).delete();
				await db.recordings.delete(id);
			})
	};
}
