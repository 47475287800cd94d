/**
 * One request for adjacent chunks of a blob: each is verified before it is stored, and what a break left of one is kept
 * apart and continued by whoever is asked next (DEV-15 to DEV-17). Chunks are verified and stored while the next come.
 */
import { verifyChunk, type Chunk } from '../../core/packages/chunks.ts';
import type { Claim, Ending } from '../../core/packages/schedule.ts';
import type { SaveFault } from '../faults.ts';
import type { Going } from '../network.ts';
import type { ChunkStore } from './chunk-store.ts';
import { openPartial, startPartial, type Partial } from './partial.ts';
import type { Reading, Source } from './source.ts';

export interface ClaimParts {
	claim: Claim;
	source: Source;
	store: ChunkStore;
	going: Going;
	now: () => number;
	/** Whether a source has lied: what it brought of an unfinished chunk is given up. */
	isLiar: (name: string) => boolean;
	/** Bytes came of the source. */
	onBytes: (count: number) => void;
	/** Bytes that were kept are given up. */
	onLost: (count: number) => void;
	onStored: (digest: string) => void;
}

/** Chunks that may wait for the hash and the disk while more come. */
const MOST_SETTLING = 4;

/** Fetches what it may; what is good is stored when it resolves. A store that refuses is a throw. */
export async function fetchClaim(parts: ClaimParts): Promise<Ending<SaveFault>> {
	const { claim, source, store, going, now, onLost } = parts;
	const settling = new Set<Promise<void>>();
	let bad = null as (Ending<SaveFault> & { kind: 'bad' }) | null;
	let thrown: { error: unknown } | null = null;
	let at = 0;
	let partial = await openPartial(store, claim.chunks[0]!.digest, now);
	if (isUseless(partial, parts)) {
		onLost(partial.length);
		await partial.restart(null);
	}

	/** Hands a full chunk on to be verified and stored; on a bad one nothing of it stays. */
	async function settle(chunk: Chunk, full: Partial): Promise<void> {
		const good = await verifyChunk(chunk, full.bytes());
		if (good.ok) {
			await store.put(chunk.digest, good.value);
			parts.onStored(chunk.digest);
			return;
		}
		const isOwn = [...full.by].every((name) => name === source.name);
		bad ??= { kind: 'bad', fault: good.fault, digest: chunk.digest, isOwn, begun: null };
		onLost(full.length);
		await full.restart(null);
	}

	/** Goes on to the next chunk when this one is full. */
	async function turn(): Promise<void> {
		const chunk = claim.chunks[at]!;
		if (partial.length < chunk.length) return;
		const settled = settle(chunk, partial)
			.catch((error: unknown) => void (thrown ??= { error }))
			.finally(() => settling.delete(settled));
		settling.add(settled);
		at++;
		if (at < claim.chunks.length) partial = startPartial(store, claim.chunks[at]!.digest, now);
		if (settling.size >= MOST_SETTLING) await Promise.race(settling);
	}

	async function drain({ next }: Reading): Promise<Ending<SaveFault>> {
		while (at < claim.chunks.length && !bad && !thrown) {
			const piece = await next();
			if (!piece.ok || !piece.value) {
				await partial.flush();
				return brokenBy(piece.ok ? { code: 'network/cut' } : piece.fault, going);
			}
			for (let taken = 0; taken < piece.value.length && at < claim.chunks.length;) {
				const bytes = piece.value.subarray(taken, taken + claim.chunks[at]!.length - partial.length);
				taken += bytes.length;
				parts.onBytes(bytes.length);
				await partial.append(bytes, source.name);
				await turn();
			}
		}
		// A bad chunk before it says nothing of what came of this one.
		if (at < claim.chunks.length && !thrown) await partial.flush();
		return { kind: 'done' };
	}

	async function read(): Promise<Ending<SaveFault>> {
		// Told to end before it was begun: a source that lied is not even asked.
		if (going.signal?.aborted) return { kind: 'ended' };
		const last = claim.chunks.at(-1)!;
		const from = claim.chunks[at]!.offset + partial.length;
		const to = last.offset + last.length;
		const answer = await source.read({ blob: claim.blob }, { from, to, max: to - from }, going);
		if (!answer.ok) return brokenBy(answer.fault, going);
		if (answer.value.from !== from) {
			answer.value.close();
			return { kind: 'lacks', fault: { code: 'network/bad-answer', params: { url: source.name } } };
		}
		try {
			return await drain(answer.value);
		} finally {
			answer.value.close();
		}
	}

	try {
		// A tab that was killed may have kept the last byte of a chunk and not counted it.
		await turn();
		const ending = at < claim.chunks.length ? await read() : { kind: 'done' as const };
		await Promise.all(settling);
		if (thrown) throw (thrown as { error: unknown }).error;
		const begun = at < claim.chunks.length && partial.length > 0 ? claim.chunks[at]!.digest : null;
		return bad ? { ...bad, begun } : ending;
	} finally {
		// What was handed on is stored even where the rest broke.
		await Promise.all(settling);
	}
}

/** Longer than its chunk, of a source that lied, or of others where it must be of one. */
function isUseless({ length, by }: Partial, { claim, source, isLiar }: ClaimParts): boolean {
	const names = [...by];
	const isMixed = claim.isAlone && names.some((name) => name !== source.name);
	return length > claim.chunks[0]!.length || names.some(isLiar) || isMixed;
}

const BREAKS: ReadonlySet<string> = new Set(['network/offline', 'network/cut', 'network/busy']);

function brokenBy(fault: SaveFault, { signal }: Going): Ending<SaveFault> {
	if (signal?.aborted) return { kind: 'ended' };
	if (BREAKS.has(fault.code)) return { kind: 'broke', fault };
	// What is spent is spent for every other file too.
	return { kind: /^(?:network|package)\//.test(fault.code) ? 'lacks' : 'halts', fault };
}
