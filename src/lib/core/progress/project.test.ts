import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventSet } from '../../../../tests/factories/events.ts';
import type { Event, Happening } from './event.ts';
import { EARLIEST } from './hybrid-time.ts';
import { joinUnits, project, type Facts } from './project.ts';

describe('progress is a function of the set of events', () => {
	it('SYN-20 their order changes nothing', () => {
		fc.assert(
			fc.property(
				eventSet.chain((events) =>
					fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length }))
				),
				([events, shuffled]) => void expect(project(shuffled)).toEqual(project(events))
			)
		);
	});

	it('SYN-21 what comes twice changes nothing', () => {
		fc.assert(
			fc.property(
				eventSet.chain((events) => fc.tuple(fc.constant(events), fc.subarray(events))),
				([events, again]) => void expect(project([...again, ...events, ...again])).toEqual(project(events))
			)
		);
	});

	it('SYN-22 two parts of it joined are the whole, however it is cut', () => {
		fc.assert(
			fc.property(eventSet, fc.nat(), fc.nat(), (events, one, other) => {
				const from = events.length ? one % events.length : 0;
				const to = events.length ? other % events.length : 0;
				// The two parts may overlap, and may leave nothing out.
				const parts = [events.slice(0, Math.max(from, to)), events.slice(Math.min(from, to))];
				expect(joinFacts(project(parts[0]!), project(parts[1]!))).toEqual(project(events));
			})
		);
	});
});

function joinFacts(one: Facts, other: Facts): Facts {
	const joined = structuredClone(one);
	for (const [id, units] of Object.entries(other)) {
		for (const [unit, facts] of Object.entries(units)) {
			const before = joined[id]?.[unit];
			joined[id] = { ...joined[id], [unit]: before ? joinUnits(before, facts) : facts };
		}
	}
	return joined;
}

const o = { p: 'solar', u: 'final' };
const c = { l: 'th', d: 'a'.repeat(64), a: '019ab000-0000-7000-8000-00000000000f' };
const at = (n: number, happening: Happening): Event =>
	({ i: `019ab000-0000-7000-8000-00000000000${n}`, t: [EARLIEST + n, 0], ...happening }) as Event;
const tried = (n: number, v: 'passed' | 'failed', right: number): Event =>
	at(n, { v, o, r: { n: right, m: 10, a: {} }, c });
const final = (...events: Event[]) => project(events)['solar']!['final']!;

it('SYN-23 the best score stays, the last one is known too, and a pass stays a pass', () => {
	const facts = final(tried(1, 'failed', 5), tried(2, 'passed', 8), tried(3, 'failed', 2));
	expect(facts.best!.value).toEqual({ correct: 8, of: 10, passed: true });
	expect(facts.latest!.value).toEqual({ correct: 2, of: 10, passed: false });
	expect(facts.done).not.toBeNull();
});

it('SYN-24 an item is wrong until it is answered right', () => {
	const answer = (n: number, y: boolean) =>
		at(n, { v: 'answered', o: { ...o, q: 'q1' }, r: { a: { kind: 'single', choice: 'a' }, y }, c });
	expect(final(answer(1, false)).answers['q1']!.value).toBe(false);
	expect(final(answer(2, true), answer(1, false)).answers['q1']!.value).toBe(true);
});

it('SYN-25 the last place and each step are as they were said last', () => {
	const say = (n: number, r: Extract<Event, { v: 'progressed' }>['r']) =>
		at(n, { v: 'progressed', o, r, c: { l: 'th' } });
	const facts = final(
		say(3, { b: 2 }),
		say(1, { b: 9, f: 0.5 }),
		say(2, { s: ['a', true] }),
		say(4, { s: ['a', false] })
	);
	expect(facts.block!.value).toBe(2);
	expect(facts.share).toBe(0.5);
	expect(facts.steps['a']!.value).toBe(false);
});

it('FBK-2 the mark set last at a place stands, and can be taken back', () => {
	const mark = (n: number, k: string, m: 'unclear' | 'wrong' | null, x?: string) =>
		at(n, { v: 'commented', o, r: { k, m, ...(x ? { x } : {}) }, c: { l: 'th', d: c.d } });
	const facts = final(
		mark(4, 'b1', null),
		mark(3, 'b0', 'wrong', 'Not 24 V here'),
		mark(1, 'b0', 'unclear'),
		mark(2, 'b1', 'wrong')
	);
	expect(facts.marks!['b0']!.value).toEqual({
		mark: 'wrong',
		words: 'Not 24 V here',
		language: 'th',
		part: c.d
	});
	expect(facts.marks!['b1']!.value).toBeNull();
});

it('SYN-26 names that mean something to JavaScript are names like any other', () => {
	const odd = { p: 'constructor', u: 'constructor' };
	const facts = project([at(1, { v: 'completed', o: odd, c: { l: 'th' } })]);
	expect(facts['constructor']!['constructor']!.done).not.toBeNull();
});
