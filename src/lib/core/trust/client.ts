import { sha256 } from '../base/hash.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { loadFloors, saveFloors, type Floors } from './floors.ts';
import { verifyTufKey } from './keys.ts';
import { readMetadata, type Authority, type Kind, type MetaEntry, type Metadata } from './metadata.ts';
import { readRegister } from './register.ts';
import type {
	Register,
	TrustFault,
	TrustFetcher,
	TrustOptions,
	TrustStore,
	VerifySignature
} from './types.ts';
import { checkBytes, isSignedBy } from './verify.ts';

/** Most bytes of a file whose length nothing states (an endless answer is cut there). */
const MAX_LENGTH = { root: 512_000, timestamp: 16_384, snapshot: 1_000_000, targets: 2_000_000 };
/** Most new roots in one refresh. */
const MAX_ROOTS = 256;

/** One refresh, or one opening, under way: the fixed start time, the floors, the roles loaded so far. */
export interface Session {
	store: TrustStore;
	fetch: TrustFetcher | null;
	now: number;
	labelExpired: boolean;
	verify: VerifySignature;
	root: Metadata<'root'>;
	snapshot: Metadata<'snapshot'>;
	roles: Map<string, Metadata<'targets'>>;
	expired: Set<string>;
	floors: Floors;
}

/** The catalogue after all checks of a refresh. `lookUpTarget` reads it. */
export interface TrustedCatalogue {
	versions: { root: number; timestamp: number; snapshot: number; targets: number };
	/** When the timestamp was issued, milliseconds: "catalogue of …"; null where it does not say. */
	issued: number | null;
	/** When the timestamp expires, milliseconds. */
	expires: number;
	/** Roles past their date, or behind the catalogue offline: a label, by import or `openCatalogue`. Grows with look-ups. */
	expired: ReadonlySet<string>;
	register: Result<Register, TrustFault>;
	/** Top-level targets and what look-ups need: for `lookUpTarget` only. */
	targets: Metadata<'targets'>;
	session: Session;
}

/** Puts the root that the build, or the person, chose into a store that has none; its own later roots stay. */
export async function initTrust(store: TrustStore, root: Uint8Array): Promise<void> {
	if (await store.get('root.json')) return;
	await store.put('anchor', root);
	await store.put('root.json', root);
}

/** Whether a source follows another root than the one this store began with (`trust/another-root`, TRU-14). */
export async function followsAnotherRoot(store: TrustStore, fetch: TrustFetcher): Promise<boolean> {
	const anchor = await store.get('anchor');
	const root = anchor && readMetadata('root', anchor);
	if (!anchor || !root?.ok) return false;
	const offered = await fetch(`${root.value.signed.version}.root.json`, MAX_LENGTH.root);
	return offered.ok && (await sha256(offered.value)) !== (await sha256(anchor));
}

/**
 * Brings a store up to date (TUF 1.0.34, 5.1 to 5.6.6). What was good is stored as it came, before a later fault is
 * answered; a fault never takes away what was stored. One at a time on a store.
 * @param now milliseconds since 1970
 */
export const refresh = (
	store: TrustStore,
	fetch: TrustFetcher,
	now: number,
	options: TrustOptions = {}
): Promise<Result<TrustedCatalogue, TrustFault>> => run(store, fetch, now, options);

/** The catalogue as it was last trusted, nothing fetched; all that expired, root too, is a label. */
export const openCatalogue = (
	store: TrustStore,
	now: number,
	options: TrustOptions = {}
): Promise<Result<TrustedCatalogue, TrustFault>> => run(store, null, now, options);

async function run(
	store: TrustStore,
	fetch: TrustFetcher | null,
	now: number,
	{ profile, verify = verifyTufKey }: TrustOptions
): Promise<Result<TrustedCatalogue, TrustFault>> {
	const root = await updateRoot(store, fetch, verify);
	if (!root.ok) return root;
	const floors = await loadFloors(store, root.value);
	const session = {
		...{ store, fetch, verify, floors, root: root.value, roles: new Map(), expired: new Set<string>() },
		labelExpired: !fetch || profile === 'import',
		now: Math.max(now, floors.issued)
	};
	const { signed } = root.value;
	if (signed.expires <= session.now) {
		if (fetch) return fail('trust/root-expired', { day: day(signed.expires) });
		session.expired.add('root');
	}
	const timestamp = await updateTimestamp(session);
	if (!timestamp.ok) return timestamp;
	const snapshot = await updateSnapshot(session, timestamp.value.signed.meta['snapshot.json']);
	if (!snapshot.ok) return snapshot;
	const whole: Session = { ...session, snapshot: snapshot.value };
	const targets = await loadRole(whole, '', 'targets', { keys: signed.keys, role: signed.roles.targets });
	if (!targets.ok) return targets;
	return ok({
		versions: {
			root: signed.version,
			timestamp: timestamp.value.signed.version,
			snapshot: snapshot.value.signed.version,
			targets: targets.value.signed.version
		},
		issued: timestamp.value.signed.issued ?? null,
		expires: timestamp.value.signed.expires,
		expired: session.expired,
		register: readRegister(targets.value.signed.register),
		targets: targets.value,
		session: whole
	});
}

