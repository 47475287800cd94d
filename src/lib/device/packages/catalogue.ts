/** The catalogue on this phone: one request brings it up to date, TUF's client decides what of it is taken (DEV-10). */
import builtRoot from 'virtual:root';
import { utf8 } from '../../core/base/hash.ts';
import { fail, ok, type Result } from '../../core/base/result.ts';
import { SECTORS } from '../../core/base/vocabulary.ts';
import { bundleFetcher, bundleQuery, readBundle } from '../../core/trust/bundle.ts';
import { followsAnotherRoot, initTrust, openCatalogue, refresh } from '../../core/trust/client.ts';
import type { TrustedCatalogue } from '../../core/trust/client.ts';
import { lookUpTarget } from '../../core/trust/look-up.ts';
import { packagePath, readPackageTarget } from '../../core/trust/package-target.ts';
import type { TrustFetcher, TrustStore } from '../../core/trust/types.ts';
import type { SafeDb } from '../db/schema.ts';
import { stagedTrust, trustStore } from '../db/trust-store.ts';
import type { SaveFault } from '../faults.ts';
import { fetchBytes, type Going } from '../network.ts';
import type { TrustState } from './api.ts';
import type { OpenedFile } from './package-files.ts';

/** Three hundred files of a bundle at their usual size, and twice that. */
const MAX_BUNDLE = 8 * 1024 * 1024;
/** Most updates of a catalogue of ten thousand packages are smaller. */
const USUAL_BUNDLE = 16 * 1024;
const SETTING = 'trust';

interface TrustSetting {
	anchor: TrustState['anchor'];
	checked: number | null;
	otherRoot: boolean;
	/** The person chose the server's root over the one of the build. */
	chosen: boolean;
	/** Grows with each refresh, so that what was concluded from the old catalogue is concluded anew. */
	turn: number;
}

/** What the catalogue names for one language of a package. */
export interface Named {
	language: string;
	manifest: { sha256: string; length: number };
	statements: { sha256: string; length: number } | null;
}

/** The catalogue of now, and where roles come from that its bundle did not have; null: from nowhere. */
export interface Catalogue extends TrustedCatalogue {
	further: TrustFetcher | null;
}

/** Brings the catalogue up to date for these packages and languages, one tab at a time. What was good before stays. */
export const refreshCatalogue = (
	db: SafeDb,
	packages: readonly string[],
	languages: readonly string[],
	going: Going = {}
): Promise<Result<Catalogue, SaveFault>> =>
	navigator.locks.request('setara:trust', () => refreshAlone(db, packages, languages, going));

async function refreshAlone(
	db: SafeDb,
	packages: readonly string[],
	languages: readonly string[],
	{ signal, purse }: Going
): Promise<Result<Catalogue, SaveFault>> {
	const staged = stagedTrust(db);
	const { store } = staged;
	const query = await bundleQuery(store, ['recalls', ...languages], packages);
	const body = await fetchBytes(`/tuf/bundle?${query}`, {
		...{ max: MAX_BUNDLE, usual: USUAL_BUNDLE },
		signal,
		purse
	});
	if (!body.ok) return body;
	const files = readBundle(body.value);
	if (!files.ok) return files;
	await takeRoot(db, store, files.value);
	const catalogue = await refresh(store, bundleFetcher(files.value, singleFile), Date.now());
	if (catalogue.ok) await staged.commit();
	const otherRoot = !catalogue.ok && SUSPECT.has(catalogue.fault.code) && (await isOther(store));
	const before = await trustSetting(db);
	await db.settings.put({
		key: SETTING,
		value: {
			...before,
			otherRoot,
			turn: before.turn + 1,
			checked: catalogue.ok ? Date.now() : before.checked
		} satisfies TrustSetting
	});
	if (otherRoot) return fail('trust/another-root');
	if (!catalogue.ok) return catalogue;
	const session = { ...catalogue.value.session, fetch: bundleFetcher(files.value, exceptBelow) };
	return ok({ ...catalogue.value, session, further: singleFile });
}

/**
 * The catalogue that came with a file, where it is newer than the one that is here, by the import profile (TRU-12); else
 * the one that is here. Its root is never taken: who has none has to have looked at the library once.
 */
export const catalogueFromFile = (db: SafeDb, file: OpenedFile): Promise<Result<Catalogue, SaveFault>> =>
	navigator.locks.request('setara:trust', () => takeFromFile(db, file));

