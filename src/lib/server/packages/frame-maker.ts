/** Makes frames with a base, each once over all servers of a database, and stores them within a budget (PCK-20, PCK-28). */
import type { PoolClient } from 'pg';
import type { Database } from '../db/pool.ts';
import { inTransaction } from '../db/transaction.ts';
import type { BlobStore } from './blob-store.ts';
import { encodeFrame } from './frame.ts';
import {
	forgetFrames,
	framesBeyond,
	holdFrame,
	holdNextFrame,
	noteFrame,
	queueFrames,
	type FrameKey,
	type FrameRow
} from './frame-table.ts';
import { frameName } from './wire.ts';

export interface FrameMaker {
	/** For somebody who waits. Null where too many do; `useless` too where it cannot be made now. */
	make: (frame: FrameKey) => Promise<FrameRow | null>;
	/** Makes the next one that was queued, after those that somebody waits for; false where none is left. */
	makeNext: () => Promise<boolean>;
	/** Forgets these and takes their files away; answers how many. */
	remove: (frames: readonly FrameKey[]) => Promise<number>;
}

/** Stored frames with a base, all together; an update of 60 lessons is some kilobytes. */
const MOST_STORED = 256 * 1024 * 1024;
/** Frames that may wait to be made for those who asked: each takes a second a megabyte. */
const MOST_WAITING = 24;

export function createFrameMaker(database: Database, blobs: BlobStore, mostStored = MOST_STORED): FrameMaker {
	/** What is being made for those who asked, so that several of one frame are one that waits. */
	const making = new Map<string, Promise<FrameRow | null>>();
	let turn: Promise<unknown> = Promise.resolve();

	/** One after the other, so that making them leaves a core to those who read. */
	function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
		const done = turn.then(work);
		turn = done.catch(() => undefined);
		return done;
	}

	/** Makes what the row asks for unless that is done; its lock keeps all processes to one at a time. */
	const settle = (hold: (client: PoolClient) => Promise<FrameRow | null>): Promise<FrameRow | null> =>
		inTransaction(database.pool, async (client) => {
			const row = await hold(client);
			if (!row || row.state === 'useless' || (await isStored(row))) return row;
			try {
				return await noteFrame(client, row, await store(row), Date.now());
			} catch (error) {
				// Not tried over and over, and nobody's download fails for it: who asks next tries it.
				console.error(`frame of ${row.pack} with ${row.base}:`, error);
				await forgetFrames(client, [row]);
				return { ...row, state: 'useless' };
			}
		});

	const isStored = async (row: FrameRow) =>
		row.state === 'made' && (await blobs.size(frameName(row.pack, row.base))) === row.size;

	/** Its bytes, or null where it is not smaller than the frame without a base; then nothing is stored. */
	async function store({ base, pack }: FrameKey): Promise<number | null> {
		const [dictionary, bytes] = await Promise.all([blobs.read(base), blobs.read(pack)]);
		const alone = await blobs.size(frameName(pack));
		if (!dictionary || !bytes || alone === null)
			throw new Error('a blob is missing: restore it from a backup');
		const frame = await encodeFrame(bytes, dictionary);
		if (frame.length >= alone) return null;
		// Before its row says so: a frame that is said to be made has a file, whenever the power goes.
		await blobs.putDerived(frameName(pack, base), frame);
		return frame.length;
	}

	async function make(key: FrameKey): Promise<FrameRow | null> {
		const name = `${key.base} ${key.pack}`;
		const begun = making.get(name);
		if (begun || making.size >= MOST_WAITING) return begun ?? null;
		const made = inTurn(async () => {
			await queueFrames(database.pool, [key], Date.now());
			return settle((client) => holdFrame(client, key));
		});
		making.set(name, made);
		try {
			const row = await made;
			if (row?.state === 'made') await holdToBudget();
			return row;
		} finally {
			making.delete(name);
		}
	}

	async function remove(frames: readonly FrameKey[]): Promise<number> {
		if (frames.length === 0) return 0;
		return inTransaction(database.pool, async (client) => {
			await forgetFrames(client, frames);
			// Before the rows are gone for good: what a crash leaves is a row without a file, which is made anew.
			for (const { pack, base } of frames) await blobs.remove(frameName(pack, base));
			return frames.length;
		});
	}

	/** Those that were made longest ago go. */
	const holdToBudget = async () => remove(await framesBeyond(database.pool, mostStored));

	return {
		make,
		async makeNext() {
			const row = await inTurn(() => settle(holdNextFrame));
			if (row?.state === 'made') await holdToBudget();
			return row !== null;
		},
		remove
	};
}
