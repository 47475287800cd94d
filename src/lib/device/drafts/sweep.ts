/** Takes away what no draft and no hand-in needs any more: drafts removed long ago, bytes that nothing names (DRA-34). */
import { draftTables, dropDraft, dropUnnamed } from '../db/drop-drafts.ts';
import type { SafeDb } from '../db/schema.ts';

const MONTH = 30 * 86_400_000;
/** Bytes that nothing names yet may be named by a draft that is being saved. */
const DAY = 86_400_000;

export const sweepDrafts = (db: SafeDb, now: number): Promise<void> =>
	db.transaction('rw', draftTables(db), async () => {
		for (const { id, removedAt } of await db.drafts.toArray()) {
			if (removedAt !== null && now - removedAt > MONTH) await dropDraft(db, id);
		}
		await dropUnnamed(db, now - DAY);
	});
