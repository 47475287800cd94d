/**
 * The room that a person gives to packages (DEV-28): texts, packs, chunks and pieces of unfinished ones, as they lie in
 * the store, never take more. One tab at a time downloads, so it is enough to look before each step that adds: a chunk
 * takes the place of its pieces, and nothing else writes any.
 */
import * as v from 'valibot';
import { CHUNK_SIZE } from '../../core/base/vocabulary.ts';
import { fail, ok, type Result } from '../../core/base/result.ts';
import { maxFrameBytes } from '../../core/packages/frame.ts';
import type { Databases, SafeDb } from '../db/schema.ts';
import { watchSetting } from '../db/watch-setting.ts';
import type { SaveFault } from '../faults.ts';
import { partialLength } from './partial.ts';
import type { Missing } from './target.ts';

const SETTING = 'room';
const Limit = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 50));

/** The most bytes, or null where the person set no limit. */
export async function readRoomLimit(db: SafeDb): Promise<number | null> {
	const read = v.safeParse(Limit, (await db.settings.get(SETTING))?.value);
	return read.success ? read.output : null;
}

/** Sets the limit in bytes; null takes it away. What is stored already stays. */
export const setRoomLimit = async (db: SafeDb, bytes: number | null): Promise<void> =>
	void (await (bytes === null
		? db.settings.delete(SETTING)
		: db.settings.put({ key: SETTING, value: bytes })));

/** Calls when the limit becomes another one; answers what ends it. */
export const watchRoomLimit = (db: SafeDb, listener: () => void): (() => void) =>
	watchSetting(db, SETTING, listener);

/** Payload bytes that are stored. Chunks are counted by what their files say of them, not read. */
export async function payloadBytes({ safe, media }: Databases): Promise<number> {
	let bytes = 0;
	await safe.blobs.each((row) => (bytes += row.bytes.length));
	await media.partial.each((row) => (bytes += row.bytes.length));
	const sizes = new Map<string, number>();
	for (const { chunks, size } of await safe.media.toArray()) {
		chunks.forEach((digest, index) => sizes.set(digest, Math.min(CHUNK_SIZE, size - index * CHUNK_SIZE)));
	}
	for (const digest of await media.chunks.toCollection().primaryKeys())
		bytes += sizes.get(digest) ?? (await media.chunks.get(digest))?.bytes.length ?? 0;
	return bytes;
}

/** Bytes that may still be added; infinite without a limit. */
export async function roomLeft(databases: Databases): Promise<number> {
	const limit = await readRoomLimit(databases.safe);
	return limit === null ? Infinity : limit - (await payloadBytes(databases));
}

/**
 * `storage/over-limit`, with the bytes that are needed and left, where this would go beyond it. Looked at before the first
 * byte of a download, and before each step.
 */
export async function mayAdd(databases: Databases, needed: number): Promise<Result<void, SaveFault>> {
	const left = await roomLeft(databases);
	return needed <= left ? ok(undefined) : fail('storage/over-limit', { needed, left: Math.max(0, left) });
}

/**
 * The most that fetching this adds to what is stored at any moment: packs as they are kept, chunks without the pieces of
 * them that are here, and the largest frame while its pack is written already.
 */
export async function addedBy(
	{ media }: Databases,
	{ packs, blobs }: Pick<Missing, 'packs' | 'blobs'>
): Promise<number> {
	const sizes = packs.map(({ part }) => part.part.pack.size);
	const chunks = blobs.flatMap(({ missing }) => missing);
	const begun = await partialLength(
		media,
		chunks.map(({ digest }) => digest)
	);
	const all = [...sizes, ...chunks.map(({ length }) => length), Math.max(0, ...sizes.map(maxFrameBytes))];
	return all.reduce((sum, bytes) => sum + bytes, -begun);
}