async function takeFromFile(db: SafeDb, file: OpenedFile): Promise<Result<Catalogue, SaveFault>> {
	// Who has no root yet asks the server that the app came from; a file's own root is nobody's word.
	if (!(await trustStore(db).get('root.json')))
		await refreshAlone(db, [file.list.package], file.list.languages, {});
	const staged = stagedTrust(db);
	const { store } = staged;
	await takeRoot(db, store, new Map());
	const files = new Map<string, Uint8Array>();
	for (const name of file.list.places.keys()) {
		const bytes = name.startsWith('tuf/') ? await file.read(name) : null;
		if (bytes) files.set(name.slice(4), bytes);
	}
	const fetcher = bundleFetcher(files);
	const taken = await refresh(store, fetcher, Date.now(), { profile: 'import' });
	if (taken.ok) {
		await staged.commit();
		const before = await trustSetting(db);
		await db.settings.put({
			key: SETTING,
			value: { ...before, turn: before.turn + 1 } satisfies TrustSetting
		});
		return ok({ ...taken.value, further: null });
	}
	if (SUSPECT.has(taken.fault.code) && (await followsAnotherRoot(store, fetcher)))
		return fail('trust/another-root');
	if (taken.fault.code !== 'trust/rollback') return taken;
	const newer = await openCatalogue(trustStore(db), Date.now());
	return newer.ok ? ok({ ...newer.value, further: null }) : newer;
}

/** Faults that another root's catalogue gives. */
const SUSPECT = new Set<string>([
	'trust/threshold-not-met',
	'trust/rollback',
	'trust/version-mismatch',
	'trust/hash-mismatch',
	'trust/missing',
	'trust/malformed'
]);

const isOther = (store: TrustStore) => followsAnotherRoot(store, singleFile);

/** The root of the build; without one, the first that this server shows, as the app's own code came from it too. */
async function takeRoot(
	db: SafeDb,
	store: TrustStore,
	files: ReadonlyMap<string, Uint8Array>
): Promise<void> {
	if (await store.get('root.json')) return;
	const before = await trustSetting(db);
	const isBuilt = builtRoot !== '' && !before.chosen;
	const root = isBuilt ? utf8(builtRoot) : files.get('1.root.json');
	if (!root) return;
	await initTrust(store, root);
	await db.settings.put({
		key: SETTING,
		value: { ...before, anchor: isBuilt ? 'build' : 'first-use' } satisfies TrustSetting
	});
}

/** As `singleFile`; the bundle has all roles below a language's that list what was asked for, if any do (TRU-29). */
const exceptBelow: TrustFetcher = async (name, maxLength) =>
	name.includes('~') ? fail('trust/missing', { file: name }) : singleFile(name, maxLength);

/** One file by its name, for what a bundle lacks. */
const singleFile: TrustFetcher = async (name, maxLength) => {
	const bytes = await fetchBytes(`/tuf/${encodeURI(name)}`, { max: maxLength });
	if (bytes.ok) return bytes;
	if (bytes.fault.code === 'network/not-found') return fail('trust/missing', { file: name });
	if (bytes.fault.code === 'package/too-large') return fail('trust/too-long', { file: name });
	return fail('trust/unreachable');
};

/**
 * What the catalogue names for a package in a language. Its sector is not in its address: each is asked, first of the
 * roles that are here. Only where one that speaks for it may be missing is more fetched.
 */
export async function findPackage(
	catalogue: Catalogue,
	id: string,
	language: string
): Promise<Result<Named, SaveFault>> {
	const near = await findBySectors(catalogue, id, language);
	const { further, session } = catalogue;
	if (near.ok || near.fault.code !== 'trust/missing' || !further) return near;
	return findBySectors({ ...catalogue, session: { ...session, fetch: further } }, id, language);
}

async function findBySectors(
	catalogue: TrustedCatalogue,
	id: string,
	language: string
): Promise<Result<Named, SaveFault>> {
	let last: SaveFault = { code: 'library/not-found', params: { id } };
	for (const sector of SECTORS) {
		const target = await lookUpTarget(catalogue, packagePath(sector, language, id));
		if (!target.ok) {
			if (target.fault.code !== 'trust/unknown-target') last = target.fault;
			continue;
		}
		const named = readPackageTarget(target.value);
		if (!named.ok) return named;
		if (named.value.status === 'withdrawn') return fail('library/withdrawn', { id });
		return ok({ language, manifest: named.value.manifest, statements: named.value.statements ?? null });
	}
	return { ok: false, fault: last };
}

/** What this phone trusts, for the page that shows it. */
export async function trustState(db: SafeDb): Promise<TrustState> {
	const { anchor, checked, otherRoot } = await trustSetting(db);
	const catalogue = await openCatalogue(trustStore(db), Date.now());
	return {
		...{ anchor, checked, otherRoot },
		issued: catalogue.ok ? catalogue.value.issued : null,
		expired: catalogue.ok ? [...catalogue.value.expired] : []
	};
}

/** Lets go of the root that this phone followed; the next refresh takes the one that is offered. */
export const forgetRoot = (db: SafeDb): Promise<void> =>
	db.transaction('rw', db.trust, db.settings, async () => {
		await db.trust.clear();
		const { turn } = await trustSetting(db);
		await db.settings.put({ key: SETTING, value: { ...NEW, chosen: true, turn: turn + 1 } });
	});

const NEW: TrustSetting = { anchor: null, checked: null, otherRoot: false, chosen: false, turn: 0 };

const trustSetting = async (db: SafeDb): Promise<TrustSetting> =>
	((await db.settings.get(SETTING))?.value as TrustSetting | undefined) ?? NEW;
