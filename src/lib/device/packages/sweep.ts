/** Lets go of bytes that nothing needs any more: what is installed, and what is being fetched aside, is needed (DEV-19). */
import { SIMULATIONS } from '../db/names.ts';
import type { Databases, SafeDb } from '../db/schema.ts';
import type { InstallRow, PackageRow } from '../db/rows.ts';
import type { BlobFile } from '../../core/packages/manifest.ts';
import { inChoice } from '../../core/packages/tiers.ts';
import { packOfFrame } from './frames.ts';
import { digestsOf, filesOfInstall } from './stored-parts.ts';

/**
 * Runs in this tab's turn. A cut in the middle leaves too much, never too little: chunks go last. Where a part is gone
 * that says which files are needed, none goes.
 */
export async function sweep({ safe, media }: Databases): Promise<void> {
	const { files, isKnown, hasGone } = await safe.transaction(
		'rw',
		safe.blobs,
		safe.installs,
		safe.packages,
		safe.media,
		async () => {
			const installs = await safe.installs.toArray();
			const packages = new Map((await safe.packages.toArray()).map((row) => [row.id, row]));
			const rows = [...installs, ...[...packages.values()].flatMap((row) => row.next ?? [])];
			const needed = new Set(rows.flatMap(digestsOf));
			const files = new Map<string, BlobFile>();
			for (const row of rows) {
				for (const file of await filesOfRow(safe, row, packages.get(row.package)))
					files.set(file.digest, file);
			}
			const blobs = (await safe.blobs.toCollection().primaryKeys()) as string[];
			const gone = blobs.filter((digest) => !needed.has(digest));
			await safe.blobs.bulkDelete(gone);
			const there = new Set(blobs);
			const isKnown = rows.every(({ shared, part }) => there.has(shared) && there.has(part));
			const media = (await safe.media.toCollection().primaryKeys()) as string[];
			if (isKnown) await safe.media.bulkDelete(media.filter((digest) => !files.has(digest)));
			return { files, isKnown, hasGone: gone.length > 0 };
		}
	);
	// Composed anew when its unit is opened.
	if (hasGone) await caches.delete(SIMULATIONS).catch(() => false);
	if (!isKnown) return;

	const packs = (await safe.packages.toArray()).flatMap((row) =>
		(row.next ?? []).flatMap(({ packs }) => [packs.shared, packs.part])
	);
	const chunks = new Set([...files.values()].flatMap((file) => file.chunks));
	const coming = new Set(packs);
	const isNeeded = (name: string) => chunks.has(name) || coming.has(packOfFrame(name));
	const kept = (await media.partial.orderBy('name').uniqueKeys()) as string[];
	for (const name of kept) {
		if (!isNeeded(name)) await media.partial.where('name').equals(name).delete();
	}
	const stored = (await media.chunks.toCollection().primaryKeys()) as string[];
	await media.chunks.bulkDelete(stored.filter((digest) => !chunks.has(digest)));
}

/** Media that the choice has, of the parts of one row. */
async function filesOfRow(safe: SafeDb, row: InstallRow, owner: PackageRow | undefined): Promise<BlobFile[]> {
	if (!owner) return [];
	const { choice, kept } = owner;
	return (await filesOfInstall(safe, row)).filter(
		(file) => inChoice(file, choice) || (kept !== null && inChoice(file, kept))
	);
}
