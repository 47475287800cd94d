/** Events of every kind, made by chance: few packages, units and items, so that they meet. */
import fc from 'fast-check';
import type { Event } from '../../src/lib/core/progress/event.ts';
import { EARLIEST } from '../../src/lib/core/progress/hybrid-time.ts';

const hex = (length: number) =>
	fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const uuid = hex(12).map((end) => `019ab000-0000-7000-8000-${end}`);
const some = (prefix: string, count: number) =>
	fc.integer({ min: 0, max: count - 1 }).map((n) => `${prefix}-${n}`);
const unit = fc.record({ p: some('package', 2), u: some('unit', 3) });
const time = fc.tuple(fc.integer({ min: EARLIEST, max: EARLIEST + 20 }), fc.integer({ min: 0, max: 2 }));
const head = { i: uuid, t: time, o: unit };
const read = fc.constant({ l: 'th' });
const tried = uuid.map((a) => ({ l: 'th', d: 'a'.repeat(64), a }));
const tryOf = (v: 'passed' | 'failed') =>
	fc.record({
		...head,
		v: fc.constant(v),
		r: fc.record({
			n: fc.integer({ min: 0, max: 4 }),
			m: fc.integer({ min: 4, max: 5 }),
			a: fc.constant({})
		}),
		c: tried
	});

export const anyEvent: fc.Arbitrary<Event> = fc.oneof(
	fc.record({ ...head, v: fc.constant('initialized' as const), c: read }),
	fc.record({ ...head, v: fc.constant('completed' as const), c: read }),
	fc.record({
		...head,
		v: fc.constant('progressed' as const),
		r: fc.oneof(
			fc.record({ b: fc.integer({ min: 0, max: 30 }), f: fc.constantFrom(0, 0.25, 1) }),
			fc.record({ s: fc.tuple(some('step', 2), fc.boolean()) })
		),
		c: read
	}),
	fc.record({
		...head,
		o: fc.tuple(unit, some('item', 3)).map(([of, q]) => ({ ...of, q })),
		v: fc.constant('answered' as const),
		r: fc.record({ a: fc.constant({ kind: 'single' as const, choice: 'a' }), y: fc.boolean() }),
		c: tried
	}),
	tryOf('passed'),
	tryOf('failed'),
	fc.record({
		...head,
		v: fc.constant('commented' as const),
		r: fc.record({
			k: fc.constantFrom('b0', 'b1', 'step:look', 'item:q1'),
			m: fc.constantFrom('unclear' as const, 'wrong' as const, 'thank-you' as const, null)
		}),
		c: fc.constant({ l: 'th', d: 'b'.repeat(64) })
	}),
	fc.record({
		...head,
		v: fc.constant('scored' as const),
		r: fc.record({ n: fc.integer({ min: -2, max: 12 }), m: fc.integer({ min: 0, max: 10 }) }),
		c: read
	})
);

/** Events with ids of their own, as every log has them. */
export const eventSet = fc.uniqueArray(anyEvent, { selector: (event) => event.i, maxLength: 40 });
