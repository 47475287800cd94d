/**
 * A media file, chunk by chunk over one request a run: each chunk is verified before it is stored, and what a cut left
 * of one is kept apart and continued by Range (DEV-15 to DEV-17).
 */
import { fail, ok, type Result } from '../../core/base/result.ts';
import { verifyChunk, type Chunk } from '../../core/packages/chunks.ts';
import type { PlannedBlob } from '../../core/packages/plan.ts';
import type { MediaDb } from '../db/schema.ts';
import { storing } from '../db/storing.ts';
import type { SaveFault } from '../faults.ts';
import type { Going } from '../network.ts';
import { dropPartial, openPartial } from './partial.ts';
import type { Source } from './source.ts';

type Done = Result<void, SaveFault>;

/** Fetches the missing chunks of one file. `onBytes`: as they come, negative when bytes are given up. */
export async function fetchBlob(
	db: MediaDb,
	{ file, missing }: Pick<PlannedBlob, 'file' | 'missing'>,
	source: Source,
	onBytes: (count: number) => void,
	going: Going
): Promise<Done> {
	const stored = new Set<number>();
	const refused = new Set<number>();
	for (;;) {
		const run = runOf(missing.filter(({ index }) => !stored.has(index)));
		if (run.length === 0) return ok(undefined);
		const fetched = await fetchRun(db, source, file.digest, run, onBytes, going, (chunk) =>
			stored.add(chunk.index)
		);
		if (fetched.ok) continue;
		const index = fetched.fault.code === 'package/bad-digest' ? Number(fetched.fault.params?.index) : null;
		// Once more from its first byte, in case a piece that was kept was bad; the same twice is the source's.
		if (index === null || refused.has(index)) return fetched;
		refused.add(index);
	}
}

/** The first chunks that lie one behind the other. */
function runOf(chunks: readonly Chunk[]): Chunk[] {
	const end = chunks.findIndex((chunk, at) => at > 0 && chunk.index !== chunks[at - 1]!.index + 1);
	return chunks.slice(0, end < 0 ? chunks.length : end);
}

async function fetchRun(
	db: MediaDb,
	source: Source,
	blob: string,
	run: readonly Chunk[],
	onBytes: (count: number) => void,
	going: Going,
	onStored: (chunk: Chunk) => void
): Promise<Done> {
	let at = 0;
	let partial = await openPartial(db, run[0]!.digest);
	if (partial.length > run[0]!.length) {
		onBytes(-partial.length);
		await partial.restart(null);
	}

	/** Stores the chunk when it is full; on a bad one nothing of it stays. */
	const settle = async (isStreaming: boolean): Promise<Done> => {
		const chunk = run[at]!;
		if (partial.length < chunk.length) return ok(undefined);
		const good = await verifyChunk(chunk, partial.bytes());
		if (!good.ok) {
			onBytes(-partial.length);
			await partial.restart(null);
			return good;
		}
		await db.transaction('rw', db.chunks, db.partial, async () => {
			await db.chunks.put({ digest: chunk.digest, bytes: good.value });
			await dropPartial(db, chunk.digest);
		});
		onStored(chunk);
		at++;
		if (at === run.length) return ok(undefined);
		partial = await openPartial(db, run[at]!.digest);
		// The answer under way begins this chunk at its first byte, whatever an older cut left of it.
		if (isStreaming && partial.length > 0) {
			onBytes(-partial.length);
			await partial.restart(null);
		}
		return ok(undefined);
	};

	const work = async (): Promise<Done> => {
		const kept = await settle(false);
		if (!kept.ok || at === run.length) return kept;
		const last = run.at(-1)!;
		const from = run[at]!.offset + partial.length;
		const to = last.offset + last.length;
		const answer = await source.read({ blob }, { from, to, max: to - from }, going);
		if (!answer.ok) return answer;
		const { next, close } = answer.value;
		if (answer.value.from !== from) {
			close();
			return fail('network/bad-answer', { blob });
		}
		for (;;) {
			const piece = await next();
			if (!piece.ok || !piece.value) {
				await partial.flush();
				return piece.ok ? fail('network/cut') : piece;
			}
			for (let taken = 0; taken < piece.value.length && at < run.length;) {
				const room = run[at]!.length - partial.length;
				const bytes = piece.value.slice(taken, taken + room);
				taken += bytes.length;
				onBytes(bytes.length);
				await partial.append(bytes);
				const settled = await settle(true);
				if (!settled.ok) {
					close();
					return settled;
				}
			}
			if (at === run.length) {
				close();
				return ok(undefined);
			}
		}
	};

	const done = await storing(work);
	return done.ok ? done.value : done;
}
