/**
 * Frames as phones ask for them: a pack by itself, which was stored when it was published, or with a pack that the phone
 * has as its base, made when it is first asked for, once, and within a budget (PCK-20 to PCK-24).
 */
import { Readable } from 'node:stream';
import { keep } from '../base/kept.ts';
import type { Database } from '../db/pool.ts';
import type { BlobStore } from './blob-store.ts';
import { encodeFrame } from './frame.ts';
import { publishedPacks } from './repository.ts';
import { frameName } from './wire.ts';

interface Frame {
	size: number;
	/** Bytes from `start` to `end`, both included. */
	stream: (start: number, end: number) => Promise<Readable>;
}

export interface Frames {
	/** Null where there is no such pack, or none of that base worth making, or too much is being made now. */
	of: (base: string | null, pack: string) => Promise<Frame | null>;
	/** Bytes of the frames of these packs with these bases, where that is less than without; unknown ones are left out. */
	sizes: (bases: readonly string[], packs: readonly string[]) => Promise<BasedSizes>;
}

/** By pack, then by base. */
export type BasedSizes = Record<string, Record<string, number>>;

/** Made frames that are kept; an update of 60 lessons is some kilobytes. */
const KEPT_BYTES = 64 * 1024 * 1024;
/** Frames that may wait to be made: each takes a second a megabyte. */
const MOST_WAITING = 24;

export function createFrames(database: Database, blobs: BlobStore): Frames {
	/** Null: not smaller than the frame without a base. */
	const made = keep<Buffer | null>(KEPT_BYTES, (frame) => frame?.length ?? 1);
	let waiting = 0;
	let turn: Promise<unknown> = Promise.resolve();

	/** One after the other, so that making them leaves a core to those who read. */
	async function make(base: string, pack: string): Promise<Buffer | null> {
		waiting += 1;
		const making = turn.then(async () => {
			const [dictionary, bytes] = await Promise.all([blobs.read(base), blobs.read(pack)]);
			const alone = await blobs.size(frameName(pack));
			if (!dictionary || !bytes || alone === null) return null;
			const frame = Buffer.from(await encodeFrame(bytes, dictionary));
			return frame.length < alone ? frame : null;
		});
		turn = making.catch(() => undefined);
		return making.finally(() => (waiting -= 1));
	}

	async function based(base: string, pack: string): Promise<Buffer | null> {
		const isKnown = made.has(`${base} ${pack}`);
		if (!isKnown && waiting >= MOST_WAITING) return null;
		return made.get(`${base} ${pack}`, () => make(base, pack));
	}

	return {
		async of(base, pack) {
			if (base === null) {
				const size = await blobs.size(frameName(pack));
				const stream = (start: number, end: number) => blobs.stream(frameName(pack), start, end);
				return size === null ? null : { size, stream };
			}
			if ((await publishedPacks(database, [base, pack])).length < 2) return null;
			const frame = await based(base, pack);
			return (
				frame && { size: frame.length, stream: (start, end) => streamOf(frame.subarray(start, end + 1)) }
			);
		},
		async sizes(bases, packs) {
			const known = await publishedPacks(database, [...bases, ...packs]);
			const sizes: BasedSizes = {};
			for (const pack of packs.filter((each) => known.includes(each))) {
				for (const base of bases.filter((each) => known.includes(each) && each !== pack)) {
					const frame = await based(base, pack);
					if (frame) (sizes[pack] ??= {})[base] = frame.length;
				}
			}
			return sizes;
		}
	};
}

const streamOf = (bytes: Buffer): Promise<Readable> =>
	Promise.resolve(Readable.from([bytes], { objectMode: false }));
