import { describe, expect, it } from 'vitest';
import type { UnitPage } from '../../core/lessons/unit-page.ts';
import type { Happening } from '../../core/progress/event.ts';
import type { UnitProgress } from '../../core/progress/view.ts';
import type { Learner } from './learner.ts';
import { UnitRecord } from './unit-record.ts';

function unit(parts: object, progress: Partial<UnitProgress> = {}) {
	const said: Happening[] = [];
	const page = {
		package: { id: 'solar' },
		unit: { id: 'u' },
		contentLanguage: 'th',
		practice: null,
		simulation: null,
		quiz: null,
		mainVideo: null,
		next: null,
		...parts
	} as unknown as UnitPage;
	const known = {
		state: 'begun',
		block: null,
		share: 0,
		steps: [],
		best: null,
		...progress
	} as unknown as UnitProgress;
	const learner = { record: async (each: Happening) => said.push(each) > 0 } as unknown as Learner;
	const record = new UnitRecord({ page: () => page, progress: () => known, learner: () => learner });
	return { record, said, verbs: () => said.map((each) => each.v) };
}

describe('what is recorded of a unit', () => {
	it('says where the reader rests only when that changed, and never that less was seen', () => {
		const { record, said } = unit({}, { block: 3, share: 0.5 });
		record.rested({ block: 3, into: 0.7 }, 0.4);
		expect(said).toEqual([]);
		record.rested({ block: 1, into: 0 }, 0.4);
		record.rested({ block: 1, into: 0.5 }, 0.5);
		expect(said).toEqual([
			{ v: 'progressed', o: { p: 'solar', u: 'u' }, r: { b: 1, f: 0.5 }, c: { l: 'th' } }
		]);
	});

	it('is done with the last step, in whatever order they were ticked', () => {
		const practice = { key: { steps: [{ id: 'a' }, { id: 'b' }] } };
		const first = unit({ practice });
		first.record.ticked('b', true);
		expect(first.verbs()).toEqual(['progressed']);
		const last = unit({ practice }, { steps: ['b'] });
		last.record.ticked('a', true);
		expect(last.verbs()).toEqual(['progressed', 'completed']);
		const back = unit({ practice }, { steps: ['a', 'b'] });
		back.record.ticked('a', false);
		expect(back.verbs()).toEqual(['progressed']);
	});

	it('takes the same score once, and a unit that is done is not done again', () => {
		const { record, verbs } = unit({ simulation: {} }, { state: 'done' });
		record.scored(7, 10);
		record.scored(7, 10);
		record.scored(8, 10);
		expect(verbs()).toEqual(['scored', 'scored']);
	});

	it('is silent where nobody keeps it', () => {
		const page = unit({}).record;
		expect(() => page.opened()).not.toThrow();
		const alone = new UnitRecord({
			page: () => ({ package: { id: 'p' }, unit: { id: 'u' }, contentLanguage: 'en' }) as unknown as UnitPage,
			progress: () => null,
			learner: () => null
		});
		expect(() => alone.opened()).not.toThrow();
	});
});
