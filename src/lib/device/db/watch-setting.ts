/** Telling when a setting of this phone becomes another one. */
import { liveQuery } from 'dexie';
import type { SafeDb } from './schema.ts';

/** Calls when it does, in any tab; answers what ends it. */
export function watchSetting(db: SafeDb, key: string, listener: () => void): () => void {
	let before: string | undefined;
	const subscription = liveQuery(async () => db.settings.get(key)).subscribe((row) => {
		const now = JSON.stringify(row ?? null);
		if (before !== undefined && before !== now) listener();
		before = now;
	});
	return () => subscription.unsubscribe();
}
