import { describe, expect, it } from 'vitest';
import faults from '../../../../locales/en/faults.json';
import { ACCOUNT_FAULTS } from '../identity/faults.ts';
import type { Quiz } from '../lessons/assessment.ts';
import type { ItemResponse } from '../lessons/scoring.ts';
import { partOf, SCORE_FAULTS, scoreFault } from './check.ts';
import { EVENT_FAULTS, type Event } from './event.ts';
import { EARLIEST } from './hybrid-time.ts';

const quiz: Quiz = {
	shuffle: true,
	draw: 3,
	passPercent: 60,
	items: [
		{ id: 'q1', kind: 'single', options: ['a', 'b'], key: 'b' },
		{ id: 'q2', kind: 'multiple', options: ['a', 'b', 'c'], key: ['a', 'c'] },
		{ id: 'q3', kind: 'numeric', value: 40.5, tolerance: 0.5, symbol: 'V' },
		{ id: 'q4', kind: 'ordering', key: ['isolate', 'lock', 'prove-dead'] },
		{ id: 'q5', kind: 'matching', left: ['voc'], right: ['volt', 'ampere'], key: { voc: 'volt' } }
	]
};
const right: Record<string, ItemResponse> = {
	q1: { kind: 'single', choice: 'b' },
	q2: { kind: 'multiple', choices: ['c', 'a'] },
	q3: { kind: 'numeric', value: 41 },
	q4: { kind: 'ordering', order: ['isolate', 'lock', 'prove-dead'] },
	q5: { kind: 'matching', pairs: { voc: 'volt' } }
};
const wrong: ItemResponse = { kind: 'single', choice: 'a' };
const id = '019ab000-0000-7000-8000-000000000000';
const head = { i: id, t: [EARLIEST, 0] as [number, number], c: { l: 'th', d: 'a'.repeat(64), a: id } };
const of = { package: 'solar', quiz };

const answered = (q: string, a: ItemResponse, y: boolean, p = 'solar'): Event => ({
	...head,
	v: 'answered',
	o: { p, u: 'final', q },
	r: { a, y }
});
const tried = (v: 'passed' | 'failed', n: number, m: number, a: Record<string, ItemResponse>): Event => ({
	...head,
	v,
	o: { p: 'solar', u: 'final' },
	r: { n, m, a }
});
const { q1, q2, q3, q4 } = right as Record<'q1' | 'q2' | 'q3' | 'q4', ItemResponse>;

describe('a score that the answers give', () => {
	it.each(Object.entries(right))('SYN-41 %s', (q, response) => {
		expect(scoreFault(answered(q, response, true), of)).toBeNull();
		expect(scoreFault(answered(q, response, false), of)).toBe('progress/score-not-given');
	});

	it('SYN-41 of a whole try, passed or not, all answered or not', () => {
		expect(scoreFault(tried('passed', 3, 3, { q1, q2, q3 }), of)).toBeNull();
		expect(scoreFault(tried('passed', 2, 3, { q1: wrong, q2, q4 }), of)).toBeNull();
		expect(scoreFault(tried('failed', 1, 3, { q1: wrong, q2 }), of)).toBeNull();
		expect(scoreFault(tried('failed', 0, 3, {}), of)).toBeNull();
	});
});

describe('SYN-42 a score that they do not give', () => {
	it.each([
		['one more than is right', tried('passed', 3, 3, { q1: wrong, q2, q3 })],
		['one less', tried('failed', 1, 3, { q1, q2 })],
		['failed, where it is passed', tried('failed', 3, 3, { q1, q2, q3 })],
		['passed with an item left out', tried('passed', 2, 3, { q1, q2 })],
		['a shorter test', tried('passed', 2, 2, { q1, q2 })],
		['a longer test', tried('passed', 4, 4, { q1, q2, q3, q4 })]
	])('%s', (_, event) => expect(scoreFault(event, of)).toBe('progress/score-not-given'));

	it.each([
		['an item that is none', answered('q9', q1, true)],
		['another kind of answer', answered('q1', q3, true)],
		['an option that is none', answered('q1', { kind: 'single', choice: 'z' }, false)],
		['another package', answered('q1', q1, true, 'other')],
		['more answers than items', tried('passed', 3, 2, { q1, q2, q3 })],
		['an answer that does not fit, in a try', tried('passed', 3, 3, { q1, q2, q3: q1 })],
		['a name of JavaScript', tried('passed', 3, 3, { q1, q2, constructor: q1 })]
	])('or answers to what was not asked: %s', (_, event) =>
		expect(scoreFault(event, of)).toBe('progress/answer-unfit')
	);

	it('a unit without a quiz has no answers', () => {
		expect(scoreFault(answered('q1', q1, true), { package: 'solar', quiz: null })).toBe(
			'progress/answer-unfit'
		);
	});
});

it('SYN-5 only what has a score needs the keys of a part', () => {
	expect(partOf(answered('q1', q1, true))).toBe('a'.repeat(64));
	expect(
		partOf({ i: id, t: head.t, v: 'completed', o: { p: 'solar', u: 'one' }, c: { l: 'th' } })
	).toBeNull();
});

it('every code has one sentence', () => {
	for (const code of [...SCORE_FAULTS, ...EVENT_FAULTS, ...ACCOUNT_FAULTS, 'progress/device-forked']) {
		expect(faults).toHaveProperty([code]);
	}
});
