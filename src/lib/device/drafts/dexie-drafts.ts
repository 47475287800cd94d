/** Drafts in IndexedDB, written through to the disk; only those of the profile in use are looked at. */
import { liveQuery } from 'dexie';
import type { DraftRow } from '../db/draft-tables.ts';
import type { SafeDb } from '../db/schema.ts';
import { known } from '../progress/profiles.ts';
import type { DraftStore } from './store.ts';

/** Profiles whose drafts are looked at: the one in use, and those of the same account. */
export async function owners(db: SafeDb): Promise<string[]> {
	const current = await known(db);
	if (!current) return [];
	const { id, account } = current;
	if (!account) return [id];
	const rows = await db.profiles.toArray();
	return rows.filter((row) => row.id === id || row.account?.id === account.id).map((row) => row.id);
}

/** A draft of the profile in use, or undefined. */
export async function ownDraft(db: SafeDb, id: string): Promise<DraftRow | undefined> {
	const row = await db.drafts.get(id);
	return row && (await owners(db)).includes(row.profile) ? row : undefined;
}

const stepsOf = (db: SafeDb, id: string) =>
	db.draftChanges.where('[draft+n]').between([id, -Infinity], [id, Infinity]);

export function dexieDrafts(db: SafeDb): DraftStore {
	return {
		load: (id) =>
			db.transaction('r', [db.drafts, db.draftChanges, db.profiles, db.settings], async () => {
				const row = await ownDraft(db, id);
				if (!row || row.removedAt !== null) return null;
				const steps = await stepsOf(db, id).toArray();
				return { ...row, steps: steps.map(({ n, patch }) => ({ n, patch })) };
			}),
		save: (id, revision, { draft, position, steps, first, last }, now) =>
			db.transaction('rw', [db.drafts, db.draftChanges], async () => {
				const row = await db.drafts.get(id);
				if (!row || row.revision !== revision) return false;
				await db.drafts.put({ ...row, draft, position, revision: revision + 1, savedAt: now });
				await db.draftChanges.where('[draft+n]').between([id, -Infinity], [id, first], true, false).delete();
				await db.draftChanges.where('[draft+n]').between([id, last], [id, Infinity], false, true).delete();
				await db.draftChanges.bulkPut(steps.map((step) => ({ draft: id, ...step })));
				return true;
			}),
		watch(id, listener) {
			const subscription = liveQuery(async () => (await db.drafts.get(id))?.revision).subscribe({
				next: listener,
				error: () => {}
			});
			return () => subscription.unsubscribe();
		},
		putBlob: async (digest, bytes) => void (await db.workBlobs.put({ digest, bytes, at: Date.now() })),
		blob: async (digest) => (await db.workBlobs.get(digest))?.bytes ?? null
	};
}
