import { describe, expect, it } from 'vitest';
import { parseHeld, whyHeld } from './held.ts';

const DAY = '2026-11-27';
const budget = { bytes: 100_000, since: '2026-11-25' };
const used = (bytes: number) => [{ day: DAY, what: 'packages' as const, of: 'rooftop-solar', bytes }];
const asked = {
	...{ bytes: 30_000, held: null, budget, spent: used(80_000) },
	...{ day: DAY, savesData: false }
};

describe('a newer release of the app', () => {
	it('waits where more is needed than is left of the week (BUD-9)', () => {
		expect(whyHeld(asked)).toBe('week');
		expect(whyHeld({ ...asked, spent: used(70_000) })).toBeNull();
		expect(whyHeld({ ...asked, budget: null })).toBeNull();
	});

	it('goes on in the next week (BUD-9)', () => {
		expect(whyHeld({ ...asked, day: '2026-12-02' })).toBeNull();
	});

	it('counts what another tab has set aside as spent (BUD-10)', () => {
		const aside = { day: DAY, what: 'unsure' as const, of: 'a tab', bytes: 1 };
		expect(whyHeld({ ...asked, spent: [...used(70_000), aside] })).toBe('week');
	});

	it('waits while the browser spares data, whatever is left (BUD-9)', () => {
		expect(whyHeld({ ...asked, budget: null, savesData: true })).toBe('saver');
	});

	it('costs nothing and never waits where all of it is here', () => {
		expect(whyHeld({ ...asked, bytes: 0, savesData: true })).toBeNull();
	});

	it('comes on the person’s word, which is for the bytes that they were told of (BUD-11)', () => {
		const held = { bytes: 30_000, why: 'week' as const, allowed: true as const };
		expect(whyHeld({ ...asked, held })).toBeNull();
		expect(whyHeld({ ...asked, held, bytes: 30_001 })).toBe('week');
		expect(whyHeld({ ...asked, held: { bytes: 30_000, why: 'week' } })).toBe('week');
	});

	it('is read from the store only as it was written', () => {
		expect(parseHeld({ bytes: 5, why: 'week' })).toEqual({ bytes: 5, why: 'week' });
		expect(parseHeld({ bytes: -5, why: 'week' })).toBeNull();
		expect(parseHeld(undefined)).toBeNull();
	});
});
