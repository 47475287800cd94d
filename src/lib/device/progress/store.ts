/** Where a learner's log lies: the port that recording and sync are written over. Backends: `dexie-store.ts`, and memory in tests. */
import type { EventRow, ProfileRow } from '../db/progress-tables.ts';

/** What may be asked inside one transaction; nothing but its answers may be awaited there. */
export interface StoreTransaction {
	profiles(): Promise<ProfileRow[]>;
	profile(id: string): Promise<ProfileRow | undefined>;
	putProfile(row: ProfileRow): Promise<void>;
	event(profile: string, id: string): Promise<EventRow | undefined>;
	putEvents(rows: readonly EventRow[]): Promise<void>;
	/** Own events after a sequence, in order. */
	own(profile: string, after: number, limit: number): Promise<EventRow[]>;
	/** Events without a sequence: those of other devices. */
	others(profile: string): Promise<EventRow[]>;
	ofPackage(profile: string, id: string): Promise<EventRow[]>;
}

export interface ProgressStore {
	/** All of the work or none of it, on the disk when it resolves. */
	change<Value>(work: (tx: StoreTransaction) => Promise<Value>): Promise<Value>;
}

/** More than any log holds, and the most that IndexedDB takes for a count (32 bits). */
export const ALL = 0xffff_ffff;
