/** From a package source to a version in force: checked, built, approved, stored, catalogued (SRV-40 to SRV-45). */
import { utf8 } from '../../core/base/hash.ts';
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';
import { blobsOf, buildPackage, type BuiltPackage } from '../../core/packages/build.ts';
import type { SharedPart } from '../../core/packages/manifest.ts';
import type { CheckedSource } from '../../core/packages/source/check.ts';
import type { SourceFault } from '../../core/packages/source/faults.ts';
import { approvalOf, isContributor } from '../../core/trust/approval.ts';
import { claimsOf } from '../../core/trust/statement.ts';
import type { Envelope, TrustFault } from '../../core/trust/types.ts';
import type { Database } from '../db/pool.ts';
import type { Trust } from '../trust/open.ts';
import { approveAsDemonstration, currentRegister } from '../trust/trust.ts';
import type { BlobStore } from './blob-store.ts';
import { putInForce } from './in-force.ts';
import { storeFrame, storeBundles } from './wire.ts';
import {
	addParts,
	countVersions,
	findVersion,
	insertVersion,
	manifestOf,
	type MediaRow,
	type PartRow
} from './repository.ts';
import { checkFolder } from './source.ts';

export interface PublishGround {
	database: Database;
	blobs: BlobStore;
	trust: Trust;
}

export interface Published {
	id: string;
	version: string;
	/** `unchanged`: this very version was published before. */
	outcome: 'published' | 'unchanged';
}

export type PublishFault =
	| (Fault<'publish/source-faults'> & { faults: SourceFault[] })
	| Fault<'publish/version-taken' | 'publish/statements-needed' | 'publish/contributor-signed'>
	| TrustFault;

/**
 * Publishes a package's folder. What is published never changes: the same version with other content is refused
 * (`publish/version-taken`). A demonstration approves by itself; under a root in earnest the statements of the experts
 * must come with it.
 */
export async function publishFolder(
	ground: PublishGround,
	dir: string,
	now: number,
	statements?: readonly Envelope[]
): Promise<Result<Published, PublishFault>> {
	const { faults, source } = await checkFolder(dir);
	if (!source)
		return { ok: false, fault: { code: 'publish/source-faults', params: { count: faults.length }, faults } };
	return publishSource(ground, source, now, statements);
}

async function publishSource(
	ground: PublishGround,
	source: CheckedSource,
	now: number,
	statements?: readonly Envelope[]
): Promise<Result<Published, PublishFault>> {
	const built = await buildPackage(source);
	const { id, version } = built.manifest.manifest;
	const before = await manifestOf(ground.database, id, version);
	if (before === built.manifest.digest) return ok({ id, version, outcome: 'unchanged' });
	if (before) return fail('publish/version-taken', { id, version });

	const envelopes = await approve(ground.trust, built, now, statements);
	if (!envelopes.ok) return envelopes;
	if (!(await store(ground, built, envelopes.value, now))) {
		const taken = (await manifestOf(ground.database, id, version)) !== built.manifest.digest;
		return taken ? fail('publish/version-taken', { id, version }) : ok({ id, version, outcome: 'unchanged' });
	}
	await putInForce(ground, id, built.manifest.digest, await countVersions(ground.database, id), now);
	return ok({ id, version, outcome: 'published' });
}

/** The statements that approve every language of the version, or why they do not. */
async function approve(
	trust: Trust,
	built: BuiltPackage,
	now: number,
	given: readonly Envelope[] | undefined
): Promise<Result<Envelope[], PublishFault>> {
	const { id, version } = built.manifest.manifest;
	const [shared, ...languages] = built.parts;
	if (!given && !trust.demonstration) return fail('publish/statements-needed', { id, version });
	const parts = Object.fromEntries(languages.map(({ name, digest }) => [name, digest]));
	const envelopes = given
		? [...given]
		: await approveAsDemonstration(trust, { packageId: id, version, shared: shared!.digest, parts }, now);
	const register = await currentRegister(trust);
	if (!register.ok) return register;

	const { sector } = shared!.part as SharedPart;
	const contributorsOf = (those: BuiltPackage['parts']) =>
		those.flatMap(({ part }) => part.contributors).map(({ name, expert }) => ({ name, registerId: expert }));
	// Stricter than a phone, which looks at the two parts that it opens: nobody vouches for a version they worked on.
	const everyone = { contributors: contributorsOf(built.parts) };
	const claims = await claimsOf(envelopes, register.value);
	const own = claims.find(({ expert }) => isContributor(expert, everyone));
	if (own) return fail('publish/contributor-signed', { name: own.expert.name });
	for (const { name, digest, part } of languages) {
		const contributors = contributorsOf([shared!, { name, digest, part } as BuiltPackage['parts'][number]]);
		const pair = {
			packageId: id,
			sector,
			language: name,
			shared: shared!.digest,
			part: digest,
			contributors
		};
		const approval = await approvalOf(pair, envelopes, register.value);
		if (!approval.ok) return approval;
	}
	return ok(envelopes);
}

