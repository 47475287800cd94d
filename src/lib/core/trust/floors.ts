import * as v from 'valibot';
import { fromUtf8, utf8 } from '../base/hash.ts';
import type { Metadata } from './metadata.ts';
import type { TrustStore } from './types.ts';

const Floors = v.object({
	online: v.array(v.string()),
	issued: v.number(),
	v: v.record(v.string(), v.number())
});

/**
 * What the catalogue may not fall below, beyond TUF's own versions: the last trusted issue time, and `custom.v` of each
 * target seen (TRU-9, TRU-10). `online` are the keys under which the floors came to be.
 */
export type Floors = v.InferOutput<typeof Floors>;

const onlineKeys = (root: Metadata<'root'>): string[] => {
	const { timestamp, snapshot } = root.signed.roles;
	return [...timestamp.keyids, ...snapshot.keyids];
};

/**
 * The floors of a store under this root. Where root took away a key that set them, they fall, and the timestamp and
 * snapshot with them (TUF 5.3.11): a thief of that key could have left them too high for good.
 */
export async function loadFloors(store: TrustStore, root: Metadata<'root'>): Promise<Floors> {
	const online = onlineKeys(root);
	try {
		const stored = await store.get('floors');
		if (stored) {
			const floors = v.parse(Floors, JSON.parse(fromUtf8(stored)));
			if (floors.online.every((key) => online.includes(key))) return { ...floors, online };
			for (const name of ['timestamp.json', 'snapshot.json', 'floors']) await store.delete(name);
		}
	} catch {
		// An unreadable record of our own is no record.
	}
	return { online, issued: 0, v: {} };
}

export const saveFloors = (store: TrustStore, floors: Floors): Promise<void> =>
	store.put('floors', utf8(JSON.stringify(floors)));
