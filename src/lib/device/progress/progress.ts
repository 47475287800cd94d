/** Progress on this phone: recording, reading, and the try that is under way, of the profile in use. */
import { liveQuery } from 'dexie';
import { fail, type Result } from '../../core/base/result.ts';
import type { Attempt } from '../../core/lessons/assessment.ts';
import type { Facts } from '../../core/progress/project.ts';
import { packageProgress } from '../../core/progress/view.ts';
import type { EventRow, KeptRow } from '../db/progress-tables.ts';
import { openDatabases } from '../db/schema.ts';
import { storing } from '../db/storing.ts';
import type { DeviceProgress, RecordFault } from './api.ts';
import { dexieStore } from './dexie-store.ts';
import { createFacts } from './facts.ts';
import { append } from './log.ts';
import { known, newId, profileInUse } from './profiles.ts';

/** Opens the store and makes the first profile where there is none. */
export async function createProgress(): Promise<DeviceProgress> {
	const db = openDatabases().safe;
	const store = dexieStore(db);
	const facts = createFacts();
	await profileInUse(db);

	const rowsOf = async (id?: string): Promise<EventRow[]> => {
		const profile = (await known(db))?.id ?? '';
		return id === undefined
			? db.events.where('[profile+id]').between([profile, ''], [profile, '\uffff']).toArray()
			: db.events.where('[profile+package]').equals([profile, id]).toArray();
	};
	const watch = <Value>(query: () => Promise<Value>, listener: (value: Value) => void): (() => void) => {
		const subscription = liveQuery(query).subscribe({ next: listener, error: () => {} });
		return () => subscription.unsubscribe();
	};
	const progressOf = async (id: string) => packageProgress(facts(await rowsOf(id)), id);
	const all = async (): Promise<Facts> => facts(await rowsOf());

	const keyOf = async (kind: KeptRow['kind'], packageId: string, unit: string) =>
		[(await profileInUse(db)).id, kind, packageId, unit] as [string, KeptRow['kind'], string, string];
	const load = async (kind: KeptRow['kind'], packageId: string, unit: string): Promise<unknown> =>
		(await db.kept.get(await keyOf(kind, packageId, unit)))?.value ?? null;
	const keep = async (kind: KeptRow['kind'], packageId: string, unit: string, value: unknown) => {
		const [profile] = await keyOf(kind, packageId, unit);
		const kept = await storing(() => db.kept.put({ profile, kind, package: packageId, unit, value }));
		return kept.ok ? ({ ok: true, value: null } as const) : refused(kept.fault.code);
	};

	return {
		async record(happening) {
			const { id } = await profileInUse(db);
			const written = await storing(() => store.change((tx) => append(tx, id, happening, Date.now(), newId)));
			if (!written.ok) return refused(written.fault.code);
			if (written.value.ok && written.value.value) listeners.forEach((listener) => listener());
			return written.value;
		},
		watchPackage: (id, listener) => watch(() => progressOf(id), listener),
		watchAll: (listener) => watch(all, listener),
		progressOf,
		all,
		loadAttempt: async (packageId, unit) => (await load('attempt', packageId, unit)) as Attempt | null,
		saveAttempt: (packageId, attempt) => keep('attempt', packageId, attempt.unit, attempt),
		dropAttempt: async (packageId, unit) => db.kept.delete(await keyOf('attempt', packageId, unit)),
		loadState: (packageId, unit) => load('simulation', packageId, unit),
		saveState: async (packageId, unit, state) => void (await keep('simulation', packageId, unit, state)),
		newId
	};
}

const listeners = new Set<() => void>();

/** Calls after each event that was written in this tab; answers what ends it. */
export function onRecorded(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

/** The store answers with all that it can go wrong with; of recording only these two can come. */
const refused = (code: string): Result<never, RecordFault> =>
	fail(code === 'storage/full' ? 'storage/full' : 'storage/closed');
