/** Makes the catalogue name what the database holds to be in force. */
import { packagePath } from '../../core/trust/package-target.ts';
import { readEnvelopes } from '../../core/trust/statement.ts';
import type { Database } from '../db/pool.ts';
import type { Trust } from '../trust/open.ts';
import { currentEntry, publishPackages } from '../trust/trust.ts';
import type { BlobStore } from './blob-store.ts';
import { countVersions, currentPackages } from './repository.ts';
import { createVersions, type PublishedVersion } from './versions.ts';

interface CatalogueGround {
	database: Database;
	blobs: BlobStore;
	trust: Trust;
}

/** Puts a published version in force: each language's role and listing name it from now on. */
export async function putInForce(
	{ database, blobs, trust }: CatalogueGround,
	packageId: string,
	manifest: string,
	v: number,
	now: number
): Promise<void> {
	const version = (await createVersions(database, blobs).byManifest(manifest))!;
	const envelopes = readEnvelopes((await blobs.read(version.statements))!);
	if (!envelopes.ok)
		throw new Error(`the statements of ${packageId} are damaged: restore them from a backup`);
	await publishPackages(
		trust,
		[
			{
				packageId,
				sector: version.shared.part.sector,
				v,
				status: 'current',
				manifest: { sha256: manifest, length: (await blobs.size(manifest))! },
				statements: envelopes.value,
				languages: listingOf(version)
			}
		],
		now
	);
}

const listingOf = ({ shared, languages }: PublishedVersion) =>
	Object.fromEntries(
		[...languages].map(([tag, { part, bytes }]) => [
			tag,
			{ title: part.part.title, version: shared.version, bytes }
		])
	);

/**
 * Puts what the database has in force into the catalogue where that does not name it: after a crash between the two,
 * and under a new root. Answers the packages that it had to put right.
 */
export async function reconcileCatalogue(ground: CatalogueGround, now: number): Promise<string[]> {
	const { database, blobs, trust } = ground;
	const right: string[] = [];
	const versions = createVersions(database, blobs);
	for (const { packageId, manifest, statements, sector } of await currentPackages(database)) {
		const { languages } = (await versions.byManifest(manifest, statements))!;
		const paths = [...languages.keys()].map((tag) => ({ tag, path: packagePath(sector, tag, packageId) }));
		const named = await Promise.all(paths.map(({ tag, path }) => currentEntry(trust, tag, path)));
		if (named.every((entry) => entry?.hashes.sha256 === manifest)) continue;
		await putInForce(ground, packageId, manifest, await countVersions(database, packageId), now);
		right.push(packageId);
	}
	return right;
}
