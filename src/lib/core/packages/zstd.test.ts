import { zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameOf } from '../../../../tests/factories/frames.ts';
import { decodeFrame } from './frame.ts';
import { MAX_BLOCK_BYTES, unpackBlocks } from './zstd.ts';

const SEED = 20261125;
type Block = { type: number; length: number; body?: number[]; isLast?: boolean };

/** Blocks as a frame has them behind its header. */
const blocksOf = (...blocks: Block[]): Uint8Array =>
	new Uint8Array(
		blocks.flatMap(({ type, length, body = Array<number>(length).fill(7), isLast = true }) => {
			const head = Number(isLast) | (type << 1) | (length << 3);
			return [head & 0xff, (head >> 8) & 0xff, head >> 16, ...body];
		})
	);
const gives = (blocks: Uint8Array, size: number): boolean => {
	try {
		unpackBlocks(blocks, new Uint8Array(size), 0);
		return true;
	} catch (error) {
		// Only what is meant: a slip of ours is another error.
		expect((error as Error).message).toBe('damaged');
		return false;
	}
};
/** A compressed block: Huffman literals of ten bytes behind a table, and no matches. */
function huffmanBlock(table: number[]): Uint8Array {
	const head = 2 | (10 << 4) | (table.length << 14);
	const body = [head & 0xff, (head >> 8) & 0xff, head >> 16, ...table, 0];
	return blocksOf({ type: 2, length: body.length, body });
}

/** What zstd writes in all its ways: few or many symbols, long and short matches, runs, noise. */
const content = fc.oneof(
	fc
		.array(fc.constantFrom('volt ', 'ampere ', 'โวลต์ ', '\n'), { minLength: 1, maxLength: 4000 })
		.map((words) => words.join('')),
	fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3000 }).map((all) => all.join('')),
	fc
		.tuple(fc.string({ minLength: 1, maxLength: 50 }), fc.nat(5000))
		.map(([text, times]) => text.repeat(1 + (times % 400))),
	fc.uint8Array({ minLength: 1, maxLength: 3000 }).map((bytes) => Buffer.from(bytes).toString('latin1'))
);

describe('zstd (RFC 8878)', () => {
	it('PCK-1: whatever zstd packs at whatever level comes back', () => {
		fc.assert(
			fc.property(content, fc.constantFrom(1, 2, 5, 9, 13, 19, 22), (text, level) => {
				const bytes = new Uint8Array(Buffer.from(text));
				const frame = frameOf(bytes, undefined, { level });
				expect(decodeFrame(frame, bytes.length, new Uint8Array())).toEqual({ ok: true, value: bytes });
			}),
			{ seed: SEED, numRuns: 400 }
		);
	});

	it('PCK-6: of damaged bytes it never makes others than zstd itself does', () => {
		const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
			minLength: 1,
			maxLength: 4
		});
		let both = 0;
		fc.assert(
			fc.property(content, flips, fc.constantFrom(1, 3, 19), (text, changes, level) => {
				const bytes = Buffer.from(text);
				const frame = frameOf(new Uint8Array(bytes), undefined, { level });
				for (const [at, byte] of changes) frame[at % frame.length] = byte;
				const read = decodeFrame(frame, bytes.length, new Uint8Array());
				if (!read.ok) return;
				let theirs: Buffer | null = null;
				try {
					theirs = zstdDecompressSync(frame);
				} catch {
					// It looks at less, or at more, than a phone has to: the SHA-256 decides.
				}
				if (theirs && theirs.length === bytes.length)
					both += Number(Buffer.compare(theirs, read.value) === 0 ? 1 : NaN);
			}),
			{ seed: SEED, numRuns: 3000 }
		);
		expect(both).toBeGreaterThan(100);
	}, 60_000);

	it('PCK-6: any bytes at all end, by a throw of its own or with all that was asked for', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(2000), (bytes, size) => void gives(bytes, size)),
			{ seed: SEED, numRuns: 3000 }
		);
		// Whose first block says that it is a compressed one of just this length.
		fc.assert(
			fc.property(
				fc.uint8Array({ minLength: 2, maxLength: 300 }),
				fc.nat(2000),
				(body, size) => void gives(blocksOf({ type: 2, length: body.length, body: [...body] }), size)
			),
			{ seed: SEED, numRuns: 5000 }
		);
	}, 60_000);

	it('PCK-6: blocks end with the last one, at the end, and give all of it and no more', () => {
		const raw = blocksOf({ type: 0, length: 20 });
		expect([gives(raw, 20), gives(raw, 19), gives(raw, 21)]).toEqual([true, false, false]);
		expect(gives(raw.subarray(0, raw.length - 1), 20)).toBe(false);
		expect(gives(new Uint8Array([...raw, 0]), 20)).toBe(false);
		expect(gives(blocksOf({ type: 0, length: 20, isLast: false }), 20)).toBe(false);
		expect(gives(new Uint8Array(), 0)).toBe(false);
		const run: Block = { type: 1, length: 1000, body: [7] };
		expect([1999, 2000].map((size) => gives(blocksOf({ ...run, isLast: false }, run), size))).toEqual([
			false,
			true
		]);
		expect(gives(blocksOf({ type: 1, length: MAX_BLOCK_BYTES + 1, body: [7] }), MAX_BLOCK_BYTES + 1)).toBe(
			false
		);
		expect(gives(blocksOf({ type: 3, length: 1, body: [7] }), 1)).toBe(false);
	});

	it('PCK-6: a match that reaches before the base, or is of nothing, is damage', () => {
		// No literals, one match by tables of one symbol: offset 4 (code 2, both bits clear), three bytes.
		const match = blocksOf({ type: 2, length: 7, body: [0, 1, 0x54, 0, 2, 0, 4] });
		const out = new Uint8Array(4);
		out[0] = 9;
		expect(() => unpackBlocks(match, out, 1)).not.toThrow();
		expect([...out]).toEqual([9, 9, 9, 9]);
		expect(() => unpackBlocks(match, new Uint8Array(3), 0)).toThrow('damaged');
	});

	it('PCK-6: a table of weights that takes no bits ends', () => {
		// Accuracy 5, then one symbol with all 32 shares: each weight takes no bit at all.
		expect(gives(huffmanBlock([4, 0xf0, 0x03, 0x00, 0x80]), 10)).toBe(false);
		expect(gives(huffmanBlock([5, 0x10, 0xf8, 0x01, 0x00, 0x80]), 10)).toBe(false);
	});
});
