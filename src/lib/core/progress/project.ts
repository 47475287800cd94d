/**
 * Progress: a pure function of the set of events (SYN-20 to SYN-26). Order, duplicates and delay change nothing,
 * because every part of it is the greatest of what the events say, in some order that all devices share.
 */
import { compareTimes, type HybridTime } from './hybrid-time.ts';
import type { Event } from './event.ts';
import type { Mark } from './marks.ts';

/** When something happened and which event said so: no two events share it. */
export type Stamp = readonly [time: HybridTime, id: string];

/** The value that was said last. */
interface Latest<Value> {
	value: Value;
	stamp: Stamp;
}

/** How a whole try went. */
export interface Outcome {
	correct: number;
	of: number;
	passed: boolean;
}

/** All that the events of one unit come to. Plain data; `joinUnits` merges two of it. */
export interface UnitFacts {
	/** When it was first done, or null while it is not. */
	done: Stamp | null;
	/** The last thing done in it. */
	last: Stamp;
	block: Latest<number> | null;
	/** The largest share of it that was seen, 0 to 1. */
	share: number;
	steps: Record<string, Latest<boolean>>;
	best: Latest<Outcome> | null;
	latest: Latest<Outcome> | null;
	/** By item: whether the last answer was right. */
	answers: Record<string, Latest<boolean>>;
	/** The best that a simulation said, 0 to 1. */
	simulation: number | null;
	/** By place: the mark set there last, null when it was taken back. Units stored before there were marks lack it. */
	marks?: Record<string, Latest<MarkSaid | null>>;
}

/** A mark with the words beside it, and the language part that it is about. */
export interface MarkSaid {
	mark: Mark;
	words: string | null;
	language: string;
	part: string;
}

/** Facts of units, by package and unit. */
export type Facts = Record<string, Record<string, UnitFacts>>;

export const compareStamps = (one: Stamp, other: Stamp): number =>
	compareTimes(one[0], other[0]) || (one[1] < other[1] ? -1 : one[1] > other[1] ? 1 : 0);

/** Progress out of a set of events. */
export function project(events: Iterable<Event>): Facts {
	const facts: Facts = {};
	for (const event of events) {
		const units = own(facts, event.o.p) ?? (facts[event.o.p] = {});
		const before = own(units, event.o.u);
		const said = factsOf(event);
		units[event.o.u] = before ? joinUnits(before, said) : said;
	}
	return facts;
}

/** What one event says about its unit. */
function factsOf(event: Event): UnitFacts {
	const stamp: Stamp = [event.t, event.i];
	const facts: UnitFacts = {
		done: null,
		last: stamp,
		block: null,
		share: 0,
		steps: {},
		best: null,
		latest: null,
		answers: {},
		simulation: null
	};
	switch (event.v) {
		case 'initialized':
			return facts;
		case 'progressed': {
			const { b, f, s } = event.r;
			return {
				...facts,
				block: b === undefined ? null : { value: b, stamp },
				share: f ?? 0,
				steps: s ? { [s[0]]: { value: s[1], stamp } } : {}
			};
		}
		case 'answered':
			return { ...facts, answers: { [event.o.q]: { value: event.r.y, stamp } } };
		case 'completed':
			return { ...facts, done: stamp, share: 1 };
		case 'passed':
		case 'failed': {
			const passed = event.v === 'passed';
			const outcome = { value: { correct: event.r.n, of: event.r.m, passed }, stamp };
			return { ...facts, done: passed ? stamp : null, best: outcome, latest: outcome };
		}
		case 'commented': {
			const { k, m, x } = event.r;
			const said = m && { mark: m, words: x ?? null, language: event.c.l, part: event.c.d };
			return { ...facts, marks: { [k]: { value: said, stamp } } };
		}
		case 'scored':
			return { ...facts, simulation: event.r.m > 0 ? clamp(event.r.n / event.r.m) : 0 };
	}
}

/** Merges what two sets of events say about one unit: commutative, associative, and merging twice changes nothing. */
export function joinUnits(one: UnitFacts, other: UnitFacts): UnitFacts {
	return {
		done: first(one.done, other.done),
		last: compareStamps(one.last, other.last) >= 0 ? one.last : other.last,
		block: later(one.block, other.block),
		share: Math.max(one.share, other.share),
		steps: joinRecords(one.steps, other.steps),
		best: better(one.best, other.best),
		latest: later(one.latest, other.latest),
		answers: joinRecords(one.answers, other.answers),
		simulation:
			one.simulation === null || other.simulation === null
				? (one.simulation ?? other.simulation)
				: Math.max(one.simulation, other.simulation),
		...(one.marks || other.marks ? { marks: joinRecords(one.marks ?? {}, other.marks ?? {}) } : {})
	};
}

/** A value under a name that came from outside: `constructor` names nothing. */
export const own = <Value>(record: Record<string, Value>, key: string): Value | undefined =>
	Object.hasOwn(record, key) ? record[key] : undefined;

const clamp = (value: number) => Math.min(Math.max(value, 0), 1);

function first(one: Stamp | null, other: Stamp | null): Stamp | null {
	if (!one || !other) return one ?? other;
	return compareStamps(one, other) <= 0 ? one : other;
}

function later<Value>(one: Latest<Value> | null, other: Latest<Value> | null): Latest<Value> | null {
	if (!one || !other) return one ?? other;
	return compareStamps(one.stamp, other.stamp) >= 0 ? one : other;
}

/** Passed before not passed, then the larger share, then the earlier: a best score that stays where it was reached. */
function better(one: Latest<Outcome> | null, other: Latest<Outcome> | null): Latest<Outcome> | null {
	if (!one || !other) return one ?? other;
	const order =
		Number(one.value.passed) - Number(other.value.passed) ||
		one.value.correct * other.value.of - other.value.correct * one.value.of ||
		compareStamps(other.stamp, one.stamp);
	return order >= 0 ? one : other;
}

function joinRecords<Value>(
	one: Record<string, Latest<Value>>,
	other: Record<string, Latest<Value>>
): Record<string, Latest<Value>> {
	const joined = { ...one };
	for (const [key, value] of Object.entries(other)) joined[key] = later(own(one, key) ?? null, value)!;
	return joined;
}
