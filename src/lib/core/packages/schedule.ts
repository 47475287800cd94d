/**
 * Which source fetches which chunks, and when (DEV-61 to DEV-65). Pure: it is told of the time and of what happened, and
 * says what to begin and what to end. Work is taken in runs of adjacent chunks, so that sources complement each other.
 */
import type { Chunk } from './chunks.ts';
import { Serving, type Flight, type ServingSource } from './serving.ts';

/** One request: adjacent chunks of one blob. */
export interface Claim {
	id: number;
	source: string;
	blob: string;
	chunks: readonly Chunk[];
	/** Nothing that another source brought of its first chunk may be used. */
	isAlone: boolean;
}

export type Ending<F> =
	| { kind: 'done' }
	/** It was asked to end. */
	| { kind: 'ended' }
	/** No answer, a break, a stall, a server that is busy. */
	| { kind: 'broke'; fault: F }
	/** 404, or an answer that is none. */
	| { kind: 'lacks'; fault: F }
	/** It may not be asked for more: what it costs is spent. */
	| { kind: 'halts'; fault: F }
	/** A chunk is not what its digest says; `isOwn`: every byte of it came from this source; `begun`: one that is kept in part. */
	| { kind: 'bad'; fault: F; digest: string; isOwn: boolean; begun: string | null };

export type State<F> =
	| { kind: 'done' }
	/** Ask again at `until`, or when something happens. */
	| { kind: 'going'; until: number | null }
	| { kind: 'failed'; fault: F | null };

export interface Wanted {
	blob: string;
	missing: readonly Chunk[];
}

interface Item {
	blob: string;
	chunk: Chunk;
	state: 'free' | 'taken' | 'stored';
	/** Bytes of it are kept from an earlier request. */
	isBegun: boolean;
	isAlone: boolean;
	/** How often each source brought it bad. */
	bad: Map<string, number>;
}

interface Running<F> {
	claim: Claim;
	items: Item[];
	serving: Serving<F>;
	flight: Flight;
	isToEnd: boolean;
}

/** How often it is looked whether a source holds up the others. */
const LOOK = 1000;
/** A source that is silent for so long may lose its work to one of which nothing is known yet. */
const PATIENCE = 5000;

export interface ScheduleParts {
	/** In the order in which they are wanted. */
	wanted: readonly Wanted[];
	/** Digests of chunks of which bytes are kept. */
	begun: ReadonlySet<string>;
	/** The most requests at once to one source. */
	limit: number;
	/** A number from 0 to below 1. */
	chance: () => number;
}

export type Schedule<F> = ReturnType<typeof createSchedule<F>>;

