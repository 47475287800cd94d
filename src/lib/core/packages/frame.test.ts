import { decompress } from 'fzstd';
import { constants, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { contentSize, decodeFrame, maxFrameBytes } from './frame.ts';

const pack = new TextEncoder().encode('one lesson after another. '.repeat(3000));
const frameOf = (bytes: Uint8Array) =>
	new Uint8Array(
		zstdCompressSync(bytes, {
			params: { [constants.ZSTD_c_compressionLevel]: 19 },
			pledgedSrcSize: bytes.length
		})
	);

describe('a frame', () => {
	it.each([1, 200, 256, 300, 65_791, 65_792, 78_000])('PKG-30: unpacks to the pack of %i bytes', (size) => {
		const bytes = pack.subarray(0, size);
		expect(decodeFrame(frameOf(bytes), size, decompress)).toEqual({ ok: true, value: bytes });
	});

	it('PKG-31: that states another size than the manifest is refused before anything is unpacked', () => {
		const never = () => {
			throw new Error('unpacked');
		};
		const read = decodeFrame(frameOf(pack), pack.length - 1, never);
		expect(read.ok || read.fault.code).toBe('package/bad-frame');
	});

	it('PKG-31: that states 10 GB is refused, whatever the manifest says', () => {
		const frame = frameOf(pack);
		const huge = new Uint8Array([
			...frame.subarray(0, 4),
			0xe0,
			0,
			0,
			0,
			0x80,
			2,
			0,
			0,
			0,
			...frame.subarray(9)
		]);
		expect(contentSize(huge)).toBe(10 * 1024 ** 3);
		expect(decodeFrame(huge, 10 * 1024 ** 3, decompress).ok).toBe(false);
		expect(decodeFrame(huge, pack.length, decompress).ok).toBe(false);
	});

	it('PKG-31: a bomb that states a small size writes no further than that', () => {
		const bomb = frameOf(new Uint8Array(5_000_000));
		const small = new Uint8Array([...bomb.subarray(0, 4), 0x20, 200, ...bomb.subarray(9)]);
		const read = decodeFrame(small, 200, decompress);
		expect(read.ok ? read.value.length : read.fault.code).toSatisfy(
			(answer: unknown) => answer === 200 || answer === 'package/bad-frame'
		);
	});

	it('PKG-32: that is longer than its pack can need is refused', () => {
		const read = decodeFrame(new Uint8Array(maxFrameBytes(100) + 1), 100, decompress);
		expect(read.ok || read.fault.code).toBe('package/too-large');
	});

	it('PKG-33: cut short or not zstd is refused', () => {
		const frame = frameOf(pack);
		for (const length of [0, 3, 8, 20, frame.length - 5]) {
			expect(decodeFrame(frame.subarray(0, length), pack.length, decompress).ok).toBe(false);
		}
		expect(decodeFrame(pack, pack.length, decompress).ok).toBe(false);
	});
});
