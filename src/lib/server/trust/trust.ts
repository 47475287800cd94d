import { fail, ok, type Result } from '../../core/base/result.ts';
import {
	listingPath,
	packagePath,
	recallsPath,
	type PackageCustom
} from '../../core/trust/package-target.ts';
import { readRegister } from '../../core/trust/register.ts';
import { claimsOf, digestOf, readEnvelopes } from '../../core/trust/statement.ts';
import { fromUtf8, utf8 } from '../../core/base/hash.ts';
import type { Envelope, Register, TrustFault } from '../../core/trust/types.ts';
import { approveWith, demonstrationKey, type PartsToApprove } from './demonstration.ts';
import { listVersions } from './files.ts';
import { renew } from './offline.ts';
import { takeIn, type Trust } from './open.ts';
import { commit, readFileOf, readState } from './repository.ts';
import { findEntry, type TargetEntry } from './role-tree.ts';
import { DAY } from './signing.ts';

/** How long before an offline role ends the operator is told, and a demonstration renews it by itself. */
const WARN_DAYS = 60;
/** An online role this near its end was not renewed for days: something is wrong. */
const WARN_ONLINE_DAYS = 10;

export interface Publication {
	packageId: string;
	sector: string;
	/** Grows with every publication of the package; phones refuse a lower one (TRU-9). */
	v: number;
	status: PackageCustom['status'];
	manifest: { sha256: string; length: number };
	/** What approves the parts of this version; earlier envelopes of unchanged parts included. */
	statements: Envelope[];
	/** By language: what the library lists (title, summary, sizes …), plain JSON. */
	languages: Record<string, Record<string, unknown>>;
}

/**
 * Puts package versions in force, all at once: for each language the current manifest and its statements, and the
 * listing of the sector. Manifests and parts must already be in the blob store.
 */
