/** What `store.ts` calls in a page: the phone's own transfer, over a source that has its bytes at hand. */
import { ok } from '../src/lib/core/base/result.ts';
import { sha256 } from '../src/lib/core/base/hash.ts';
import { CHUNK_SIZE } from '../src/lib/core/base/vocabulary.ts';
import { chunkDigests, chunksOf } from '../src/lib/core/packages/chunks.ts';
import { dexieChunks } from '../src/lib/device/packages/chunk-store.ts';
import type { Source } from '../src/lib/device/packages/source.ts';
import { transfer } from '../src/lib/device/packages/transfer.ts';
import { openDatabases } from '../src/lib/device/db/schema.ts';

/** As Chromium's network hands them over. */
const PIECE = 64 * 1024;

/** Verifies and stores that many files of that many bytes; answers megabytes a second. */
async function storeAll(files: number, size: number): Promise<number> {
	const blobs = new Map<string, Uint8Array>();
	const wanted = [];
	for (let file = 0; file < files; file++) {
		const bytes = new Uint8Array(size);
		for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
		const blob = await sha256(bytes);
		blobs.set(blob, bytes);
		wanted.push({ blob, missing: chunksOf({ size, chunks: await chunkDigests(bytes) }) });
	}
	const source: Source = {
		name: 'memory',
		reach: 'link',
		read: async (asked, { from, to }) => {
			const bytes = blobs.get('blob' in asked ? asked.blob : '')!;
			let at = from;
			const next = async () => {
				const piece = bytes.slice(at, Math.min(at + PIECE, to ?? size));
				at += piece.length;
				return ok(piece.length > 0 ? piece : null);
			};
			return ok({ from, total: size, etag: null, next, close: () => undefined });
		}
	};
	const { media } = openDatabases();
	const begun = performance.now();
	const done = await transfer({
		...{ wanted, store: dexieChunks(media), going: {}, limit: () => 4 },
		watchSources(listener) {
			listener([source]);
			return () => undefined;
		},
		watchNetwork: () => () => undefined,
		now: () => performance.now(),
		after(ms, call) {
			const timer = setTimeout(call, ms);
			return () => clearTimeout(timer);
		},
		...{ chance: Math.random, onBytes: () => undefined, onLie: () => undefined },
		onBlob: async () => undefined
	});
	const seconds = (performance.now() - begun) / 1000;
	const stored = await media.chunks.count();
	await media.chunks.clear();
	const chunks = files * Math.ceil(size / CHUNK_SIZE);
	if (!done.ok || stored !== chunks)
		throw new Error(`${stored} of ${chunks} chunks: ${JSON.stringify(done)}`);
	return (files * size) / 1_000_000 / seconds;
}

export type StoreAll = typeof storeAll;
Object.assign(globalThis, { storeAll });
