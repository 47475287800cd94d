import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, frameOf } from '../../../../tests/factories/frames.ts';
import { maxFrameBytes } from './frame.ts';
import { MAX_PACK_BYTES } from './pack.ts';

const SEED = 20261125;
const NONE = new Uint8Array();
const pack = new TextEncoder().encode('one lesson after another. '.repeat(3000));
const codeOf = (result: ReturnType<typeof decode>) => (result.ok ? 'ok' : result.fault.code);

/** Bytes that have something in common and something not: what packs, their bases and updates are made of. */
const words = fc.constantFrom('សៀវភៅ ', '太阳能', 'ควบคุม ', '{"id":"', 'unit ', '\n\n', 'ழ', '0', 'volt');
const texts = (maxLength: number) =>
	fc.array(fc.oneof({ weight: 4, arbitrary: words }, fc.string({ maxLength: 30 })), { maxLength });
const bytesOf = (parts: string[]) => new TextEncoder().encode(parts.join(''));

/** A base and a target that is the base edited: a piece cut out, another put in, the rest repeated now and then. */
const updates = fc
	.tuple(texts(400), texts(60), fc.nat(1000), fc.nat(1000), fc.integer({ min: 1, max: 4 }))
	.map(([old, added, at, cut, times]) => {
		const from = Math.floor((old.length * at) / 1001);
		const edited = [...old.slice(0, from), ...added, ...old.slice(from + (cut % 20))];
		return { base: bytesOf(old), target: bytesOf(Array(times).fill(edited).flat()) };
	})
	.filter(({ target }) => target.length > 0);

describe('a frame', () => {
	it.each([1, 200, 256, 300, 65_791, 65_792, 78_000])('PCK-1: unpacks to the pack of %i bytes', (size) => {
		const bytes = pack.subarray(0, size);
		expect(decode(frameOf(bytes), size)).toEqual({ ok: true, value: bytes });
		expect(decode(frameOf(bytes, NONE, { checksum: true }), size)).toEqual({ ok: true, value: bytes });
	});

	it('PCK-2: unpacks to the target with the base that it was made with', () => {
		fc.assert(
			fc.property(updates, fc.constantFrom(1, 3, 19, 22), fc.boolean(), (update, level, checksum) => {
				const { base, target } = update;
				const frame = frameOf(target, base, { level, checksum });
				expect(decode(frame, target.length, base)).toEqual({ ok: true, value: target });
			}),
			{ seed: SEED, numRuns: 300 }
		);
	});

	it.each([131_071, 131_072, 131_073, 400_000])('PCK-2: with a base of %i bytes, over its blocks', (size) => {
		const base = noise(size, 1);
		const target = new Uint8Array([...noise(1000, 2), ...base, ...noise(70_000, 3), ...base.subarray(500)]);
		const frame = frameOf(target, base);
		expect(frame.length).toBeLessThan(75_000);
		expect(decode(frame, target.length, base)).toEqual({ ok: true, value: target });
	});

	it('PCK-2: with a base and a pack as large as there may be', () => {
		const base = noise(MAX_PACK_BYTES, 4);
		const target = base.slice();
		target.set(noise(1000, 5), 9_000_000);
		const frame = frameOf(target, base, { level: 3 });
		const read = decode(frame, target.length, base);
		expect(read.ok && Buffer.compare(read.value, target)).toBe(0);
	});

	it('PCK-2: a base that is larger than a pack may be is refused', () => {
		const read = decode(frameOf(pack), pack.length, new Uint8Array(MAX_PACK_BYTES + 1));
		expect(codeOf(read)).toBe('package/too-large');
	});

	it('PCK-5: another base of the same length gives other bytes or a fault, and never more than the size', () => {
		fc.assert(
			fc.property(updates, fc.nat(), ({ base, target }, seed) => {
				const read = decode(frameOf(target, base), target.length, noise(base.length, seed));
				if (read.ok) expect(read.value.length).toBe(target.length);
				else expect(read.fault.code).toBe('package/bad-frame');
			}),
			{ seed: SEED, numRuns: 100 }
		);
	});

	it('PCK-3: that states another size than the manifest is refused before anything is unpacked', () => {
		expect(codeOf(decode(frameOf(pack), pack.length - 1))).toBe('package/bad-frame');
	});

	it('PCK-3: that states 10 GB is refused, whatever the manifest says', () => {
		const frame = frameOf(pack);
		const size = [0, 0, 0, 0x80, 2, 0, 0, 0];
		const huge = new Uint8Array([...frame.subarray(0, 4), 0xe0, ...size, ...frame.subarray(9)]);
		expect(codeOf(decode(huge, 10 * 1024 ** 3))).toBe('package/too-large');
		expect(codeOf(decode(huge, pack.length))).toBe('package/bad-frame');
	});

	it('PCK-3: a bomb that states a small size is refused', () => {
		const bomb = frameOf(new Uint8Array(5_000_000));
		const small = new Uint8Array([...bomb.subarray(0, 4), 0x20, 200, ...bomb.subarray(10)]);
		expect(codeOf(decode(small, 200))).toBe('package/bad-frame');
	});

	it('PCK-4: that is longer than its pack can need is refused', () => {
		expect(codeOf(decode(new Uint8Array(maxFrameBytes(100) + 1), 100))).toBe('package/too-large');
	});

	it('PCK-5: cut short, followed by more, or not zstd is refused', () => {
		const frame = frameOf(pack);
		for (const length of [0, 3, 8, 20, frame.length - 5, frame.length - 1]) {
			expect(codeOf(decode(frame.subarray(0, length), pack.length))).toBe('package/bad-frame');
		}
		const more = new Uint8Array([...frame, ...frame]);
		for (const length of [frame.length + 1, frame.length + 4, more.length]) {
			expect(codeOf(decode(more.subarray(0, length), pack.length))).toBe('package/bad-frame');
		}
		expect(codeOf(decode(pack, pack.length))).toBe('package/bad-frame');
	});

	it('PCK-6: however it was damaged, ends, and gives its size or a fault', () => {
		const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
			minLength: 1,
			maxLength: 8
		});
		fc.assert(
			fc.property(updates, damage, ({ base, target }, flips) => {
				const frame = frameOf(target, base, { level: 19 });
				for (const [at, byte] of flips) frame[at % frame.length] = byte;
				const read = decode(frame, target.length, base);
				if (read.ok) expect(read.value.length).toBe(target.length);
				else expect(read.fault.code).toMatch(/^package\/(bad-frame|too-large)$/);
			}),
			{ seed: SEED, numRuns: 2000 }
		);
	}, 60_000);
});

/** Bytes without a pattern, the same for one seed. */
function noise(length: number, seed: number): Uint8Array {
	const bytes = new Uint8Array(length);
	for (let at = 0, state = seed | 1; at < length; at++) {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		bytes[at] = state >>> 24;
	}
	return bytes;
}
