/** What the packages take up on this phone, and whether the browser keeps it (DEV-22). */
import { CHUNK_SIZE, type Tier } from '../../core/base/vocabulary.ts';
import type { BlobFile } from '../../core/packages/manifest.ts';
import { inChoice } from '../../core/packages/tiers.ts';
import type { Databases } from '../db/schema.ts';
import type { InstallRow } from '../db/rows.ts';
import type { StorageOverview } from './api.ts';
import { payloadBytes, readRoomLimit } from './room.ts';
import { digestsOf, partOf } from './stored-parts.ts';

/** Bytes by package and tier. Bytes that two packages share are counted with each. */
export async function storageOverview(databases: Databases): Promise<StorageOverview> {
	const { safe } = databases;
	const rows = await safe.packages.toArray();
	const packages = [];
	for (const { id } of rows) {
		const installs = await safe.installs.where('package').equals(id).toArray();
		packages.push({
			...(await sizesOf(databases, id, installs)),
			id,
			version: installs[0]?.version ?? null,
			languages: installs.map(({ language }) => language)
		});
	}
	const estimate = await navigator.storage?.estimate?.().catch(() => null);
	return {
		packages,
		payload: await payloadBytes(databases),
		limit: await readRoomLimit(safe),
		used: estimate?.usage ?? null,
		allowed: estimate?.quota ?? null,
		persisted: (await navigator.storage?.persisted?.()) ?? false
	};
}

async function sizesOf(
	{ safe, media }: Databases,
	id: string,
	installs: readonly InstallRow[],
	isOf: (file: BlobFile) => boolean = () => true
) {
	const bytes: Record<Tier, number> = { text: 0, pictures: 0, audio: 0, video: 0 };
	const texts = new Set(installs.flatMap(digestsOf));
	for (const digest of texts) bytes.text += (await safe.blobs.get(digest))?.bytes.length ?? 0;
	const files = new Map<string, BlobFile>();
	let title = id;
	for (const { shared, part } of installs) {
		for (const digest of [shared, part]) {
			const read = await partOf(safe, digest);
			for (const file of read?.files ?? []) if (isOf(file)) files.set(file.digest, file);
			if (read?.part === 'language' && title === id) title = read.title;
		}
	}
	const seen = new Set<string>();
	for (const { chunks, size, tier } of files.values()) {
		const stored = new Set(await media.chunks.where('digest').anyOf(chunks).primaryKeys());
		chunks.forEach((digest, index) => {
			if (!stored.has(digest) || seen.has(digest)) return;
			seen.add(digest);
			bytes[tier] += Math.min(CHUNK_SIZE, size - index * CHUNK_SIZE);
		});
	}
	return { title, bytes };
}

/** Has pages show of a saved package what it takes up, where a download did not measure it. */
export async function sayStored(databases: Databases, id: string): Promise<void> {
	const row = await databases.safe.packages.get(id);
	if (!row) return;
	const installs = await databases.safe.installs.where('package').equals(id).toArray();
	// What lies here of its media for another package is not of this choice.
	const { bytes } = await sizesOf(databases, id, installs, (file) => inChoice(file, row.choice));
	const done = Object.values(bytes).reduce((sum, each) => sum + each, 0);
	await databases.media.transfers.put({ id, done, total: done, exact: true });
}

/** Asks the browser to keep what is stored; false where it cannot or does not promise. */
export async function persist(): Promise<boolean> {
	try {
		return (await navigator.storage.persisted()) || (await navigator.storage.persist());
	} catch {
		return false;
	}
}
