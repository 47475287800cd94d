import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkDigests, chunksOf, verifyChunk } from './chunks.ts';
import { CHUNK_SIZE } from '../base/vocabulary.ts';

describe('chunks', () => {
	it('PKG-20: cover a blob without gap or overlap, each its own bytes', async () => {
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 0, max: 3 * CHUNK_SIZE + 1 }), async (size) => {
				const blob = Uint8Array.from({ length: size }, (_, at) => at * 31);
				const chunks = chunksOf({ size, chunks: await chunkDigests(blob) });
				expect(chunks.reduce((at, chunk) => (expect(chunk.offset).toBe(at), at + chunk.length), 0)).toBe(
					size
				);
				for (const chunk of chunks) {
					const own = blob.subarray(chunk.offset, chunk.offset + chunk.length);
					expect(await verifyChunk(chunk, own)).toEqual({ ok: true, value: own });
				}
			}),
			{ numRuns: 15 }
		);
	});

	it('PKG-21: one flipped bit, one byte less, or another chunk is not that chunk', async () => {
		const blob = Uint8Array.from({ length: CHUNK_SIZE + 10 }, (_, at) => at);
		const [first, last] = chunksOf({ size: blob.length, chunks: await chunkDigests(blob) });
		const own = blob.slice(last!.offset);
		own[3]! ^= 1;
		expect((await verifyChunk(last!, own)).ok).toBe(false);
		expect((await verifyChunk(last!, blob.subarray(last!.offset, blob.length - 1))).ok).toBe(false);
		expect((await verifyChunk(first!, blob.subarray(10))).ok).toBe(false);
	});
});
