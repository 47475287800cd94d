/** Published versions, read from the blob store through the same gate as on the phone, and kept by digest. */
import { ok, type Result } from '../../core/base/result.ts';
import type { PackFiles } from '../../core/packages/pack.ts';
import { tierBytes, type WireSizes } from '../../core/packages/tiers.ts';
import {
	verifyLanguagePart,
	verifyManifest,
	verifyPack,
	verifySharedPart,
	type VerifiedLanguagePart,
	type VerifiedManifest,
	type VerifiedSharedPart
} from '../../core/packages/verify.ts';
import type { TierBytes } from '../../core/protocol/library.ts';
import { keep } from '../base/kept.ts';
import type { Database } from '../db/pool.ts';
import type { BlobStore } from './blob-store.ts';
import { findVersion, statementsOf, type PartRow } from './repository.ts';

/** One language of a version, and what it costs to fetch. */
export interface PublishedLanguage {
	part: VerifiedLanguagePart;
	bytes: TierBytes;
}

/** A version as it was published. Nothing in it ever changes; languages that were approved later come beside. */
export interface PublishedVersion {
	manifest: VerifiedManifest;
	shared: VerifiedSharedPart;
	/** The source language first. */
	languages: ReadonlyMap<string, PublishedLanguage>;
	/** Blob with the envelopes that approve the parts. */
	statements: string;
	wire: WireSizes;
}

export interface Versions {
	/**
	 * The version with this manifest in the languages that are out, or null where none was published.
	 * @param statements its statements, where the caller has just read them: spares the question
	 */
	byManifest: (digest: string, statements?: string) => Promise<PublishedVersion | null>;
	files: (part: VerifiedSharedPart | VerifiedLanguagePart) => Promise<PackFiles>;
}

const KEPT_PACKS = 64 * 1024 * 1024;
const KEPT_VERSIONS = 500;

/** Reads versions. A blob that is missing or damaged throws: only an operator can mend that (docs/operations.md). */
export function createVersions(database: Database, blobs: BlobStore): Versions {
	const versions = keep<PublishedVersion>(KEPT_VERSIONS, () => 1);
	const packs = keep<{ files: PackFiles; size: number }>(KEPT_PACKS, ({ size }) => size);

	return {
		async byManifest(digest, known) {
			const statements = known ?? (await statementsOf(database, digest));
			if (statements === null) return null;
			const key = `${digest} ${statements}`;
			return versions.get(key, async () => whole(await load(database, blobs, digest)));
		},
		async files(part) {
			const { digest, size } = part.part.pack;
			const { files } = await packs.get(digest, async () => {
				const pack = whole(await verifyPack(await blobOf(blobs, digest), part));
				return { files: pack.files, size };
			});
			return files;
		}
	};
}

async function load(
	database: Database,
	blobs: BlobStore,
	digest: string
): Promise<Result<PublishedVersion, { code: string }>> {
	const found = (await findVersion(database, digest))!;
	const manifest = await verifyManifest(await blobOf(blobs, digest), digest);
	if (!manifest.ok) return manifest;
	const { shared: sharedRef, languages: refs } = manifest.value.manifest;
	const shared = await verifySharedPart(await blobOf(blobs, sharedRef.digest), manifest.value);
	if (!shared.ok) return shared;
	const wire = wireSizes(found.parts);
	const languages = new Map<string, PublishedLanguage>();
	const { sourceLanguage } = shared.value.part;
	const out = new Set(found.parts.map(({ language }) => language));
	const tags = Object.keys(refs)
		.filter((tag) => out.has(tag))
		.sort((a, b) => Number(b === sourceLanguage) - Number(a === sourceLanguage) || (a < b ? -1 : 1));
	for (const tag of tags) {
		const ref = refs[tag]!;
		const bytes = await blobOf(blobs, ref.digest);
		const part = await verifyLanguagePart(bytes, tag, manifest.value, shared.value);
		if (!part.ok) return part;
		languages.set(tag, { part: part.value, bytes: tierBytes(digest, shared.value, part.value, wire) });
	}
	const { statements } = found.version;
	return ok({ manifest: manifest.value, shared: shared.value, languages, statements, wire });
}

/**
 * Sizes as sent (SRV-31): of each pack its frame; manifest, both part manifests and statements are one answer, the
 * install bundle, whose bytes are counted under the language's part.
 */
const wireSizes = (rows: readonly PartRow[]): WireSizes => ({
	of: Object.fromEntries(
		rows.flatMap((row) => [
			[row.pack, row.frameSize],
			[row.digest, row.bundleSize]
		])
	),
	statements: 0
});

async function blobOf(blobs: BlobStore, digest: string): Promise<Buffer> {
	const bytes = await blobs.read(digest);
	if (!bytes) throw new Error(`blob ${digest} is missing: restore it from a backup`);
	return bytes;
}

function whole<Value>(result: Result<Value, { code: string }>): Value {
	if (!result.ok) throw new Error(`a published version is damaged: ${JSON.stringify(result.fault)}`);
	return result.value;
}

/** The language that a page shows: the one asked for, else the interface's, else the package's own (design.md). */
export function chooseLanguage(
	version: PublishedVersion,
	wanted: readonly (string | null)[]
): PublishedLanguage {
	for (const tag of [...wanted, version.shared.part.sourceLanguage]) {
		const found = tag === null ? undefined : version.languages.get(tag);
		if (found) return found;
	}
	return version.languages.values().next().value!;
}
