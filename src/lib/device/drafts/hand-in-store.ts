/** Where hand-ins lie on the phone: the port of their engine. Backends: Dexie here, and memory in tests. */
import type { HandInRow } from '../db/draft-tables.ts';
import type { SafeDb } from '../db/schema.ts';
import { owners } from './dexie-drafts.ts';

export interface HandInStore {
	/** Hand-ins of the profile in use, oldest first. */
	rows(): Promise<HandInRow[]>;
	/** Changes one, on the disk when it resolves; null where it is gone. */
	update(id: string, change: Partial<HandInRow>): Promise<HandInRow | null>;
	blob(digest: string): Promise<Uint8Array | null>;
}

export const dexieHandIns = (db: SafeDb): HandInStore => ({
	async rows() {
		const rows = await db.handIns
			.where('profile')
			.anyOf(await owners(db))
			.toArray();
		return rows.sort((one, other) => one.createdAt - other.createdAt);
	},
	update: (id, change) =>
		db.transaction('rw', [db.handIns], async () => {
			const row = await db.handIns.get(id);
			if (!row) return null;
			const changed = { ...row, ...change };
			await db.handIns.put(changed);
			return changed;
		}),
	blob: async (digest) => (await db.workBlobs.get(digest))?.bytes ?? null
});
