/** What PostgreSQL knows of packages: queries only. */
import { and, asc, count, desc, eq, getTableColumns, inArray, ne } from 'drizzle-orm';
import type { Database } from '../db/pool.ts';
import { media, packages, packageVersions, parts } from '../db/schema.ts';

export type PartRow = typeof parts.$inferSelect;
export type MediaRow = typeof media.$inferSelect;
export type VersionRow = typeof packageVersions.$inferSelect;

/** The packages that are in force, by id, each with the blob of its statements. */
export const currentPackages = ({ query }: Database) =>
	query
		.select({ ...getTableColumns(packages), statements: packageVersions.statements })
		.from(packages)
		.innerJoin(
			packageVersions,
			and(eq(packageVersions.packageId, packages.packageId), eq(packageVersions.manifest, packages.manifest))
		)
		.orderBy(asc(packages.packageId));

/** The blob of the statements that a version was last published with, or null where there is no such version. */
export async function statementsOf({ query }: Database, manifest: string): Promise<string | null> {
	const [row] = await query
		.select({ statements: packageVersions.statements })
		.from(packageVersions)
		.where(eq(packageVersions.manifest, manifest));
	return row?.statements ?? null;
}

/** The manifest of the version in force, or null. */
export async function currentManifest({ query }: Database, packageId: string): Promise<string | null> {
	const [row] = await query.select().from(packages).where(eq(packages.packageId, packageId));
	return row?.manifest ?? null;
}

/** A published version by its manifest's digest, with its parts, or null. */
export async function findVersion(
	{ query }: Database,
	manifest: string
): Promise<{ version: VersionRow; parts: PartRow[] } | null> {
	const [version] = await query.select().from(packageVersions).where(eq(packageVersions.manifest, manifest));
	if (!version) return null;
	const { packageId } = version;
	const rows = await query
		.select()
		.from(parts)
		.where(and(eq(parts.packageId, packageId), eq(parts.version, version.version)));
	return { version, parts: rows };
}

/** The manifest that a package's version was published with, or null. */
export async function manifestOf(
	{ query }: Database,
	packageId: string,
	version: string
): Promise<string | null> {
	const [row] = await query
		.select()
		.from(packageVersions)
		.where(and(eq(packageVersions.packageId, packageId), eq(packageVersions.version, version)));
	return row?.manifest ?? null;
}

/** Those of these digests that are packs of a published version, each once. */
export async function publishedPacks({ query }: Database, digests: readonly string[]): Promise<string[]> {
	const rows = await query
		.selectDistinct({ pack: parts.pack })
		.from(parts)
		.where(inArray(parts.pack, [...digests]));
	return rows.map(({ pack }) => pack);
}

/** The parts of every version that is in force, each with its manifest's digest. */
export const partsInForce = ({ query }: Database): Promise<(PartRow & { manifest: string })[]> =>
	query
		.select({ ...getTableColumns(parts), manifest: packages.manifest })
		.from(packages)
		.innerJoin(
			packageVersions,
			and(eq(packageVersions.packageId, packages.packageId), eq(packageVersions.manifest, packages.manifest))
		)
		.innerJoin(
			parts,
			and(eq(parts.packageId, packageVersions.packageId), eq(parts.version, packageVersions.version))
		);

/** How many parts each version has that is in force, by manifest. */
export async function countPartsInForce({ query }: Database): Promise<Map<string, number>> {
	const rows = await query
		.select({ manifest: packages.manifest, parts: count() })
		.from(packages)
		.innerJoin(
			packageVersions,
			and(eq(packageVersions.packageId, packages.packageId), eq(packageVersions.manifest, packages.manifest))
		)
		.innerJoin(
			parts,
			and(eq(parts.packageId, packageVersions.packageId), eq(parts.version, packageVersions.version))
		)
		.groupBy(packages.manifest);
	return new Map(rows.map((row) => [row.manifest, row.parts]));
}

/** The parts of the version of a package that was published last but this one; none where this is the first. */
export async function partsBefore(
	{ query }: Database,
	packageId: string,
	manifest: string
): Promise<PartRow[]> {
	const [before] = await query
		.select()
		.from(packageVersions)
		.where(and(eq(packageVersions.packageId, packageId), ne(packageVersions.manifest, manifest)))
		.orderBy(desc(packageVersions.publishedAt))
		.limit(1);
	if (!before) return [];
	return query
		.select()
		.from(parts)
		.where(and(eq(parts.packageId, packageId), eq(parts.version, before.version)));
}

/** Packages with a version that has one of these packs, by pack. */
export async function packagesWith(
	{ query }: Database,
	packs: readonly string[]
): Promise<Map<string, Set<string>>> {
	const rows = await query
		.selectDistinct({ pack: parts.pack, packageId: parts.packageId })
		.from(parts)
		.where(inArray(parts.pack, [...packs]));
	const found = new Map<string, Set<string>>();
	for (const { pack, packageId } of rows) found.set(pack, (found.get(pack) ?? new Set()).add(packageId));
	return found;
}

/** How many versions of a package were published. */
export async function countVersions({ query }: Database, packageId: string): Promise<number> {
	const [row] = await query
		.select({ versions: count() })
		.from(packageVersions)
		.where(eq(packageVersions.packageId, packageId));
	return row!.versions;
}

/** Media that may be answered under its type, or null. */
export async function findMedia({ query }: Database, digest: string): Promise<MediaRow | null> {
	const [row] = await query.select().from(media).where(eq(media.digest, digest));
	return row ?? null;
}

/** Writes a version and puts it in force, all or nothing; false where this version is there already. */
export const insertVersion = (
	{ query }: Database,
	version: VersionRow,
	sector: string,
	rows: PartRow[],
	files: MediaRow[]
): Promise<boolean> =>
	query.transaction(async (transaction) => {
		const { packageId, manifest } = version;
		await transaction.insert(packages).values({ packageId, sector, manifest }).onConflictDoNothing();
		const { rowCount } = await transaction.insert(packageVersions).values(version).onConflictDoNothing();
		if (rowCount === 0) return false;
		await transaction.update(packages).set({ sector, manifest }).where(eq(packages.packageId, packageId));
		await transaction.insert(parts).values(rows);
		if (files.length > 0) await transaction.insert(media).values(files).onConflictDoNothing();
		return true;
	});

/** Adds languages to a version that is in force, and the statements that stand for all of them now, all or nothing. */
export const addParts = (
	{ query }: Database,
	{ packageId, version, statements }: Pick<VersionRow, 'packageId' | 'version' | 'statements'>,
	rows: PartRow[],
	files: MediaRow[]
): Promise<void> =>
	query.transaction(async (transaction) => {
		await transaction
			.update(packageVersions)
			.set({ statements })
			.where(and(eq(packageVersions.packageId, packageId), eq(packageVersions.version, version)));
		await transaction.insert(parts).values(rows).onConflictDoNothing();
		if (files.length > 0) await transaction.insert(media).values(files).onConflictDoNothing();
	});
