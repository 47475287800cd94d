import fc from 'fast-check';
import { expect, it } from 'vitest';
import { growingPause } from './pause.ts';

const PAUSES = { first: 500, longest: 60_000 };

it('grows with each failure, never beyond its ceiling, and never to nothing', () => {
	expect(growingPause(0, () => 0, PAUSES)).toBe(250);
	expect(growingPause(1, () => 0.5, PAUSES)).toBe(750);
	fc.assert(
		fc.property(
			fc.nat(2000),
			fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
			(failures, drawn) => {
				const pause = growingPause(failures, () => drawn, PAUSES);
				expect(pause).toBeGreaterThanOrEqual(250);
				expect(pause).toBeLessThan(60_250);
				expect(growingPause(failures + 1, () => drawn, PAUSES)).toBeGreaterThanOrEqual(pause);
			}
		),
		{ seed: 20261125 }
	);
});
