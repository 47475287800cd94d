/**
 * An event: one thing that a learner did, immutable (SYN-1 to SYN-9). xAPI's actor, verb, object, result, context in
 * short names, because events are most of what a phone sends. No account, device or sequence stands in it: those are
 * the push's, so that the same bytes can be claimed, renumbered and sent again without being rewritten.
 */
import * as v from 'valibot';
import { UUID_PATTERN } from '../base/ids.ts';
import { utf8 } from '../base/hash.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { Digest, Id, LanguageTag } from '../base/schema.ts';
import { ItemResponse } from '../lessons/scoring.ts';
import { MARKS, MAX_MARK_WORDS } from './marks.ts';
import { EARLIEST, LATEST, MAX_COUNT } from './hybrid-time.ts';

/** The most bytes of one event: a try at 60 items, each answered by an order of 40 steps, would be 100 KB; real ones are 2. */
export const MAX_EVENT_BYTES = 16 * 1024;

/** Counted up with every verb or field that is added here: a phone that met what it could not read reads it again. */
export const EVENT_VERSION = 2;

const Uuid = v.pipe(v.string(), v.regex(UUID_PATTERN));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const count = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max));
const finite = v.pipe(v.number(), v.finite(), v.minValue(-1e9), v.maxValue(1e9));

const unit = v.strictObject({ p: Id, u: Id });
const item = v.strictObject({ p: Id, u: Id, q: Id });
/** Language that was read. */
const read = v.strictObject({ l: LanguageTag });
/** Also SHA-256 of the shared part whose keys scored it, and the try it belongs to. */
const tried = v.strictObject({ l: LanguageTag, d: Digest, a: Uuid });
const outcome = v.strictObject({
	n: count(500),
	m: v.pipe(count(500), v.minValue(1)),
	a: v.record(Id, ItemResponse)
});

/** A place in a unit: a block of its text by number, a step or an item by id. */
const MarkPlace = v.pipe(v.string(), v.regex(/^(?:b\d{1,5}|(?:step|item):[a-z0-9][a-z0-9-]{0,63})$/));

const HybridTime = v.strictTuple([v.pipe(count(LATEST), v.minValue(EARLIEST)), count(MAX_COUNT)]);
const head = { i: Uuid, t: HybridTime };

/** An event as it is stored and sent. */
export const Event = v.variant('v', [
	v.strictObject({ ...head, v: v.literal('initialized'), o: unit, c: read }),
	v.strictObject({
		...head,
		v: v.literal('progressed'),
		o: unit,
		/** Block in view, share of the unit that was seen, step of a practice guide and whether it is done. */
		r: v.strictObject({
			b: v.optional(count(10_000)),
			f: v.optional(share),
			s: v.optional(v.strictTuple([Id, v.boolean()]))
		}),
		c: read
	}),
	/** One answer: what was given, whether it was right. */
	v.strictObject({
		...head,
		v: v.literal('answered'),
		o: item,
		r: v.strictObject({ a: ItemResponse, y: v.boolean() }),
		c: tried
	}),
	v.strictObject({ ...head, v: v.literal('completed'), o: unit, c: read }),
	/** A whole try: right answers, items, and every answer, so that it can be scored again by itself. */
	v.strictObject({ ...head, v: v.literal('passed'), o: unit, r: outcome, c: tried }),
	v.strictObject({ ...head, v: v.literal('failed'), o: unit, r: outcome, c: tried }),
	/** A mark at a place of the text in a language (`d`: SHA-256 of that part); null takes it back (FBK-1). */
	v.strictObject({
		...head,
		v: v.literal('commented'),
		o: unit,
		r: v.strictObject({
			k: MarkPlace,
			m: v.nullable(v.picklist(MARKS)),
			x: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_MARK_WORDS)))
		}),
		c: v.strictObject({ l: LanguageTag, d: Digest })
	}),
	/** What a simulation said. Nobody can score it again, so it proves nothing. */
	v.strictObject({
		...head,
		v: v.literal('scored'),
		o: unit,
		r: v.strictObject({ n: finite, m: finite }),
		c: read
	})
]);
export type Event = v.InferOutput<typeof Event>;
export type Verb = Event['v'];

type WithoutHead<Each> = Each extends Event ? Omit<Each, 'i' | 't'> : never;
/** An event before it has an id and a time. */
export type Happening = WithoutHead<Event>;

export const EVENT_FAULTS = ['progress/bad-event', 'progress/event-too-large'] as const;
export type EventFault = (typeof EVENT_FAULTS)[number];

/** The bytes of an event, as text: what is chained, sent and kept. Made once; never made again from the parsed form. */
export function writeEvent(event: Event): Result<string, { code: EventFault }> {
	const parsed = v.safeParse(Event, event, { abortEarly: true });
	if (!parsed.success) return fail('progress/bad-event');
	const text = JSON.stringify(parsed.output);
	return utf8(text).length > MAX_EVENT_BYTES ? fail('progress/event-too-large') : ok(text);
}

/** Reads an event that came from anywhere. */
export function readEvent(text: string): Result<Event, { code: EventFault }> {
	// A character is one byte at least, so what is too long as text is too long as bytes.
	if (text.length > MAX_EVENT_BYTES || utf8(text).length > MAX_EVENT_BYTES) {
		return fail('progress/event-too-large');
	}
	try {
		const parsed = v.safeParse(Event, JSON.parse(text), { abortEarly: true });
		return parsed.success ? ok(parsed.output) : fail('progress/bad-event');
	} catch {
		return fail('progress/bad-event');
	}
}
