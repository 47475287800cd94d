import { expect, it } from 'vitest';
import { billOf, type Spent } from './bill.ts';

const rows: Spent[] = [
	{ day: '2026-11-20', what: 'packages', of: 'old', bytes: 900 },
	{ day: '2026-11-25', what: 'packages', of: 'solar', bytes: 100 },
	{ day: '2026-11-26', what: 'packages', of: 'solar', bytes: 50 },
	{ day: '2026-11-26', what: 'catalogue', of: '', bytes: 20 },
	{ day: '2026-11-26', what: 'unsure', of: 'a', bytes: 8 },
	{ day: '2026-11-27', what: 'unsure', of: 'b', bytes: 8 }
];

it('BUD-5 adds up a week by what it went for, the largest first', () => {
	expect(billOf({ bytes: 1000, since: '2026-11-25' }, rows, '2026-11-27')).toEqual({
		...{ budget: 1000, from: '2026-11-25', until: '2026-12-02', spent: 186, left: 814 },
		lines: [
			{ what: 'packages', of: 'solar', bytes: 150 },
			{ what: 'catalogue', of: '', bytes: 20 },
			{ what: 'unsure', of: '', bytes: 16 }
		]
	});
});

it('BUD-7 shows the last seven days where no budget is set', () => {
	const bill = billOf(null, rows, '2026-11-26');
	expect(bill).toMatchObject({ budget: null, left: null, from: '2026-11-20', until: '2026-11-27' });
	expect(bill.spent).toBe(1078);
});
