import { expect, it } from 'vitest';
import type { Facts, UnitFacts } from '../../core/progress/project.ts';
import { toPractise } from './practise.ts';

const unit = (answers: Record<string, [right: boolean, at: number]>): UnitFacts => ({
	done: null,
	last: [[0, 0], 'e'],
	block: null,
	share: 0,
	steps: {},
	best: null,
	latest: null,
	simulation: null,
	answers: Object.fromEntries(
		Object.entries(answers).map(([id, [value, at]]) => [id, { value, stamp: [[at, 0], id] as const }])
	)
});

it('lists units with items whose last answer was wrong, the latest first', () => {
	const facts: Facts = {
		solar: {
			dc: unit({ q1: [false, 10], q2: [true, 20] }),
			lab: unit({ q1: [false, 30], q2: [false, 5] }),
			clean: unit({ q1: [true, 90] })
		},
		photos: { light: unit({ a: [false, 40] }) },
		empty: { read: unit({}) }
	};
	expect(toPractise(facts)).toEqual([
		{ package: 'photos', units: [{ unit: 'light', items: 1, last: 40 }] },
		{
			package: 'solar',
			units: [
				{ unit: 'lab', items: 2, last: 30 },
				{ unit: 'dc', items: 1, last: 10 }
			]
		}
	]);
});
