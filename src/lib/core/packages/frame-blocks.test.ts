import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameOf } from '../../../../tests/factories/frames.ts';
import { areBlocksSound, MAX_BLOCK_BYTES } from './frame-blocks.ts';

type Block = { type: number; length: number; body?: number[]; isLast?: boolean };

/** Blocks as a frame has them behind its header. */
const blocksOf = (...blocks: Block[]): Uint8Array =>
	new Uint8Array(
		blocks.flatMap(({ type, length, body = Array<number>(length).fill(7), isLast = true }) => {
			const head = Number(isLast) | (type << 1) | (length << 3);
			return [head & 0xff, (head >> 8) & 0xff, head >> 16, ...body];
		})
	);
const isSound = (bytes: Uint8Array, size: number) => areBlocksSound(bytes, 0, bytes.length, size);

/** A compressed block: Huffman literals of ten bytes behind a table, and no matches. */
function huffmanBlock(table: number[]): Uint8Array {
	const head = 2 | (10 << 4) | (table.length << 14);
	const body = [head & 0xff, (head >> 8) & 0xff, head >> 16, ...table, 0];
	return blocksOf({ type: 2, length: body.length, body });
}

describe('the blocks of a frame', () => {
	it('PCK-6: as zstd writes them are sound', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom('volt ', 'ampere ', 'โวลต์ ', '\n'), { minLength: 1, maxLength: 3000 }),
				fc.constantFrom(1, 9, 22),
				(words, level) => {
					const bytes = new TextEncoder().encode(words.join(''));
					const frame = frameOf(bytes, undefined, { level });
					const [head] = [6, 7, 9].filter((at) => areBlocksSound(frame, at, frame.length, bytes.length));
					expect(head).toBeDefined();
				}
			),
			{ seed: 1, numRuns: 200 }
		);
	});

	it('PCK-6: end with the last one, at the end', () => {
		const raw = blocksOf({ type: 0, length: 20 });
		expect(isSound(raw, 20)).toBe(true);
		expect(areBlocksSound(raw, 0, raw.length - 1, 20)).toBe(false);
		expect(isSound(new Uint8Array([...raw, 0]), 20)).toBe(false);
		expect(isSound(blocksOf({ type: 0, length: 20, isLast: false }), 20)).toBe(false);
		expect(isSound(new Uint8Array(), 20)).toBe(false);
	});

	it('PCK-6: give no more than the pack has, runs of one byte too', () => {
		expect(isSound(blocksOf({ type: 0, length: 21 }), 20)).toBe(false);
		const run: Block = { type: 1, length: 1000, body: [7] };
		expect(isSound(blocksOf({ ...run, isLast: false }, run), 2000)).toBe(true);
		expect(isSound(blocksOf({ ...run, isLast: false }, run), 1999)).toBe(false);
		expect(isSound(blocksOf({ type: 1, length: MAX_BLOCK_BYTES + 1, body: [7] }), 10 ** 7)).toBe(false);
		expect(isSound(blocksOf({ type: 3, length: 1, body: [7] }), 20)).toBe(false);
	});

	it('PCK-6: have no more matches than the pack has room for', () => {
		// Raw literals of none, then 300 matches: the count is 0x80 + 1 and 300 - 256.
		const matches = blocksOf({ type: 2, length: 4, body: [0, 0x81, 44, 0] });
		expect(isSound(matches, 900)).toBe(true);
		expect(isSound(matches, 899)).toBe(false);
		const most = blocksOf({ type: 2, length: 5, body: [0, 255, 1, 0, 0] });
		expect(isSound(most, 3 * 0x7f01)).toBe(true);
		expect(isSound(most, 3 * 0x7f01 - 1)).toBe(false);
	});

	it('PCK-6: hold their literals', () => {
		expect(isSound(blocksOf({ type: 2, length: 3, body: [10 << 3, 1, 2] }), 100)).toBe(false);
		expect(isSound(blocksOf({ type: 2, length: 1, body: [0] }), 100)).toBe(false);
	});

	it('PCK-6: with a table of weights that takes no bits, over which fzstd never ends, are not sound', () => {
		// Accuracy 5, then one symbol with all 32 shares: six bits set.
		expect(isSound(huffmanBlock([4, 0xf0, 0x03, 0x00, 0x80]), 10)).toBe(false);
		// The same behind a symbol of no share (value 1) that says no other follows.
		expect(isSound(huffmanBlock([5, 0x10, 0xf8, 0x01, 0x00, 0x80]), 10)).toBe(false);
		// With 31 of the 32 shares there is an end to it.
		expect(isSound(huffmanBlock([4, 0xe0, 0x03, 0x00, 0x80]), 10)).toBe(true);
	});
});
