import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventSet } from '../../../../tests/factories/events.ts';
import type { Mark } from '../progress/marks.ts';
import { collect } from './collect.ts';
import { FEWEST, shareRight, summarise, type StandingMark } from './five.ts';

const sorted = (value: ReturnType<typeof collect>) =>
	[...value.marks, ...value.items].map((each) => JSON.stringify(each)).sort();

describe('what is copied out of a log', () => {
	it('FBK-2 is a function of the set of events: order and duplicates change nothing', () => {
		fc.assert(
			fc.property(
				eventSet.chain((events) =>
					fc.tuple(
						fc.constant(events),
						fc.shuffledSubarray(events, { minLength: events.length }),
						fc.subarray(events)
					)
				),
				([events, shuffled, again]) =>
					void expect(sorted(collect([...again, ...shuffled]))).toEqual(sorted(collect(events)))
			)
		);
	});
});

describe('the rule of five', () => {
	const mark = fc.record({
		unit: fc.constantFrom('one', 'two'),
		place: fc.constantFrom('b0', 'b1'),
		part: fc.constant('a'.repeat(64)),
		language: fc.constant('lo'),
		mark: fc.constantFrom<Mark>('unclear', 'wrong', 'thank-you'),
		words: fc.option(fc.constantFrom('Where?', 'No such tool here'))
	});

	it('FBK-20 gives no number below five, and no words where fewer marked', () => {
		fc.assert(
			fc.property(fc.array(mark, { maxLength: 40 }), (marks) => {
				for (const place of summarise(marks)) {
					const here = marks.filter((each) => each.unit === place.unit && each.place === place.place);
					if (here.length < FEWEST) {
						expect(place).toMatchObject({ marks: [], words: [] });
						continue;
					}
					for (const { mark: kind, learners } of place.marks) {
						const count = here.filter((each) => each.mark === kind).length;
						expect(learners).toBe(count < FEWEST ? null : count);
					}
				}
			})
		);
	});

	it('FBK-21 a place is shown for each version of its text apart', () => {
		const of = (part: string): StandingMark => ({
			...{ unit: 'one', place: 'b0', part, language: 'lo', mark: 'wrong', words: null }
		});
		const marks = [...Array(4).fill(of('a')), ...Array(6).fill(of('b'))] as StandingMark[];
		expect(summarise(marks).map((each) => each.marks)).toEqual([[], [{ mark: 'wrong', learners: 6 }]]);
	});

	it('FBK-22 gives the share of an item from five learners on', () => {
		const item = { unit: 'one', item: 'q1', right: 3 };
		expect(shareRight({ ...item, learners: 4 })).toBeNull();
		expect(shareRight({ ...item, learners: 5 })).toBeCloseTo(0.6);
	});
});
