import { join } from 'node:path';
import { readMetadata, type Kind, type Metadata } from '../../core/trust/metadata.ts';
import type { Signer } from '../../core/trust/types.ts';
import { listVersions, readIfThere, writeWhole } from './files.ts';
import { DAY, signMetadata, timeText, type Signed } from './signing.ts';
import type { TargetsSigned } from './offline.ts';

/*
 * The online half of the TUF repository, on files: `recalls`, the language roles, snapshot, timestamp. Every version
 * gets a file of its own, the timestamp last, so that a reader never meets half a publication (TUF 6.2), and a crash
 * leaves the one before it in force.
 */
const ONLINE_DAYS = 30;
/** Roles and snapshot are signed anew when this much is left: daily would make every phone fetch them daily. */
const RENEW_DAYS = 15;
export type TargetEntry = TargetsSigned['targets'][string];
interface SnapshotSigned extends Signed {
	meta: Record<string, { version: number }>;
}
interface TimestampSigned extends SnapshotSigned {
	issued: string;
}

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
	changes: ReadonlyMap<string, ReadonlyMap<string, TargetEntry | null>>,
	now: number,
	leap = 0
): Promise<boolean> {
	const { timestamp, snapshot, targets } = await readState(folder);
	const time = Math.max(now, timestamp?.signed.issued ?? 0);
	const keyid = Object.keys(targets.signed.delegations?.keys ?? {})[0];
	const isDue = (metadata: Metadata<Kind> | null): boolean =>
		!metadata ||
		leap > 0 ||
		metadata.signed.expires - time < RENEW_DAYS * DAY ||
		!metadata.signatures.some((signature) => signature.keyid === keyid);
	const put = async (file: string, signed: Signed): Promise<Uint8Array> => {
		const bytes = await signMetadata(signed, [online]);
		await writeWhole(join(folder, file), bytes);
		return bytes;
	};
	const base = { spec_version: '1.0.34', expires: timeText(time + ONLINE_DAYS * DAY) };

	const meta: Record<string, { version: number }> = { 'targets.json': { version: targets.signed.version } };
	for (const { name } of targets.signed.delegations?.roles ?? []) {
		const before = snapshot?.signed.meta[`${name}.json`]?.version;
		const role = before
			? await readFileOf(folder, 'targets', `${before}.${encodeURIComponent(name)}.json`)
			: null;
		const wanted = changes.get(name);
		let version = before ?? 0;
		if (isDue(role) || wanted) {
			version += 1 + leap;
			const entries: Record<string, TargetEntry> = {
				...(role?.signed.targets as Record<string, TargetEntry>)
			};
			for (const [path, entry] of wanted ?? [])
				if (entry) entries[path] = entry;
				else delete entries[path];
			const signed: TargetsSigned = { ...base, _type: 'targets', version, targets: entries };
			await put(`${version}.${encodeURIComponent(name)}.json`, signed);
		}
		meta[`${name}.json`] = { version };
	}
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
