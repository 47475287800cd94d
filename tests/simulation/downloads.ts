/**
 * One download out of a seed (DEV-70 to DEV-73): a phone whose tab is killed or hands over to another, whose disk fills
 * up, over sources that are slow, cut, silent, empty or lie, come and go. It runs the phone's own code; only time, the
 * network and the disk are simulated. After a wild time one honest source stays whole, and the download has to end.
 */
import { createHash } from 'node:crypto';
import { seeded } from '../../src/lib/core/lessons/draw.ts';
import type { Chunk } from '../../src/lib/core/packages/chunks.ts';
import { transfer } from '../../src/lib/device/packages/transfer.ts';
import { emptyDisk, memoryChunks, type Disk } from '../factories/memory-chunks.ts';
import { startClock } from './clock.ts';
import { makeLink, type Link, type Nature } from './links.ts';

/** An eighth of the real one, so that a history is over in milliseconds. */
export const CHUNK = 32 * 1024;
export const LIMIT = 4;
const WILD_TIME = 240_000;
const PATIENCE = 45 * 60_000;

export interface Wild {
	kills: boolean;
	liars: boolean;
	fullDisks: boolean;
	/** The fastest source, bytes a second. */
	fastest: number;
}

export interface Download {
	disk: Disk;
	links: Link[];
	chunks: ReadonlyMap<string, Uint8Array>;
	/** Sources that were dropped as liars, with the number of their requests then, and whether that was kept to. */
	dropped: { link: Link; requests: number; after: number }[];
	kills: number;
	/** Chunks of which what had come was given up. */
	givenUp: number;
	/** How often the disk was full. */
	full: number;
	/** Bytes that honest sources brought a second time. */
	twice: number;
	/** Bytes that were said to be here at the end of a run, and were not, or the other way round. */
	miscounted: number;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Runs a history to its end. */
export async function runDownload(seed: string, wild: Wild): Promise<Download> {
	const chance = seeded(seed);
	const fraction = () => chance(1_000_000) / 1_000_000;
	const clock = startClock();
	const blobs = makeBlobs(chance);
	const chunks = new Map(
		[...blobs].flatMap(([, bytes]) =>
			chunksOf(bytes).map(
				(each) => [each.digest, bytes.subarray(each.offset, each.offset + each.length)] as const
			)
		)
	);
	const times = new Map([...blobs].map(([blob, bytes]) => [blob, new Uint8Array(bytes.length)]));
	const count = (nature: Nature, blob: string, from: number, bytes: number) => {
		if (nature.lies > 0) return;
		const given = times.get(blob)!;
		for (let at = from; at < from + bytes; at++) world.twice += Number(given[at]! > 0);
		given.fill(1, from, from + bytes);
	};
	const links = naturesOf(chance, wild, [...blobs.keys()]).map((nature) =>
		makeLink(nature, blobs, clock, chance, count)
	);
	const honest = links[0]!;
	const world: Download = {
		...{
			disk: emptyDisk(),
			links,
			chunks,
			dropped: [],
			kills: 0,
			givenUp: 0,
			full: 0,
			twice: 0,
			miscounted: 0
		}
	};
	const offered = new Set(links.filter((link) => link === honest || chance(3) > 0));
	const listeners = { sources: new Set<() => void>(), network: new Set<() => void>() };
	const tell = (to: Set<() => void>) => [...to].forEach((listener) => listener());

	let tab = openTab();
	let whole: () => void = () => undefined;
	let broken: (error: unknown) => void = () => undefined;
	const over = new Promise<void>((resolve, reject) => ([whole, broken] = [resolve, reject]));

	function openTab() {
		const abort = new AbortController();
		return { isAlive: true, abort, liars: new Set<string>() };
	}
	/** What a tab does until all is here: one run after another, as `runner.ts` does. */
	async function download(own: typeof tab): Promise<void> {
		const store = memoryChunks(
			world.disk,
			() => own.isAlive,
			() => clock.sleep(1 + chance(8))
		);
		while (own.isAlive) {
			const wanted = [...blobs].map(([blob, bytes]) => ({
				...{ blob, missing: chunksOf(bytes).filter(({ digest }) => !world.disk.chunks.has(digest)) }
			}));
			const before = world.disk.used();
			let said = 0;
			const done = await transfer({
				...{ store, wanted: wanted.filter(({ missing }) => missing.length > 0), chance: fraction },
				...{ now: clock.now, after: clock.after, limit: () => LIMIT },
				going: { signal: own.abort.signal },
				watchSources(listener) {
					const now = () =>
						listener([...offered].map(({ source }) => source).filter(({ name }) => !own.liars.has(name)));
					return follow(listeners.sources, now, true);
				},
				watchNetwork: (listener) => follow(listeners.network, listener, false),
				onBytes(count) {
					said += count;
					world.givenUp += Number(count < 0);
				},
				onBlob: () => clock.sleep(1),
				onLie(name) {
					if (!own.isAlive) return;
					own.liars.add(name);
					const link = links.find(({ source }) => source.name === name)!;
					world.dropped.push({ link, requests: link.requests, after: 0 });
				}
			}).catch((error: unknown) => {
				if (!(error instanceof DOMException && error.name === 'QuotaExceededError')) throw error;
				world.full++;
				return null;
			});
			if (!own.isAlive) return;
			if (done) world.miscounted += Math.abs(world.disk.used() - before - said);
			if (done?.ok) return whole();
			await clock.sleep(500 + chance(60_000));
		}
	}
	function follow(to: Set<() => void>, listener: () => void, atOnce: boolean) {
		to.add(listener);
		if (atOnce) listener();
		return () => void to.delete(listener);
	}
	const checkDropped = () => {
		for (const entry of world.dropped)
			entry.after = Math.max(entry.after, entry.link.requests - entry.requests);
	};

	/** One thing that happens to it. */
	function happen(what: number): void {
		const link = links[chance(links.length)]!;
		if (what < 4 && wild.kills) {
			checkDropped();
			world.dropped = world.dropped.filter(({ after }) => after > 0);
			world.kills++;
			tab.isAlive = false;
			tab.abort.abort();
			tab = openTab();
			void download(tab).catch(broken);
		} else if (what < 8) link.isUp = !link.isUp;
		else if (what < 10) tell(listeners.network);
		else if (what < 14 && link !== honest) {
			if (!offered.delete(link)) offered.add(link);
			tell(listeners.sources);
		} else if (what < 15 && wild.fullDisks) world.disk.room = world.disk.used() + chance(4 * CHUNK);
		else if (what < 17) world.disk.room = Infinity;
	}
	async function wildTime(): Promise<void> {
		while (clock.now() < WILD_TIME) {
			await clock.sleep(500 + chance(12_000));
			happen(chance(20));
		}
		world.disk.room = Infinity;
		honest.heal();
		tell(listeners.network);
	}

	void download(tab).catch(broken);
	void wildTime();
	await clock.until(over, WILD_TIME + PATIENCE);
	checkDropped();
	return world;
}

export const isHonest = ({ nature }: Link): boolean => nature.lies === 0;

function makeBlobs(chance: (limit: number) => number): Map<string, Uint8Array> {
	return new Map(
		Array.from({ length: 1 + chance(5) }, () => {
			const bytes = Uint8Array.from({ length: 1 + chance(6 * CHUNK) }, () => chance(256));
			return [sha256(bytes), bytes] as const;
		})
	);
}

function chunksOf(bytes: Uint8Array): Chunk[] {
	return Array.from({ length: Math.ceil(bytes.length / CHUNK) }, (_, index) => {
		const offset = index * CHUNK;
		const part = bytes.subarray(offset, offset + CHUNK);
		return { index, offset, length: part.length, digest: sha256(part) };
	});
}

/** The first is honest and has everything; it too is cut until the wild time is over. */
function naturesOf(chance: (limit: number) => number, wild: Wild, blobs: readonly string[]): Nature[] {
	const one = (name: string): Nature => ({
		...{ name, reach: 'link', lies: 0, lacks: new Set(), stallsAfter: Infinity },
		rate: 2000 + chance(wild.fastest - 2000),
		latency: chance(1500),
		life: chance(2) ? Infinity : 2000 + chance(40_000)
	});
	const twist = (nature: Nature): Nature => {
		const kind = chance(6);
		if (kind === 0 && wild.liars) return { ...nature, lies: 1 + chance(100) };
		if (kind === 1 && wild.liars) return { ...nature, lies: 100, reach: 'file' };
		if (kind === 2) return { ...nature, lacks: new Set(blobs.filter(() => chance(2))) };
		if (kind === 3) return { ...nature, stallsAfter: chance(3 * CHUNK) };
		// A drip: never silent for long, and never done.
		if (kind === 4) return { ...nature, rate: 150 };
		return { ...nature, reach: 'file', lacks: new Set(blobs.filter(() => chance(3) === 0)) };
	};
	const others = Array.from({ length: chance(4) }, (_, at) => twist(one(`source ${at}`)));
	return [one('origin'), ...others];
}
