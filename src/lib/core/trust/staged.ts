/** A store whose changes come into force together, or not at all: what opens offline is always one whole set (TRU-28). */
import type { TrustStore } from './types.ts';

/** Bytes by name; null where a file goes. */
export type TrustChanges = ReadonlyMap<string, Uint8Array | null>;

export interface StagedStore {
	/** Reads what was put, else the base. */
	store: TrustStore;
	/** Writes all that was put so far, at once; what is put afterwards goes straight to the base. */
	commit(): Promise<void>;
}

/**
 * A refresh puts root, timestamp, snapshot and roles one after another. One that breaks off, or is refused half-way, would
 * leave a new timestamp beside an old snapshot, or a new root beside what its keys do not vouch for: nothing would open
 * until the next link.
 * @param write writes changes to the base in one transaction
 */
export function stageTrust(base: TrustStore, write: (changes: TrustChanges) => Promise<void>): StagedStore {
	let pending: Map<string, Uint8Array | null> | null = new Map();
	return {
		store: {
			async get(name) {
				return pending?.has(name) ? pending.get(name)! : base.get(name);
			},
			put: async (name, bytes) => (pending ? void pending.set(name, bytes) : base.put(name, bytes)),
			delete: async (name) => (pending ? void pending.set(name, null) : base.delete(name))
		},
		async commit() {
			if (!pending) return;
			await write(pending);
			pending = null;
		}
	};
}
