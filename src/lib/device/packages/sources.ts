/**
 * Other addresses that the person named, kept in the settings of this phone (DEV-66, DEV-67). One that lied is left out
 * until the app is opened anew, in every tab.
 */
import { liveQuery } from 'dexie';
import * as v from 'valibot';
import { sha256 } from '../../core/base/hash.ts';
import { fail, ok, type Result } from '../../core/base/result.ts';
import {
	addressSpace,
	MOST_ADDRESS_LENGTH,
	parseAddress,
	type AddressFault
} from '../../core/packages/source-address.ts';
import { openDatabases, type SafeDb } from '../db/schema.ts';
import { fetchBytes } from '../network.ts';
import { addressSource, elsewhereOf, ORIGIN } from './http-source.ts';
import type { Source } from './source.ts';

const SETTING = 'sources';
const MOST_SOURCES = 8;
/** When this tab was opened: who lied before that is tried again. */
const OPENED = performance.timeOrigin;

const Added = v.object({
	address: v.pipe(v.string(), v.url(), v.maxLength(MOST_ADDRESS_LENGTH)),
	/** When it last gave bytes that are not what they say, or null. */
	lied: v.nullable(v.number())
});
export type Added = v.InferOutput<typeof Added>;
const AllAdded = v.pipe(v.array(Added), v.maxLength(MOST_SOURCES));

/** What a test found: it has what is on this phone, or lacks it, or there is nothing to compare; or it lied, or was silent. */
export type Found = 'has' | 'lacks' | 'answers' | 'lies' | 'silent' | 'forbidden';

async function readAdded(db: SafeDb): Promise<Added[]> {
	const read = v.safeParse(AllAdded, (await db.settings.get(SETTING))?.value);
	return read.success ? read.output : [];
}

const change = (db: SafeDb, by: (added: Added[]) => Added[]): Promise<unknown> =>
	db.transaction('rw', db.settings, async () =>
		db.settings.put({ key: SETTING, value: by(await readAdded(db)) })
	);

/** Calls with the addresses, now and after each change in any tab; answers what ends it. */
export function watchAdded(listener: (added: Added[]) => void, db = openDatabases().safe): () => void {
	const subscription = liveQuery(() => readAdded(db)).subscribe({
		next: listener,
		error: () => listener([])
	});
	return () => subscription.unsubscribe();
}

export async function addSource(text: string): Promise<Result<string, AddressFault>> {
	const db = openDatabases().safe;
	const address = parseAddress(text, location.origin);
	if (!address.ok) return address;
	const added = await readAdded(db);
	if (added.some((each) => each.address === address.value)) return fail('source/known');
	if (added.length >= MOST_SOURCES) return fail('source/too-many');
	await change(db, (all) => [...all, { address: address.value, lied: null }]);
	return ok(address.value);
}

export async function removeSource(address: string): Promise<void> {
	await change(openDatabases().safe, (all) => all.filter((each) => each.address !== address));
}

/** Left out of everything from now on, in this tab and those that are open. */
export async function noteLie(db: SafeDb, address: string): Promise<void> {
	await change(db, (all) =>
		all.map((each) => (each.address === address ? { ...each, lied: Date.now() } : each))
	);
}

/** Whether it lied since the app was opened. */
export const isLeftOut = ({ lied }: Added): boolean => lied !== null && lied >= OPENED;

/** Those that the person named and that may be asked. */
export const listNamed = async (db: SafeDb): Promise<readonly Source[]> => askable(await readAdded(db));

const askable = (added: readonly Added[]): Source[] =>
	added.filter((each) => !isLeftOut(each)).map(({ address }) => addressSource(address));

/** Calls with all that may be asked, the origin last, now and whenever that changes; answers what ends it. */
export const watchSources = (db: SafeDb, listener: (sources: readonly Source[]) => void): (() => void) =>
	watchAdded((added) => listener([...askable(added), ORIGIN]), db);

/**
 * Asks it for a small thing that this phone has and can check. A right answer lets in again what was left out. The
 * browser may ask the person whether this site may reach the local network.
 */
export async function testSource(address: string): Promise<Found> {
	const db = openDatabases().safe;
	const [install] = await db.installs.toArray();
	const here = install && (await db.blobs.get(install.manifest));
	const blob = here?.digest ?? '0'.repeat(64);
	const bytes = await fetchBytes(`${address}/blob/${blob}`, {
		max: here?.bytes.length ?? 0,
		elsewhere: elsewhereOf(address)
	});
	if (!bytes.ok) {
		if (bytes.fault.code === 'network/not-found') return here ? 'lacks' : 'answers';
		if (bytes.fault.code !== 'package/too-large')
			return (await isForbidden(address)) ? 'forbidden' : 'silent';
	}
	const isRight = bytes.ok && (await sha256(bytes.value)) === blob;
	await change(db, (all) =>
		all.map((each) => (each.address === address ? { ...each, lied: isRight ? null : Date.now() } : each))
	);
	return isRight ? 'has' : 'lies';
}

/** Chromium's names for the permission; the last is of 142 to 144, before there were two. */
const PERMISSIONS = { loopback: 'loopback-network', local: 'local-network', before: 'local-network-access' };

/** Whether the person or the browser refused this site the local network. */
async function isForbidden(address: string): Promise<boolean> {
	const space = addressSpace(address);
	if (space === null) return false;
	for (const name of [PERMISSIONS[space], PERMISSIONS.before]) {
		try {
			return (await navigator.permissions.query({ name: name as PermissionName })).state === 'denied';
		} catch {
			// A browser that does not know this one.
		}
	}
	return false;
}
