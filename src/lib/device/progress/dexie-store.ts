/** The learner's log in IndexedDB, written through to the disk. */
import type { SafeDb } from '../db/schema.ts';
import type { ProgressStore, StoreTransaction } from './store.ts';

export function dexieStore(db: SafeDb): ProgressStore {
	const tx: StoreTransaction = {
		profiles: async () => db.profiles.toArray(),
		profile: async (id) => db.profiles.get(id),
		putProfile: async (row) => void (await db.profiles.put(row)),
		event: async (profile, id) => db.events.get([profile, id]),
		putEvents: async (rows) => void (await db.events.bulkPut([...rows])),
		own: async (profile, after, limit) =>
			db.events
				.where('[profile+seq]')
				.between([profile, Math.max(after, 0)], [profile, Infinity], false, true)
				.limit(limit)
				.toArray(),
		others: async (profile) => db.events.where('[profile+seq]').equals([profile, 0]).toArray(),
		ofPackage: async (profile, id) => db.events.where('[profile+package]').equals([profile, id]).toArray()
	};
	return {
		// An async function of its own: Dexie follows native awaits only through one (else it commits too early).
		change: async (work) => db.transaction('rw', [db.profiles, db.events], async () => work(tx))
	};
}
