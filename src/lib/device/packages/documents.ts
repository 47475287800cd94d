/** Manifests, parts and statements of what the catalogue names: one request for all that is not here (DEV-12). */
import { fail, ok, type Result } from '../../core/base/result.ts';
import {
	installBundlePath,
	MAX_INSTALL_BUNDLE_BYTES,
	MOST_BASES,
	readInstallBundle
} from '../../core/packages/install-bundle.ts';
import type { Based, WireSizes } from '../../core/packages/tiers.ts';
import { verifyManifest } from '../../core/packages/verify.ts';
import type { TrustedCatalogue } from '../../core/trust/client.ts';
import { checkTarget, lookUpTarget } from '../../core/trust/look-up.ts';
import { recallsPath } from '../../core/trust/package-target.ts';
import { digestOf, readEnvelopes } from '../../core/trust/statement.ts';
import type { Envelope } from '../../core/trust/types.ts';
import type { SafeDb } from '../db/schema.ts';
import type { SaveFault } from '../faults.ts';
import { fetchBytes, type Going } from '../network.ts';
import type { Named } from './catalogue.ts';
import { checkLanguage, type CheckedLanguage } from './check.ts';
import type { OpenedFile } from './package-files.ts';

/** Manifest, parts and statements of a package in three languages take less as they travel. */
const USUAL_BUNDLE = 16 * 1024;
/** The most bytes of a file of recalls: a hundred statements. */
const MAX_RECALLS = 1024 * 1024;

export interface Documents {
	languages: CheckedLanguage[];
	/** Bytes that came now, by digest; not stored yet. */
	fetched: ReadonlyMap<string, Uint8Array>;
	wire: WireSizes;
	/** By pack that is to come, what it costs least with, of packs that are here. */
	based: Record<string, Based>;
}

/** Fetches what is missing and takes every language through the gate. Nothing is written. */
export async function fetchDocuments(
	db: SafeDb,
	catalogue: TrustedCatalogue,
	id: string,
	named: readonly Named[],
	going: Going = {},
	file: OpenedFile | null = null
): Promise<Result<Documents, SaveFault>> {
	if (!catalogue.register.ok) return catalogue.register;
	const remembered = await rememberRecalls(db, catalogue, id, going, file);
	if (!remembered.ok) return remembered;
	const fetched = new Map<string, Uint8Array>();
	const wire: WireSizes = { of: {}, statements: 0 };
	const based: Record<string, Based> = {};
	const bytesOf = async (digest: string) => {
		const here = fetched.get(digest) ?? (await db.blobs.get(digest))?.bytes ?? null;
		const found = here ?? (await file?.document(digest)) ?? null;
		if (found && !here) fetched.set(digest, found);
		return found;
	};
	for (const manifest of new Set(named.map((each) => each.manifest.sha256))) {
		const group = named.filter((each) => each.manifest.sha256 === manifest);
		const missing = await missingLanguages(group, bytesOf);
		if (missing.length === 0) continue;
		const body = await fetchBytes(
			installBundlePath(
				manifest,
				missing,
				group[0]!.statements?.sha256 ?? '',
				await basesFor(db, id, missing)
			),
			{
				max: MAX_INSTALL_BUNDLE_BYTES,
				usual: USUAL_BUNDLE,
				...going
			}
		);
		if (!body.ok) return body;
		const bundle = await readInstallBundle(body.value);
		if (!bundle.ok) return bundle;
		for (const [digest, bytes] of bundle.value.blobs) fetched.set(digest, bytes);
		Object.assign(wire.of, bundle.value.wire.of);
		Object.assign(based, bundle.value.based);
		wire.statements += bundle.value.wire.statements;
	}
	const languages: CheckedLanguage[] = [];
	for (const each of named) {
		if (!each.statements) return fail('trust/not-approved');
		const { language, statements } = each;
		const wanted = { package: id, language, manifest: each.manifest.sha256, statements: statements.sha256 };
		const checked = await checkLanguage(wanted, bytesOf, catalogue.register.value, remembered.value);
		if (!checked.ok) return checked;
		languages.push(checked.value);
	}
	return ok({ languages, fetched, wire, based });
}

/** Packs that are here and that new ones may have much in common with: the version before, then others of the language. */
async function basesFor(db: SafeDb, id: string, languages: readonly string[]): Promise<string[]> {
	const installs = await db.installs.toArray();
	const own = installs.filter((install) => install.package === id);
	const like = installs.filter((install) => install.package !== id && languages.includes(install.language));
	const packs = [
		...own.flatMap(({ packs }) => [packs.part, packs.shared]),
		...like.map(({ packs }) => packs.part)
	];
	return [...new Set(packs)].slice(0, MOST_BASES);
}

async function missingLanguages(
	group: readonly Named[],
	bytesOf: (digest: string) => Promise<Uint8Array | null>
): Promise<string[]> {
	const { sha256: digest } = group[0]!.manifest;
	const bytes = await bytesOf(digest);
	const manifest = bytes && (await verifyManifest(bytes, digest));
	const missing: string[] = [];
	for (const { language, statements } of group) {
		const stored = manifest?.ok ? manifest.value.manifest : null;
		const wanted = [stored?.shared.digest, stored?.languages[language]?.digest, statements?.sha256];
		const found = await Promise.all(wanted.map((each) => (each ? bytesOf(each) : null)));
		if (found.some((each) => !each)) missing.push(language);
	}
	return missing;
}

/** Recalls that the catalogue names now, kept with those that were met before: none is ever forgotten (DEV-13). */
export async function rememberRecalls(
	db: SafeDb,
	catalogue: TrustedCatalogue,
	id: string,
	going: Going = {},
	from: OpenedFile | null = null
): Promise<Result<Envelope[], SaveFault>> {
	const before = await db.recalls.get(id);
	const known = before?.envelopes ?? [];
	const target = await lookUpTarget(catalogue, recallsPath(id));
	if (!target.ok) return target.fault.code === 'trust/unknown-target' ? ok(known) : target;
	const file = target.value.hashes['sha256'] ?? '';
	if (before?.file === file) return ok(known);
	const given = await from?.read('recalls');
	let checked = given ? await checkTarget(target.value, given) : null;
	if (!checked?.ok) {
		const url = `/tuf/targets/recalls/${file}.${id}.json`;
		const bytes = await fetchBytes(url, { max: MAX_RECALLS, usual: USUAL_BUNDLE, ...going });
		if (!bytes.ok) return bytes;
		checked = await checkTarget(target.value, bytes.value);
		if (!checked.ok) return checked;
	}
	const envelopes = readEnvelopes(checked.value);
	if (!envelopes.ok) return envelopes;
	const all = new Map<string, Envelope>();
	for (const envelope of [...known, ...envelopes.value]) {
		// Two experts who lift one recall on one day sign the same bytes: both count.
		const signed = envelope.signatures.map(({ sig }) => sig).join();
		all.set(`${(await digestOf(envelope)) ?? envelope.payload} ${signed}`, envelope);
	}
	const merged = [...all.values()];
	await db.recalls.put({ package: id, file, bytes: checked.value, envelopes: merged });
	return ok(merged);
}