/** 5.2 and 5.3.1 to 5.3.9: each root signed by the one before it and by itself, one version at a time. */
async function updateRoot(
	store: TrustStore,
	fetch: TrustFetcher | null,
	verify: VerifySignature
): Promise<Result<Metadata<'root'>, TrustFault>> {
	const stored = await store.get('root.json');
	if (!stored) return fail('trust/no-root');
	let root = await admit('root', stored, null, verify);
	for (let count = 0; fetch && root.ok && count < MAX_ROOTS; count++) {
		const { keys, roles, version } = root.value.signed;
		const fetched = await fetch(`${version + 1}.root.json`, MAX_LENGTH.root);
		if (!fetched.ok && fetched.fault.code === 'trust/missing') break;
		if (!fetched.ok) return fetched;
		root = await admit('root', fetched.value, { keys, role: roles.root }, verify);
		if (!root.ok) return root;
		if (root.value.signed.version !== version + 1) return fail('trust/version-mismatch', { role: 'root' });
		await store.put('root.json', fetched.value);
		// Whoever gets the catalogue from this device as a file may begin with an older root.
		await store.put(`root/${version + 1}`, fetched.value);
	}
	return root;
}

/** 5.4. A timestamp of the version that is stored is not news; the stored one stays. */
async function updateTimestamp(
	session: Omit<Session, 'snapshot'>
): Promise<Result<Metadata<'timestamp'>, TrustFault>> {
	const { store, fetch, verify, floors, root } = session;
	const authority = { keys: root.signed.keys, role: root.signed.roles.timestamp };
	const local = await readLocal('timestamp', 'timestamp', session, authority);
	let trusted = local;
	if (fetch) {
		const fetched = await fetch('timestamp.json', MAX_LENGTH.timestamp);
		if (!fetched.ok) return fetched;
		const admitted = await admit('timestamp', fetched.value, authority, verify);
		if (!admitted.ok) return admitted;
		const { version, meta } = admitted.value.signed;
		if (
			local &&
			(version < local.signed.version ||
				(version > local.signed.version &&
					meta['snapshot.json'].version < local.signed.meta['snapshot.json'].version))
		)
			return fail('trust/rollback', { role: 'timestamp' });
		if (version !== local?.signed.version) trusted = admitted.value;
	}
	if (!trusted) return fail('trust/missing', { file: 'timestamp.json' });
	const fresh = checkExpiry(session, 'timestamp', trusted.signed.expires);
	if (!fresh.ok) return fresh;
	if (trusted !== local) {
		await store.put('timestamp.json', trusted.bytes);
		floors.issued = Math.max(floors.issued, trusted.signed.issued ?? 0);
		await saveFloors(store, floors);
	}
	session.now = Math.max(session.now, floors.issued);
	return ok(trusted);
}

/** 5.5. */
async function updateSnapshot(
	session: Omit<Session, 'snapshot'>,
	listed: MetaEntry
): Promise<Result<Metadata<'snapshot'>, TrustFault>> {
	const authority = { keys: session.root.signed.keys, role: session.root.signed.roles.snapshot };
	const local = await readLocal('snapshot', 'snapshot', session, authority);
	const snapshot = await current('snapshot', 'snapshot', session, authority, listed, local);
	if (!snapshot.ok) return snapshot;
	for (const [file, { version }] of Object.entries(local?.signed.meta ?? {})) {
		const next = own(snapshot.value.signed.meta, file);
		if (!next || next.version < version) return fail('trust/rollback', { role: file });
	}
	return keep('snapshot', session, snapshot.value, local);
}

