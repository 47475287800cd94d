/**
 * Chunks of media from all sources at once, as `schedule.ts` says (DEV-61 to DEV-65). Time, chance, the store and the
 * network are passed in, so that `tests/simulation` can run it over seeded histories.
 */
import { fail, ok, type Result } from '../../core/base/result.ts';
import { createSchedule, type Claim, type Ending, type Wanted } from '../../core/packages/schedule.ts';
import type { SaveFault } from '../faults.ts';
import type { Going } from '../network.ts';
import type { ChunkStore } from './chunk-store.ts';
import { fetchClaim } from './claim.ts';
import type { Source } from './source.ts';

export interface TransferParts {
	/** In the order in which they are wanted; each chunk once. */
	wanted: readonly Wanted[];
	store: ChunkStore;
	going: Going;
	/** Calls with the sources, now and whenever they change; answers what ends it. */
	watchSources: (listener: (sources: readonly Source[]) => void) => () => void;
	/** Calls when the network comes or changes; answers what ends it. */
	watchNetwork: (listener: () => void) => () => void;
	/** The most requests at once to one source, on the network of now. */
	limit: () => number;
	now: () => number;
	/** Calls after so many milliseconds; answers what ends it. */
	after: (ms: number, call: () => void) => () => void;
	/** A number from 0 to below 1. */
	chance: () => number;
	/** Bytes came, or were given up (negative). */
	onBytes: (count: number) => void;
	/** All chunks of a blob that were wanted are stored. */
	onBlob: (digest: string) => Promise<void>;
	/** A source brought a chunk that is not what it says, and is asked no more. */
	onLie: (source: string) => void;
}

/** Fetches until all is stored, or no source can go on; what is good stays. A store that refuses is a throw. */
export async function transfer(parts: TransferParts): Promise<Result<void, SaveFault>> {
	const { wanted, store, going, now, onBytes } = parts;
	const digests = wanted.flatMap(({ missing }) => missing.map(({ digest }) => digest));
	const schedule = createSchedule<SaveFault>({
		...{ wanted, chance: parts.chance, limit: parts.limit() },
		begun: await store.begun(digests)
	});
	const flying = new Map<number, { stop: AbortController; over: Promise<void> }>();
	const wholes = new Set<Promise<void>>();
	/** Null until they are known. */
	let sources: Map<string, Source> | null = null;
	let thrown: { error: unknown } | null = null;
	let poke: () => void = () => undefined;

	function begin(claim: Claim): void {
		const stop = new AbortController();
		const end = () => stop.abort();
		going.signal?.addEventListener('abort', end, { once: true });
		const keep = (error: unknown) => void (thrown ??= { error });
		const over = fetchClaim({
			...{ claim, store, now, isLiar: schedule.isLiar },
			source: sources!.get(claim.source)!,
			going: { ...going, signal: stop.signal },
			onBytes(count) {
				onBytes(count);
				if (schedule.came(claim.id, count, now())) poke();
			},
			onLost: (count) => onBytes(-count),
			onStored(digest) {
				if (!schedule.stored(claim.id, digest)) return;
				const whole = parts
					.onBlob(claim.blob)
					.catch(keep)
					.finally(() => wholes.delete(whole));
				wholes.add(whole);
			}
		})
			.then((ending) => finish(claim, ending))
			.catch(keep)
			.finally(() => {
				going.signal?.removeEventListener('abort', end);
				flying.delete(claim.id);
				poke();
			});
		flying.set(claim.id, { stop, over });
	}

	function finish(claim: Claim, ending: Ending<SaveFault>): void {
		schedule.ended(claim.id, ending, now());
		if (ending.kind === 'bad' && schedule.isLiar(claim.source)) parts.onLie(claim.source);
	}

	const stopped = () => poke();
	going.signal?.addEventListener('abort', stopped);
	const ends = [
		() => going.signal?.removeEventListener('abort', stopped),
		parts.watchSources((list) => {
			for (const name of sources?.keys() ?? []) {
				if (!list.some((source) => source.name === name)) schedule.remove(name);
			}
			for (const source of list) if (!sources?.has(source.name)) schedule.add(source);
			sources = new Map(list.map((source) => [source.name, source]));
			poke();
		}),
		parts.watchNetwork(() => {
			schedule.woken(parts.limit());
			poke();
		})
	];
	try {
		for (;;) {
			if (thrown) throw (thrown as { error: unknown }).error;
			if (going.signal?.aborted) return fail('network/cut');
			if (!sources) {
				await somethingHappens(null);
				continue;
			}
			for (let claim = schedule.take(now()); claim; claim = schedule.take(now())) begin(claim);
			for (const id of schedule.endings()) flying.get(id)?.stop.abort();
			const state = schedule.state(now());
			if (state.kind === 'done') {
				await Promise.all(wholes);
				if (thrown) throw (thrown as { error: unknown }).error;
				return ok(undefined);
			}
			if (state.kind === 'failed') return { ok: false, fault: state.fault ?? { code: 'network/offline' } };
			await somethingHappens(state.until);
		}
	} finally {
		for (const end of ends) end();
		for (const { stop } of flying.values()) stop.abort();
		await Promise.all([...flying.values()].map(({ over }) => over));
		await Promise.all(wholes);
	}

	async function somethingHappens(until: number | null): Promise<void> {
		let end: () => void = () => undefined;
		await new Promise<void>((resolve) => {
			poke = resolve;
			if (until !== null) end = parts.after(Math.max(0, until - now()), resolve);
		});
		end();
	}
}
