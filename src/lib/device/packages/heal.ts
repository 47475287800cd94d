/**
 * What the browser took away while Setara was closed: found at the start, said, and fetched again chunk by chunk
 * (DEV-26), so that "saved on this phone" is never said of what is gone.
 */
import type { Databases } from '../db/schema.ts';
import type { InstallRow } from '../db/rows.ts';
import { digestsOf, filesOfInstall } from './stored-parts.ts';

/** Marks every package that lacks a byte of what it says to have as stopped by `storage/evicted`. */
export async function findEvicted({ safe, media }: Databases): Promise<void> {
	const blobs = new Set(await safe.blobs.toCollection().primaryKeys());
	const chunks = new Set(await media.chunks.toCollection().primaryKeys());
	const gone = new Set<string>();
	for (const file of await safe.media.toArray()) {
		if (!file.here || file.chunks.every((digest) => chunks.has(digest))) continue;
		gone.add(file.digest);
		await safe.media.update(file.digest, { here: false });
	}
	for (const { id, state } of await safe.packages.toArray()) {
		if (state !== 'saved') continue;
		const installs = await safe.installs.where('package').equals(id).toArray();
		const isWhole = installs.flatMap(digestsOf).every((digest) => blobs.has(digest));
		if (isWhole && !(gone.size > 0 && (await lacksMedia(installs)))) continue;
		await safe.packages.update(id, { state: 'stopped', fault: { code: 'storage/evicted' } });
	}

	async function lacksMedia(installs: readonly InstallRow[]): Promise<boolean> {
		const files = await Promise.all(installs.map((install) => filesOfInstall(safe, install)));
		return files.flat().some(({ digest }) => gone.has(digest));
	}
}
