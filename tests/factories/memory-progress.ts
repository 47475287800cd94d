/** A learner's log in memory, with transactions that are all or nothing, and that a test may cut off. */
import type { EventRow, ProfileRow } from '../../src/lib/device/db/progress-tables.ts';
import type { ProgressStore, StoreTransaction } from '../../src/lib/device/progress/store.ts';

export interface MemoryProgress extends ProgressStore {
	profiles: Map<string, ProfileRow>;
	events: Map<string, EventRow>;
	/** The same phone once more: a clone of its disk. */
	copy(): MemoryProgress;
	/** The next transaction is cut off after this many writes. */
	killAfter(writes: number): void;
}

/** The phone was switched off in the middle of a transaction. */
export class Killed extends Error {}

export function memoryProgress(
	from: { profiles: Map<string, ProfileRow>; events: Map<string, EventRow> } = {
		profiles: new Map(),
		events: new Map()
	}
): MemoryProgress {
	let writesLeft = Infinity;
	const store: MemoryProgress = {
		profiles: from.profiles,
		events: from.events,
		copy: () => memoryProgress({ profiles: new Map(store.profiles), events: new Map(store.events) }),
		killAfter: (writes) => (writesLeft = writes),
		async change(work) {
			const profiles = new Map(store.profiles);
			const events = new Map(store.events);
			const write = () => {
				if (writesLeft-- > 0) return;
				writesLeft = Infinity;
				throw new Killed();
			};
			const value = await work(transaction(profiles, events, write));
			writesLeft = Infinity;
			store.profiles = profiles;
			store.events = events;
			return value;
		}
	};
	return store;
}

function transaction(
	profiles: Map<string, ProfileRow>,
	events: Map<string, EventRow>,
	write: () => void
): StoreTransaction {
	const of = (profile: string) => [...events.values()].filter((row) => row.profile === profile);
	return {
		profiles: async () => [...profiles.values()],
		profile: async (id) => profiles.get(id),
		putProfile: async (row) => (write(), void profiles.set(row.id, row)),
		event: async (profile, id) => events.get(`${profile}/${id}`),
		putEvents: async (rows) => rows.forEach((row) => (write(), events.set(`${row.profile}/${row.id}`, row))),
		own: async (profile, after, limit) =>
			of(profile)
				.filter((row) => row.seq > after)
				.sort((one, other) => one.seq - other.seq)
				.slice(0, limit),
		others: async (profile) => of(profile).filter((row) => row.seq === 0),
		ofPackage: async (profile, id) => of(profile).filter((row) => row.package === id)
	};
}
