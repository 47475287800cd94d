/**
 * Frames as phones ask for them: a pack by itself, which was stored when it was published, or with a pack that the phone
 * has as its base, made ahead (`frames-ahead.ts`) or when it is first asked for, and stored (PCK-20 to PCK-24).
 */
import type { Readable } from 'node:stream';
import type { Database } from '../db/pool.ts';
import type { BlobStore } from './blob-store.ts';
import { createFrameMaker, type FrameMaker } from './frame-maker.ts';
import { knownFrames, type FrameRow } from './frame-table.ts';
import { publishedPacks } from './repository.ts';
import { frameName } from './wire.ts';

interface Frame {
	size: number;
	/** Bytes from `start` to `end`, both included. */
	stream: (start: number, end: number) => Promise<Readable>;
}

export interface Frames extends Pick<FrameMaker, 'makeNext' | 'remove'> {
	/** Null where there is no such pack, or none of that base worth making, or too much is being made now. */
	of: (base: string | null, pack: string) => Promise<Frame | null>;
	/** Bytes of the frames of these packs with these bases, where that is less than without; unknown ones are left out. */
	sizes: (bases: readonly string[], packs: readonly string[]) => Promise<BasedSizes>;
}

/** By pack, then by base. */
export type BasedSizes = Record<string, Record<string, number>>;

/** Where a base makes less than this of the frame without one, nobody waits for another base to be tried. */
const GOOD = 0.5;

/** @param mostStored bytes of stored frames with a base; the budget of `frame-maker.ts` where it is left out */
export function createFrames(database: Database, blobs: BlobStore, mostStored?: number): Frames {
	const { make, makeNext, remove } = createFrameMaker(database, blobs, mostStored);
	return {
		async of(base, pack) {
			if (base === null) return storedAt(blobs, frameName(pack));
			const [known] = await knownFrames(database.pool, [base], [pack]);
			if (known?.state === 'useless') return null;
			const there = known?.state === 'made' && (await storedAt(blobs, frameName(pack, base)));
			if (there) return there;
			if ((await publishedPacks(database, [base, pack])).length < 2) return null;
			const made = await make({ base, pack });
			return made?.state === 'made' ? storedAt(blobs, frameName(pack, base)) : null;
		},
		async sizes(bases, packs) {
			const published = new Set(await publishedPacks(database, [...bases, ...packs]));
			const known = await knownFrames(database.pool, bases, packs);
			const sizes: BasedSizes = {};
			// A pack that is offered is there: nothing of it is to come.
			for (const pack of packs.filter((each) => published.has(each) && !bases.includes(each))) {
				const rows = known.filter((each) => each.pack === pack);
				const isOpen = (base: string) => !rows.some((row) => row.base === base && row.state !== 'waiting');
				const alone = await blobs.size(frameName(pack));
				const isGood = (row: FrameRow) => row.state === 'made' && row.size < (alone ?? 0) * GOOD;
				for (const base of bases.filter((each) => published.has(each) && isOpen(each))) {
					if (rows.some(isGood)) break;
					const row = await make({ base, pack });
					if (row) rows.push(row);
				}
				for (const row of rows) if (row.state === 'made') (sizes[pack] ??= {})[row.base] = row.size;
			}
			return sizes;
		},
		makeNext,
		remove
	};
}

async function storedAt(blobs: BlobStore, name: string): Promise<Frame | null> {
	const size = await blobs.size(name);
	return size === null ? null : { size, stream: (start, end) => blobs.stream(name, start, end) };
}
