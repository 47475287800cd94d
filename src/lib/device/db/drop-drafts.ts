/** Taking drafts and what belongs to them off the phone for good. To be called inside a transaction over `draftTables`. */
import type { SafeDb } from './schema.ts';

/** Tables of drafts and hand-ins. */
export const draftTables = (db: SafeDb) => [
	db.drafts,
	db.draftChanges,
	db.workBlobs,
	db.handIns,
	db.recordings,
	db.recordingPieces
];

/** A draft with what was done to it. What was handed in of it stays. */
export async function dropDraft(db: SafeDb, id: string): Promise<void> {
	await db.draftChanges.where('[draft+n]').between([id, -Infinity], [id, Infinity]).delete();
	for (const { id: recording } of await db.recordings.where('draft').equals(id).toArray()) {
		const pieces = db.recordingPieces.where('[recording+n]');
		await pieces.between([recording, -Infinity], [recording, Infinity]).delete();
		await db.recordings.delete(recording);
	}
	await db.drafts.delete(id);
}

/** All that is a profile's, bytes too. */
export async function dropDraftsOf(db: SafeDb, profile: string): Promise<void> {
	for (const { id } of await db.drafts.where('profile').equals(profile).toArray()) await dropDraft(db, id);
	await db.handIns.where('profile').equals(profile).delete();
	await dropUnnamed(db, Infinity);
}

/**
 * Bytes that no draft, none of its changes and nothing on its way names, put there before a time.
 * @param only of these digests; of all where it is left out
 */
export async function dropUnnamed(db: SafeDb, before: number, only?: readonly string[]): Promise<void> {
	const named = new Set<string>();
	const name = (json: string) => {
		for (const [digest] of json.matchAll(/[0-9a-f]{64}/g)) named.add(digest);
	};
	await db.drafts.each(({ draft }) => name(JSON.stringify(draft.files)));
	// A photo that was taken away comes back by undo.
	await db.draftChanges.each(({ patch }) => name(patch));
	await db.handIns.each(({ blobs, task, handed }) => {
		if (task === 'send') for (const { digest } of [...blobs, ...(handed?.files ?? [])]) named.add(digest);
	});
	for (const digest of only ?? (await db.workBlobs.toCollection().primaryKeys())) {
		if (named.has(digest)) continue;
		const row = await db.workBlobs.get(digest);
		if (row && row.at < before) await db.workBlobs.delete(digest);
	}
}
