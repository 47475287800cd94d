import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BEGINNING, compareTimes, EARLIEST, LATEST, observe, tick, type HybridTime } from './hybrid-time.ts';

const clock = fc.oneof(fc.integer({ min: 0, max: LATEST * 2 }), fc.constantFrom(0, EARLIEST, LATEST, -1));

it('SYN-10 every time is later than the one before, whatever the clock says', () => {
	fc.assert(
		fc.property(fc.array(clock, { minLength: 1 }), (clocks) => {
			let last = BEGINNING;
			for (const now of clocks) {
				const next = tick(last, now);
				expect(compareTimes(next, last)).toBeGreaterThan(0);
				last = next;
			}
		})
	);
});

it('SYN-11 what is done after another time was seen comes after it', () => {
	fc.assert(
		fc.property(clock, clock, clock, (mine, theirs, now) => {
			const last = tick(BEGINNING, mine);
			const seen = tick(BEGINNING, theirs);
			expect(compareTimes(tick(observe(last, seen), now), seen)).toBeGreaterThan(0);
		})
	);
});

it('SYN-12 a clock of 1970 counts from 2024, one of the year 9999 to 2100 and no further', () => {
	expect(tick(BEGINNING, 0)).toEqual([EARLIEST, 1]);
	expect(tick(BEGINNING, Date.UTC(9999, 0))).toEqual([LATEST, 0]);
	const stuck: HybridTime = [LATEST, 0];
	expect(tick(stuck, Date.UTC(2026, 10))).toEqual([LATEST, 1]);
});
