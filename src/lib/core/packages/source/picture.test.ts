import { describe, expect, it } from 'vitest';
import { makeWebp } from '../../../../../tests/factories/webp.ts';
import { checkPicture, pictureSize } from './picture.ts';

describe('a photo (SRC-13)', () => {
	it('is measured in each of the three forms of WebP', () => {
		for (const form of ['VP8 ', 'VP8L', 'VP8X'] as const) {
			const bytes = makeWebp({ width: 1280, height: 960, form });
			expect(pictureSize(bytes)).toEqual({ width: 1280, height: 960 });
			expect(checkPicture(bytes)).toBeNull();
		}
	});

	it('is refused where it is something else, moves, is cut short or says more than its length', () => {
		const good = makeWebp();
		expect(checkPicture(new TextEncoder().encode('<svg onload="x()"/>'.repeat(4)))).toBe('media/not-webp');
		expect(checkPicture(good.subarray(0, good.length - 1))).toBe('media/not-webp');
		expect(checkPicture(Uint8Array.from([...good, 0]))).toBe('media/not-webp');
		expect(checkPicture(makeWebp({ form: 'VP8X', extra: ['ANIM'] }))).toBe('media/not-webp');
	});

	it('is refused where it would fill a phone when it is decoded', () => {
		expect(checkPicture(makeWebp({ width: 16_000, height: 16_000 }))).toBe('media/too-many-pixels');
		expect(checkPicture(makeWebp({ width: 1601, height: 10 }))).toBe('media/too-many-pixels');
		// A small frame around a large picture.
		expect(checkPicture(makeWebp({ width: 100, height: 100, form: 'VP8X', inner: 16_000 }))).toBe(
			'media/too-many-pixels'
		);
	});

	it('is refused where it still says where it was taken', () => {
		expect(checkPicture(makeWebp({ form: 'VP8X', extra: ['EXIF'] }))).toBe('media/has-location');
		expect(checkPicture(makeWebp({ form: 'VP8X', extra: ['XMP '] }))).toBe('media/has-location');
	});
});