/** 5.6.1 to 5.6.6, for top-level targets and for every role that is delegated to. */
export async function loadRole(
	session: Session,
	parent: string,
	name: string,
	authority: Authority
): Promise<Result<Metadata<'targets'>, TrustFault>> {
	const known = session.roles.get(`${parent}\n${name}`);
	if (known) return ok(known);
	const listed = own(session.snapshot.signed.meta, `${name}.json`);
	if (!listed) return fail('trust/missing', { role: name });
	const local = await readLocal('targets', name, session, authority);
	// Offline, what was trusted before the catalogue listed a newer one goes on opening, with a label (TRU-28).
	const isBehind = !session.fetch && parent !== '' && local && local.signed.version < listed.version;
	if (isBehind) session.expired.add(name);
	const role = isBehind ? ok(local) : await current('targets', name, session, authority, listed, local);
	if (!role.ok) return role;
	const kept = await keep(name, session, role.value, local);
	if (kept.ok) session.roles.set(`${parent}\n${name}`, role.value);
	return kept;
}

/** The stored file where it is the one that is listed, else the fetched one under all checks but expiry. */
async function current<K extends Kind>(
	kind: K,
	name: string,
	{ fetch, verify, root }: Pick<Session, 'fetch' | 'verify' | 'root'>,
	authority: Authority,
	listed: MetaEntry,
	local: Metadata<K> | null
): Promise<Result<Metadata<K>, TrustFault>> {
	if (local?.signed.version === listed.version && (await checkBytes(local.bytes, listed, name)).ok)
		return ok(local);
	const prefix = root.signed.consistent_snapshot ? `${listed.version}.` : '';
	const file = `${prefix}${encodeURIComponent(name)}.json`;
	const fetched = await (fetch?.(file, listed.length ?? MAX_LENGTH[kind]) ?? fail('trust/missing', { file }));
	if (!fetched.ok) return fetched;
	const bytes = await checkBytes(fetched.value, listed, file);
	if (!bytes.ok) return bytes;
	const admitted = await admit(kind, bytes.value, authority, verify);
	return admitted.ok && admitted.value.signed.version !== listed.version
		? fail('trust/version-mismatch', { role: name })
		: admitted;
}

async function keep<K extends Kind>(
	name: string,
	session: Omit<Session, 'snapshot'>,
	metadata: Metadata<K>,
	local: Metadata<K> | null
): Promise<Result<Metadata<K>, TrustFault>> {
	const fresh = checkExpiry(session, name, metadata.signed.expires);
	if (!fresh.ok) return fresh;
	if (metadata !== local) await session.store.put(`${encodeURIComponent(name)}.json`, metadata.bytes);
	return ok(metadata);
}

/** A stored file that today's keys still vouch for, or null. */
async function readLocal<K extends Kind>(
	kind: K,
	name: string,
	{ store, verify }: Pick<Session, 'store' | 'verify'>,
	authority: Authority
): Promise<Metadata<K> | null> {
	const bytes = await store.get(`${encodeURIComponent(name)}.json`);
	const admitted = bytes && (await admit(kind, bytes, authority, verify));
	return admitted?.ok ? admitted.value : null;
}

/** Form and signatures. A root must be signed by itself as well (5.3.4); `null` asks for nothing more. */
async function admit<K extends Kind>(
	kind: K,
	bytes: Uint8Array,
	authority: Authority | null,
	verify: VerifySignature
): Promise<Result<Metadata<K>, TrustFault>> {
	const metadata = readMetadata(kind, bytes);
	if (!metadata.ok) return metadata;
	const { signed } = metadata.value as Metadata<Kind>;
	const own = signed._type === 'root' && { keys: signed.keys, role: signed.roles.root };
	for (const required of [authority, own])
		if (required && !(await isSignedBy(metadata.value as Metadata<Kind>, required, verify)))
			return fail('trust/threshold-not-met', { role: kind });
	return metadata;
}

function checkExpiry(
	session: Pick<Session, 'now' | 'labelExpired' | 'expired'>,
	role: string,
	expires: number
): Result<null, TrustFault> {
	if (expires <= session.now) {
		if (!session.labelExpired) return fail('trust/expired', { role, day: day(expires) });
		session.expired.add(role);
	}
	return ok(null);
}

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
export const own = <Value>(record: Record<string, Value>, key: string): Value | undefined =>
	Object.hasOwn(record, key) ? record[key] : undefined;
