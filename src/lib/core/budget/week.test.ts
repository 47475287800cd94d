import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, leftOf, weekOf } from './week.ts';

const days = fc
	.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 10));

describe('a week of data (BUD-1)', () => {
	it('begins on the day on which the budget was set, and every seventh after it', () => {
		expect(weekOf('2026-11-25', '2026-11-25')).toEqual({ from: '2026-11-25', until: '2026-12-02' });
		expect(weekOf('2026-11-25', '2026-12-01')).toEqual({ from: '2026-11-25', until: '2026-12-02' });
		expect(weekOf('2026-11-25', '2026-12-02')).toEqual({ from: '2026-12-02', until: '2026-12-09' });
	});

	it('holds every day that comes after its beginning', () => {
		fc.assert(
			fc.property(days, days, (since, day) => {
				const { from, until } = weekOf(since, day);
				expect(day < since || (from <= day && day < until)).toBe(true);
				expect((Date.parse(until) - Date.parse(from)) / 86_400_000).toBe(7);
			}),
			{ seed: 20261125 }
		);
	});

	it('is of the phone’s own day', () => {
		expect(dayOf(new Date(2026, 10, 5, 23, 59))).toBe('2026-11-05');
		expect(dayOf(new Date(2026, 0, 31, 0, 0))).toBe('2026-01-31');
	});
});

describe('what is left (BUD-2)', () => {
	const budget = { bytes: 20_000_000, since: '2026-11-25' };

	it('is the budget less what this week’s days took, and never below nothing', () => {
		const spent = [
			{ day: '2026-11-24', bytes: 9_000_000 },
			{ day: '2026-11-25', bytes: 5_000_000 },
			{ day: '2026-12-01', bytes: 6_000_000 }
		];
		expect(leftOf(budget, spent, '2026-12-01')).toBe(9_000_000);
		expect(leftOf(budget, [...spent, { day: '2026-11-26', bytes: 90_000_000 }], '2026-12-01')).toBe(0);
		expect(leftOf(budget, spent, '2026-12-02')).toBe(20_000_000);
	});

	it('is not made anew by setting the clock back', () => {
		fc.assert(
			fc.property(days, fc.nat(30), (day, bytes) => {
				const spent = [{ day: budget.since, bytes: bytes * 1_000_000 }];
				const back = day < budget.since ? day : budget.since;
				expect(leftOf(budget, spent, back)).toBe(leftOf(budget, spent, budget.since));
			}),
			{ seed: 20261125 }
		);
	});
});
