import { join } from 'node:path';
import { readMetadata, type Kind, type Metadata } from '../../core/trust/metadata.ts';
import type { Signer } from '../../core/trust/types.ts';
import { listVersions, readIfThere, writeWhole } from './files.ts';
import type { TargetsSigned } from './offline.ts';
import {
	aboutRole,
	delegationTo,
	handOn,
	MOST_ENTRIES,
	readRole,
	type Listed,
	type TargetEntry
} from './role-tree.ts';
import { DAY, keyIdOf, keysById, signMetadata, timeText, type Signed } from './signing.ts';

/*
 * The online half of the TUF repository, on files: `recalls`, the language roles, snapshot, timestamp. Every version
 * gets a file of its own, the timestamp last, so that a reader never meets half a publication (TUF 6.2), and a crash
 * leaves the one before it in force.
 */
const ONLINE_DAYS = 30;
/** Roles and snapshot are signed anew when this much is left: daily would make every phone fetch them daily. */
const RENEW_DAYS = 15;
type Entries = ReadonlyMap<string, TargetEntry | null>;
const NOTHING: Entries = new Map();
interface SnapshotSigned extends Signed {
	meta: Listed;
}
interface TimestampSigned extends SnapshotSigned {
	issued: string;
}

/** What says whether a file is due. */
type Dated = { signed: { expires: number }; signatures: readonly { keyid: string }[] };

/** A metadata file of the repository, or null. */
export async function readFileOf<K extends Kind>(
	folder: string,
	kind: K,
	file: string
): Promise<Metadata<K> | null> {
	const bytes = await readIfThere(join(folder, file));
	const metadata = bytes && readMetadata(kind, bytes);
	if (metadata && !metadata.ok) throw new Error(`${join(folder, file)} is damaged: restore it from a backup`);
	return metadata?.value ?? null;
}

/** What is in force: the timestamp and what it leads to. */
export async function readState(folder: string): Promise<{
	timestamp: Metadata<'timestamp'> | null;
	snapshot: Metadata<'snapshot'> | null;
	targets: Metadata<'targets'>;
}> {
	const timestamp = await readFileOf(folder, 'timestamp', 'timestamp.json');
	const version = timestamp?.signed.meta['snapshot.json'].version;
	const snapshot = version ? await readFileOf(folder, 'snapshot', `${version}.snapshot.json`) : null;
	const last = (await listVersions(folder, 'targets')).at(-1);
	const targets = last ? await readFileOf(folder, 'targets', `${last}.targets.json`) : null;
	if (!targets) throw new Error(`${folder} holds no targets metadata`);
	return { timestamp, snapshot, targets };
}

/**
 * Signs what is due and what `changes` asks for, and puts it in force at once. A role is due when it is new, was signed
 * by another key, or nears its end; the timestamp when its day is over or anything below it changed.
 * @param changes by role: new entries by path, null to take one away
 * @param leap versions to skip, after a restore: then everything is due, and phones that saw later versions than the
 * backup has take the new ones
 * @returns whether anything was written
 */
export async function commit(
	folder: string,
	online: Signer,
	changes: ReadonlyMap<string, Entries>,
	now: number,
	leap = 0
): Promise<boolean> {
	const { timestamp, snapshot, targets } = await readState(folder);
	const time = Math.max(now, timestamp?.signed.issued ?? 0);
	const keyid = Object.keys(targets.signed.delegations?.keys ?? {})[0];
	const isDue = (file: Dated | null): boolean =>
		!file ||
		leap > 0 ||
		file.signed.expires - time < RENEW_DAYS * DAY ||
		!file.signatures.some((signature) => signature.keyid === keyid);
	const put = async (file: string, signed: Signed): Promise<Uint8Array> => {
		const bytes = await signMetadata(signed, [online]);
		await writeWhole(join(folder, file), bytes);
		return bytes;
	};
	const base = { spec_version: '1.0.34', expires: timeText(time + ONLINE_DAYS * DAY) };

	const before = snapshot?.signed.meta ?? {};
	const meta: Listed = { 'targets.json': { version: targets.signed.version } };
	const authority = { keyids: [keyIdOf(online.key)], threshold: 1 };
	/** One role after those below it, which it must not name before they are there. */
	async function signRole(name: string, wanted: Entries): Promise<void> {
		const about = await aboutRole(folder, before, name);
		const known = about?.children;
		const entries = known ? new Map<string, TargetEntry>() : await entriesOf(name, wanted);
		const isHandedOn = known != null || (entries.size > MOST_ENTRIES && name !== 'recalls');
		const groups = isHandedOn ? handOn<TargetEntry | null>(name, known ? wanted : entries) : new Map();
		const children = [...new Set([...(known ?? []), ...groups.keys()])].sort();
		for (const child of children) await signRole(child, groups.get(child) ?? NOTHING);
		const isChanged = known ? children.length > known.length : wanted.size > 0;
		let version = before[`${name}.json`]?.version ?? 0;
		if (isDue(about) || isChanged) {
			version += 1 + leap;
			const signed: TargetsSigned = {
				...base,
				_type: 'targets',
				version,
				targets: isHandedOn ? {} : Object.fromEntries(entries)
			};
			if (isHandedOn) {
				const roles = children.map((child) => delegationTo(child, authority));
				signed.delegations = { keys: keysById([online.key]), roles };
			}
			await put(`${version}.${encodeURIComponent(name)}.json`, signed);
		}
		meta[`${name}.json`] = { version };
	}
	async function entriesOf(name: string, wanted: Entries): Promise<Map<string, TargetEntry>> {
		const role = await readRole(folder, before, name);
		const entries = new Map(Object.entries((role?.signed.targets ?? {}) as TargetsSigned['targets']));
		for (const [path, entry] of wanted)
			if (entry) entries.set(path, entry);
			else entries.delete(path);
		return entries;
	}
	for (const { name } of targets.signed.delegations?.roles ?? [])
		await signRole(name, changes.get(name) ?? NOTHING);
	const isChanged =
		isDue(snapshot) ||
		Object.entries(meta).some(([file, { version }]) => snapshot?.signed.meta[file]?.version !== version);
	const snapshotVersion = (snapshot?.signed.version ?? 0) + (isChanged ? 1 + leap : 0);
	if (isChanged) {
		// A role once listed stays listed (5.5.5), even where targets no longer delegate to it.
		const all = { ...snapshot?.signed.meta, ...meta };
		const listed = Object.fromEntries(Object.entries(all).map(([file, { version }]) => [file, { version }]));
		const signed: SnapshotSigned = { ...base, _type: 'snapshot', version: snapshotVersion, meta: listed };
		await put(`${snapshotVersion}.snapshot.json`, signed);
	}
	const isOfToday = timestamp && time - (timestamp.signed.issued ?? 0) < DAY;
	if (!isChanged && isOfToday && !isDue(timestamp)) return false;
	const version = (timestamp?.signed.version ?? 0) + 1 + leap;
	const signed: TimestampSigned = {
		...base,
		_type: 'timestamp',
		version,
		issued: timeText(time),
		meta: { 'snapshot.json': { version: snapshotVersion } }
	};
	const bytes = await put(`${version}.timestamp.json`, signed);
	await writeWhole(join(folder, 'timestamp.json'), bytes);
	return true;
}