/**
 * Publishes what was handed in and approved, in these languages alone; the others of the version wait. Called again
 * with more languages, it adds them; with none that is new it does nothing. `publish/version-taken`: this version is
 * out with other content.
 */
export async function publishBuilt(
	ground: PublishGround,
	built: BuiltPackage,
	envelopes: readonly Envelope[],
	languages: readonly string[],
	now: number
): Promise<Result<Published, PublishFault>> {
	const { id, version } = built.manifest.manifest;
	const { digest } = built.manifest;
	const before = await manifestOf(ground.database, id, version);
	if (before && before !== digest) return fail('publish/version-taken', { id, version });
	const out = before ? await languagesOut(ground.database, digest) : new Set<string>();
	if (before && languages.every((tag) => out.has(tag))) return ok({ id, version, outcome: 'unchanged' });
	const chosen = onlyIn(built, languages);
	if (before) await addLanguages(ground, chosen, envelopes);
	else if (!(await store(ground, chosen, envelopes, now)))
		return fail('publish/version-taken', { id, version });
	await putInForce(ground, id, digest, await countVersions(ground.database, id), now);
	return ok({ id, version, outcome: 'published' });
}

/** The version without what waits for its approval: nothing of that may be had by its digest. */
function onlyIn(built: BuiltPackage, languages: readonly string[]): BuiltPackage {
	const parts = built.parts.filter(({ name }) => name === 'shared' || languages.includes(name));
	const named = new Set(parts.flatMap(({ part }) => part.files.map(({ digest }) => digest)));
	return { ...built, parts, media: built.media.filter(({ digest }) => named.has(digest)) };
}

const languagesOut = async (database: Database, manifest: string): Promise<Set<string>> =>
	new Set((await findVersion(database, manifest))!.parts.map(({ language }) => language));

async function addLanguages(
	{ blobs, database }: PublishGround,
	built: BuiltPackage,
	envelopes: readonly Envelope[]
): Promise<void> {
	const { statements, rows, media } = await storeBlobs(blobs, built, envelopes);
	const { id: packageId, version } = built.manifest.manifest;
	await addParts(database, { packageId, version, statements }, rows, media);
}

/**
 * Blobs first, each whole or not there; then the rows, all or none. A crash in between leaves only unused blobs. False
 * where another server published this version meanwhile (SRV-44).
 */
async function store(
	{ blobs, database }: PublishGround,
	built: BuiltPackage,
	envelopes: readonly Envelope[],
	now: number
): Promise<boolean> {
	const { statements, rows, media } = await storeBlobs(blobs, built, envelopes);
	const { id: packageId, version } = built.manifest.manifest;
	const { sector } = built.parts[0]!.part as SharedPart;
	const publishedAt = new Date(now);
	const row = { packageId, version, manifest: built.manifest.digest, statements, publishedAt };
	return insertVersion(database, row, sector, rows, media);
}

/** Stores all that travels of a version; answers the rows that name it. */
async function storeBlobs(
	blobs: BlobStore,
	built: BuiltPackage,
	envelopes: readonly Envelope[]
): Promise<{ statements: string; rows: PartRow[]; media: MediaRow[] }> {
	for (const bytes of blobsOf(built).values()) await blobs.put(bytes);
	const statements = await blobs.put(utf8(JSON.stringify(envelopes)));
	const frames = new Map<string, number>();
	for (const { pack } of built.parts)
		frames.set(pack.digest, await storeFrame(blobs, pack.bytes, pack.digest));
	const bundles = await storeBundles(blobs, built, statements, frames);
	const { id: packageId, version } = built.manifest.manifest;
	const rows = built.parts.map((part): PartRow => ({
		packageId,
		version,
		language: part.name === 'shared' ? '' : part.name,
		digest: part.digest,
		size: part.bytes.length,
		pack: part.pack.digest,
		packSize: part.pack.bytes.length,
		frameSize: frames.get(part.pack.digest)!,
		bundleSize: bundles.get(part.name) ?? 0
	}));
	const media = built.parts
		.flatMap(({ part }) => part.files)
		.map(({ digest, mediaType, size }): MediaRow => ({ digest, mediaType, size }));
	return { statements, rows, media };
}
