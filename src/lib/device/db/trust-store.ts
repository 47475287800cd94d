/** Where the trust client keeps its files on the phone. */
import { stageTrust, type StagedStore } from '../../core/trust/staged.ts';
import type { TrustStore } from '../../core/trust/types.ts';
import { readAll } from './reader.ts';
import type { SafeDb } from './schema.ts';

/** Each put is one transaction, written through to the disk. */
export const trustStore = (db: SafeDb): TrustStore => ({
	get: async (name) => (await db.trust.get(name))?.bytes ?? null,
	put: async (name, bytes) => void (await db.trust.put({ name, bytes })),
	delete: (name) => db.trust.delete(name)
});

/** For refreshing: what came is written in one transaction, once all of it is good (TRU-28). */
export const stagedTrust = (db: SafeDb): StagedStore =>
	stageTrust(trustStore(db), (changes) =>
		db.transaction('rw', db.trust, async () => {
			for (const [name, bytes] of changes)
				await (bytes ? db.trust.put({ name, bytes }) : db.trust.delete(name));
		})
	);

/** For opening what is stored: all of it is read at once, and nothing is changed. */
export function readOnlyTrustStore(): TrustStore {
	const rows = readAll('trust');
	// Whoever gets a file meets the fault.
	rows.catch(() => undefined);
	return {
		get: async (name) => (await rows).find((row) => row.name === name)?.bytes ?? null,
		put: () => Promise.resolve(),
		delete: () => Promise.resolve()
	};
}