export function createSchedule<F>({ wanted, begun, limit, chance }: ScheduleParts) {
	const items = wanted.flatMap(({ blob, missing }) =>
		missing.map((chunk): Item => {
			const isBegun = begun.has(chunk.digest);
			return { blob, chunk, isBegun, state: 'free', isAlone: false, bad: new Map() };
		})
	);
	const left = new Map<string, number>();
	for (const { blob } of items) left.set(blob, (left.get(blob) ?? 0) + 1);
	const servings = new Map<string, Serving<F>>();
	const liars = new Set<string>();
	const running = new Map<number, Running<F>>();
	let lastId = 0;
	let most = limit;

	/** What a file has is asked of no link; else whoever is faster goes first. */
	const inOrder = () =>
		[...servings.values()].sort(
			(a, b) =>
				Number(b.source.reach === 'file') - Number(a.source.reach === 'file') || (b.rate ?? 0) - (a.rate ?? 0)
		);
	const has = (serving: Serving<F>, blob: string) => serving.isLive && !serving.lacks.has(blob);
	const others = (serving: Serving<F>, blob: string) =>
		[...servings.values()].filter((other) => other !== serving && has(other, blob));

	function mayFetch(serving: Serving<F>, item: Item): boolean {
		if (!has(serving, item.blob)) return false;
		const isReluctant = ({ avoids, source }: Serving<F>) =>
			avoids.has(item.blob) || item.bad.has(source.name);
		const willing = others(serving, item.blob).filter((other) => !isReluctant(other));
		if (willing.length === 0) return true;
		if (isReluctant(serving)) return false;
		return serving.source.reach === 'file' || !willing.some(({ source }) => source.reach === 'file');
	}

	function claimFor(serving: Serving<F>, now: number): Claim | null {
		const at = items.findIndex((item) => item.state === 'free' && mayFetch(serving, item));
		if (at < 0) return null;
		const run = runFrom(at, serving.span);
		for (const item of run) item.state = 'taken';
		const claim = {
			...{ id: ++lastId, source: serving.source.name, blob: run[0]!.blob },
			...{ chunks: run.map(({ chunk }) => chunk), isAlone: run[0]!.isAlone }
		};
		const flight = serving.begin(now);
		running.set(claim.id, { claim, items: run, serving, flight, isToEnd: false });
		return claim;
	}

	/** One that is begun, or must come from one source, is the first of a run: the rest of it comes from its first byte. */
	function runFrom(at: number, span: number): Item[] {
		const run = [items[at]!];
		let bytes = run[0]!.chunk.length;
		for (let next = items[at + 1]; next && !run[0]!.isAlone; next = items[at + run.length]) {
			const { blob, chunk, state, isBegun, isAlone } = next;
			const isAdjacent = blob === run[0]!.blob && chunk.index === run.at(-1)!.chunk.index + 1;
			bytes += chunk.length;
			if (!isAdjacent || state !== 'free' || isBegun || isAlone || bytes > span) break;
			run.push(next);
		}
		return run;
	}

	/** A source with nothing to do takes over what another would hold up. */
	function overtake(now: number): void {
		for (const serving of inOrder()) {
			if (!serving.isReady(now)) continue;
			for (const slow of running.values()) {
				const mayTake = slow.serving !== serving && mayFetch(serving, slow.items[0]!);
				if (slow.isToEnd || !mayTake || !isHeldUp(slow, serving, now)) continue;
				slow.isToEnd = true;
				slow.serving.avoids.add(slow.claim.blob);
				return;
			}
		}
	}

	function isHeldUp({ items, flight }: Running<F>, by: Serving<F>, now: number): boolean {
		if (by.source.reach === 'file') return true;
		const silence = now - flight.heard;
		if (by.rate === null || flight.bytes === 0) return silence >= PATIENCE;
		const rest = items.reduce((sum, { chunk }) => sum + chunk.length, 0) - flight.bytes;
		const rate = flight.bytes / Math.max(1, now - flight.began, silence * 4);
		return now - flight.began >= LOOK && rest / rate > 2000 * (rest / by.rate) + 3000;
	}

	function wasBad({ serving, items }: Running<F>, ending: Ending<F> & { kind: 'bad' }) {
		const { digest, isOwn, begun, fault } = ending;
		const item = items.find(({ chunk }) => chunk.digest === digest)!;
		const { name } = serving.source;
		for (const each of items) each.isBegun = each.chunk.digest === begun;
		// Bytes of several sources are in it: who lied shows when one brings all of them.
		if (!isOwn) return void (item.isAlone = true);
		item.bad.set(name, (item.bad.get(name) ?? 0) + 1);
		serving.fault = fault;
		// The only one is asked once more: a link may damage bytes too.
		if (others(serving, item.blob).length === 0 && item.bad.get(name) === 1) return;
		serving.isLiar = true;
		liars.add(name);
	}

	return {
		add(source: ServingSource) {
			const serving = new Serving<F>(source, most);
			serving.isLiar = liars.has(source.name);
			servings.set(source.name, serving);
		},
		remove(name: string) {
			const serving = servings.get(name);
			if (serving) serving.isGone = true;
			servings.delete(name);
		},

		/** The next request to begin, or null. */
		take(now: number): Claim | null {
			for (const serving of inOrder()) {
				const claim = serving.isReady(now) ? claimFor(serving, now) : null;
				if (claim) return claim;
			}
			overtake(now);
			return null;
		},
		/** Requests that are to be ended. */
		endings(): number[] {
			const ids = [...running].filter(([, { isToEnd, serving }]) => isToEnd || !serving.isLive);
			return ids.map(([id]) => id);
		},
		/** Bytes came; true where another request may begin. */
		came(id: number, bytes: number, now: number): boolean {
			const { serving, flight } = running.get(id)!;
			return serving.came(flight, bytes, now);
		},
		/** A chunk is verified and stored; true where its blob is whole by it. */
		stored(id: number, digest: string): boolean {
			const item = running.get(id)!.items.find(({ chunk }) => chunk.digest === digest)!;
			item.state = 'stored';
			left.set(item.blob, left.get(item.blob)! - 1);
			return left.get(item.blob) === 0;
		},
		ended(id: number, ending: Ending<F>, now: number) {
			const flown = running.get(id)!;
			const { serving, flight, claim } = flown;
			running.delete(id);
			serving.end(flight, now);
			const rest = flown.items.filter(({ state }) => state !== 'stored');
			for (const item of rest) item.state = 'free';
			if (rest[0] && flight.bytes > 0) rest[0].isBegun = true;
			if (ending.kind === 'broke') serving.broke(flight, claim.blob, ending.fault, now, chance);
			if (ending.kind === 'halts') serving.halt(ending.fault);
			if (ending.kind === 'bad') wasBad(flown, ending);
			if (ending.kind === 'lacks') {
				serving.lacked(claim.blob, ending.fault, others(serving, claim.blob).length === 0);
			}
		},
		/** The network came or is another. */
		woken(limit: number) {
			most = limit;
			for (const serving of servings.values()) serving.woken(limit);
		},
		isLiar: (name: string): boolean => liars.has(name),

		state(now: number): State<F> {
			const open = items.filter(({ state }) => state !== 'stored');
			if (open.length === 0) return { kind: 'done' };
			const all = [...servings.values()];
			const waits = all.filter((each) => each.isLive && each.readyAt > now).map(({ readyAt }) => readyAt);
			if (running.size > 0) {
				if (all.filter(({ isLive }) => isLive).length > 1) waits.push(now + LOOK);
				return { kind: 'going', until: waits.length > 0 ? Math.min(...waits) : null };
			}
			if (open.some((item) => all.some((serving) => mayFetch(serving, item)))) {
				return { kind: 'going', until: waits.length > 0 ? Math.min(...waits) : now };
			}
			return { kind: 'failed', fault: faultOf(all, open[0]!.blob) };
		}
	};

	/** What goes by itself when the link is better is said first, then a lie, then that nobody has it. */
	function faultOf(all: readonly Serving<F>[], blob: string): F | null {
		const broken = all.find((each) => !each.isLiar && !each.lacks.has(blob) && each.fault !== null);
		const liar = all.find(({ isLiar }) => isLiar);
		return broken?.fault ?? liar?.fault ?? all.find(({ lacks }) => lacks.has(blob))?.lacks.get(blob) ?? null;
	}
}
