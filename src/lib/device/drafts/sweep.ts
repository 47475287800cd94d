/** Takes away what no draft and no hand-in needs any more: bytes, history, drafts removed long ago (DRA-34). */
import type { SafeDb } from '../db/schema.ts';

const MONTH = 30 * 86_400_000;
/** Bytes that nothing names yet may be named by a draft that is being saved. */
const DAY = 86_400_000;

export async function sweepDrafts(db: SafeDb, now: number): Promise<void> {
	const tables = [db.drafts, db.draftChanges, db.workBlobs, db.handIns, db.recordings, db.recordingPieces];
	await db.transaction('rw', tables, async () => {
		const drafts = await db.drafts.toArray();
		for (const { id, removedAt } of drafts) {
			if (removedAt === null || now - removedAt < MONTH) continue;
			await dropDraft(db, id);
		}
		const named = new Set<string>();
		const name = (json: string) => {
			for (const [digest] of json.matchAll(/[0-9a-f]{64}/g)) named.add(digest);
		};
		await db.drafts.each(({ draft }) => name(JSON.stringify(draft.files)));
		// A photo that was taken away comes back by undo.
		await db.draftChanges.each(({ patch }) => name(patch));
		// What has arrived whole is kept too: replacing it sends nothing twice, and costs only its text here.
		await db.handIns.each(
			({ blobs, task }) => task === 'send' && blobs.forEach(({ digest }) => named.add(digest))
		);
		const kept = await db.workBlobs.toCollection().primaryKeys();
		for (const digest of kept.filter((each) => !named.has(each))) {
			const row = await db.workBlobs.get(digest);
			if (row && now - row.at > DAY) await db.workBlobs.delete(digest);
		}
	});
}

/** Takes a draft away for good, with what was done to it. What was handed in of it stays. */
export async function dropDraft(db: SafeDb, id: string): Promise<void> {
	await db.draftChanges.where('[draft+n]').between([id, -Infinity], [id, Infinity]).delete();
	for (const { id: recording } of await db.recordings.where('draft').equals(id).toArray()) {
		await db.recordingPieces
			.where('[recording+n]')
			.between([recording, -Infinity], [recording, Infinity])
			.delete();
		await db.recordings.delete(recording);
	}
	await db.drafts.delete(id);
}