export const publishPackages = (
	trust: Trust,
	publications: readonly Publication[],
	now: number
): Promise<void> =>
	oneByOne(trust, async () => {
		const changes = new Map<string, Map<string, TargetEntry>>();
		const listings = new Map<string, { tag: string; packages: Map<string, Record<string, unknown>> }>();
		for (const { packageId, sector, v, status, manifest, statements, languages } of publications) {
			const bytes = utf8(JSON.stringify(statements));
			const custom = {
				v,
				status,
				statements: { sha256: await trust.blobs.put(bytes), length: bytes.length }
			};
			for (const [tag, entry] of Object.entries(languages)) {
				const role = changes.get(tag) ?? new Map<string, TargetEntry>();
				changes.set(tag, role);
				role.set(packagePath(sector, tag, packageId), {
					...{ length: manifest.length, hashes: { sha256: manifest.sha256 }, custom }
				});
				const path = listingPath(sector, tag);
				const listing = listings.get(path) ?? { tag, packages: await readListing(trust, tag, path) };
				listings.set(path, listing);
				if (status === 'withdrawn') listing.packages.delete(packageId);
				else listing.packages.set(packageId, { ...entry, id: packageId, v });
			}
		}
		for (const [path, { tag, packages }] of listings) {
			const sorted = [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
			const bytes = utf8(JSON.stringify({ format: 'setara-listing/1', packages: sorted }));
			changes.get(tag)!.set(path, await targetOf(trust, tag, path, bytes));
		}
		await commitChecked(trust, changes, now);
	});

/** Adds recalls, or liftings, to a package, each signed by a registered expert; others are refused. */
export const publishRecall = (
	trust: Trust,
	packageId: string,
	statements: readonly Envelope[],
	now: number
): Promise<Result<null, TrustFault>> =>
	oneByOne(trust, async () => {
		const register = await currentRegister(trust);
		if (!register.ok) return register;
		for (const statement of statements) {
			const claims = await claimsOf([statement], register.value);
			const isRecall = claims.some(({ statement: { predicate } }) => predicate.decision !== 'approve');
			if (!isRecall) return fail('trust/not-approved');
		}
		const path = recallsPath(packageId);
		const before = await readTargetBytes(trust, 'recalls', path);
		const known = before ? readEnvelopes(before) : ok([]);
		if (!known.ok) return known;
		const all = new Map<string | null, Envelope>();
		for (const envelope of [...known.value, ...statements])
			all.set(`${await digestOf(envelope)} ${envelope.signatures.map(({ sig }) => sig).join()}`, envelope);
		if (all.size === known.value.length) return ok(null);
		const bytes = utf8(JSON.stringify([...all.values()]));
		const target = await targetOf(trust, 'recalls', path, bytes);
		await commitChecked(trust, new Map([['recalls', new Map([[path, target]])]]), now);
		return ok(null);
	});

/** Recalls of a package, and their liftings, as the catalogue names them now. */
export async function currentRecalls(trust: Trust, packageId: string): Promise<Envelope[]> {
	const bytes = await readTargetBytes(trust, 'recalls', recallsPath(packageId));
	const envelopes = bytes ? readEnvelopes(bytes) : ok([]);
	return envelopes.ok ? envelopes.value : [];
}

/** The demonstration committee's approval of these parts; a root in earnest has none (throws). */
export function approveAsDemonstration(
	trust: Trust,
	parts: PartsToApprove,
	now: number
): Promise<Envelope[]> {
	if (!trust.demonstration) throw new Error('only a demonstration approves by itself');
	return approveWith(trust.keysFolder, parts, now);
}

/**
 * Signs what is due; call it at the start and then every hour. Takes in what a ceremony left in the root's folder; a
 * demonstration renews its own root and targets.
 */
export const renewOnline = (trust: Trust, now: number): Promise<void> =>
	oneByOne(trust, async () => {
		if (trust.demonstration) {
			for (const warning of await warnings(trust, now))
				if (warning.role === 'root' || warning.role === 'targets')
					await renew(
						trust.folder,
						warning.role,
						[await demonstrationKey(trust.keysFolder, warning.role)],
						now
					);
		} else await takeIn(trust.source!, trust.folder);
		await commit(trust.folder, trust.online, new Map(), now);
	});

/** More versions than a catalogue has in ten years of daily signing and twenty publications a day. */
const LEAP = 100_000;

/**
 * After a restore: signs every online role anew with versions far above the backup's, since phones that saw what came
 * after it refuse anything lower (docs/operations.md, Restore).
 */
export const leapAhead = (trust: Trust, now: number): Promise<void> =>
	oneByOne(trust, async () => {
		await commit(trust.folder, trust.online, new Map(), now, LEAP);
	});

export interface ExpiryWarning {
	role: string;
	expires: number;
	/** Whole days left; negative when it is over. */
	days: number;
}

/** Root and targets within 60 days of their end, online roles within 10 of theirs: for the log and the administrator. */
export const expiryWarnings = (trust: Trust, now: number): Promise<ExpiryWarning[]> => warnings(trust, now);

async function warnings(trust: Trust, now: number): Promise<ExpiryWarning[]> {
	const { timestamp, snapshot, targets } = await readState(trust.folder);
	const last = (await listVersions(trust.folder, 'root')).at(-1);
	const root = await readFileOf(trust.folder, 'root', `${last}.root.json`);
	const rows = [
		{ role: 'root', metadata: root, limit: WARN_DAYS },
		{ role: 'targets', metadata: targets, limit: WARN_DAYS },
		{ role: 'snapshot', metadata: snapshot, limit: WARN_ONLINE_DAYS },
		{ role: 'timestamp', metadata: timestamp, limit: WARN_ONLINE_DAYS }
	];
	return rows.flatMap(({ role, metadata, limit }) => {
		const expires = metadata?.signed.expires ?? now;
		const days = Math.floor((expires - now) / DAY);
		return days < limit ? [{ role, expires, days }] : [];
	});
}

/** Parties and experts as targets metadata in force lists them. */
export async function currentRegister(trust: Trust): Promise<Result<Register, TrustFault>> {
	return readRegister((await readState(trust.folder)).targets.signed.register);
}

async function readListing(
	trust: Trust,
	tag: string,
	path: string
): Promise<Map<string, Record<string, unknown>>> {
	const bytes = await readTargetBytes(trust, tag, path);
	const { packages } = (bytes ? JSON.parse(fromUtf8(bytes)) : { packages: [] }) as {
		packages: { id: string }[];
	};
	return new Map(packages.map((entry) => [entry.id, entry]));
}

/** What the catalogue in force names at a path below a role that targets delegates to; undefined: nothing. */
export async function currentEntry(
	trust: Trust,
	role: string,
	path: string
): Promise<TargetEntry | undefined> {
	const { snapshot } = await readState(trust.folder);
	return findEntry(trust.folder, snapshot?.signed.meta ?? {}, role, path);
}

async function readTargetBytes(trust: Trust, role: string, path: string): Promise<Uint8Array | null> {
	const entry = await currentEntry(trust, role, path);
	return entry ? trust.blobs.get(entry.hashes.sha256) : null;
}

/** Stores bytes and describes them, one `v` above what the path has now. */
async function targetOf(trust: Trust, role: string, path: string, bytes: Uint8Array): Promise<TargetEntry> {
	const before = (await currentEntry(trust, role, path))?.custom?.['v'];
	const v = typeof before === 'number' ? before + 1 : 1;
	return { length: bytes.length, hashes: { sha256: await trust.blobs.put(bytes) }, custom: { v } };
}

async function commitChecked(
	trust: Trust,
	changes: ReadonlyMap<string, ReadonlyMap<string, TargetEntry>>,
	now: number
): Promise<void> {
	const { targets } = await readState(trust.folder);
	const roles = targets.signed.delegations?.roles.map(({ name }) => name) ?? [];
	for (const role of changes.keys())
		if (!roles.includes(role))
			throw new Error(`targets delegates nothing to ${role}: setara trust enrol --language ${role}`);
	await commit(trust.folder, trust.online, changes, now);
}

/** Publications of one process follow one another; several processes must not share a folder (see ADR 0012). */
export function oneByOne<Value>(trust: Trust, work: () => Promise<Value>): Promise<Value> {
	const done = trust.queue.then(work);
	trust.queue = done.catch(() => {});
	return done;
}
