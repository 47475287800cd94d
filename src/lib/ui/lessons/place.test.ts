import { describe, expect, it } from 'vitest';
import { placeIn, placeToBegin, scrollTo, type Extent } from './place.ts';

/** Blocks of these heights, one under the other, scrolled by so many pixels. */
function laidOut(heights: readonly number[], scrolled: number): Extent[] {
	let top = -scrolled;
	return heights.map((height) => {
		const extent = { top, height };
		top += height;
		return extent;
	});
}

describe('the place in a text', () => {
	it('is none at the beginning', () => {
		expect(placeIn(laidOut([100, 200], 0))).toBeNull();
		expect(placeIn([])).toBeNull();
	});

	it('names the block on the line of reading and the share of it that was read', () => {
		expect(placeIn(laidOut([100, 200, 300], 150))).toEqual({ block: 1, into: 0.25 });
	});

	it('is kept when another language makes every block longer', () => {
		const place = placeIn(laidOut([100, 200, 300], 150))!;
		const longer = laidOut([160, 320, 500], 0);
		const scrolled = scrollTo(longer, place);
		expect(scrolled).toBe(240);
		expect(placeIn(laidOut([160, 320, 500], scrolled))).toEqual(place);
	});

	it('goes nowhere for a block that the text does not have', () => {
		expect(scrollTo(laidOut([100], 0), { block: 9, into: 0.5 })).toBe(0);
	});

	it('begins where the reader was, and anew when the unit is done', () => {
		expect(placeToBegin({ state: 'begun', block: 4 })).toEqual({ block: 4, into: 0 });
		expect(placeToBegin({ state: 'done', block: 4 })).toBeNull();
		expect(placeToBegin({ state: 'begun', block: 0 })).toBeNull();
		expect(placeToBegin(null)).toBeNull();
	});
});
