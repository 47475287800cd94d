/** Whether an answer is right, and what of it: on the phone at once, and on the server again from the event. */
import * as v from 'valibot';
import { Id } from '../base/schema.ts';
import type { ItemKey } from './content.ts';

const Ids = v.pipe(v.array(Id), v.maxLength(40));

/** An answer, as an event carries it. The number of `numeric` is what `parseNumber` made of the typed text. */
export const ItemResponse = v.variant('kind', [
	v.strictObject({ kind: v.literal('single'), choice: Id }),
	v.strictObject({ kind: v.literal('multiple'), choices: Ids }),
	v.strictObject({ kind: v.literal('numeric'), value: v.pipe(v.number(), v.finite()) }),
	v.strictObject({ kind: v.literal('ordering'), order: Ids }),
	v.strictObject({
		kind: v.literal('matching'),
		pairs: v.pipe(
			v.record(Id, Id),
			v.check((pairs) => Object.keys(pairs).length <= 40)
		)
	})
]);
export type ItemResponse = v.InferOutput<typeof ItemResponse>;

/** `right`: chosen or placed as it should be; `wrong`: chosen or placed as it should not; `missed`: left out. */
export type Mark = 'right' | 'wrong' | 'missed';

export interface Score {
	/** False for an answer that this item cannot have got (another kind, ids that it does not have): a bug or a forgery. */
	fits: boolean;
	correct: boolean;
	/** By option (single, multiple), step (ordering) or left side (matching); empty for numeric. */
	marks: Record<string, Mark>;
}

/** Scores an answer: right only as a whole. */
export function score(key: ItemKey, response: ItemResponse): Score {
	if (!fits(key, response)) return { fits: false, correct: false, marks: {} };
	switch (response.kind) {
		case 'single':
			return marked(key as Of<'single'>, new Set([response.choice]));
		case 'multiple':
			return marked(key as Of<'multiple'>, new Set(response.choices));
		case 'numeric':
			return { fits: true, correct: isWithin(key as Of<'numeric'>, response.value), marks: {} };
		case 'ordering': {
			const { key: order } = key as Of<'ordering'>;
			return whole(order.map((step, index) => [step, response.order[index] === step ? 'right' : 'wrong']));
		}
		case 'matching': {
			const { key: pairs, left } = key as Of<'matching'>;
			return whole(left.map((each) => [each, markPair(pairs[each], response.pairs[each])]));
		}
	}
}

type Of<Kind extends ItemKey['kind']> = Extract<ItemKey, { kind: Kind }>;

function fits(key: ItemKey, response: ItemResponse): boolean {
	if (key.kind !== response.kind) return false;
	switch (response.kind) {
		case 'single':
			return (key as Of<'single'>).options.includes(response.choice);
		case 'multiple':
			return isSetOf(response.choices, (key as Of<'multiple'>).options);
		case 'numeric':
			return true;
		case 'ordering':
			return isSetOf(response.order, (key as Of<'ordering'>).key);
		case 'matching': {
			const { left, right } = key as Of<'matching'>;
			const { pairs } = response;
			return isSetOf(Object.keys(pairs), left) && Object.values(pairs).every((each) => right.includes(each));
		}
	}
}

const isSetOf = (ids: readonly string[], of: readonly string[]) =>
	new Set(ids).size === ids.length && ids.every((id) => of.includes(id));

function marked(key: Of<'single'> | Of<'multiple'>, chosen: ReadonlySet<string>): Score {
	const right = new Set(typeof key.key === 'string' ? [key.key] : key.key);
	return whole(
		key.options.flatMap((option): [string, Mark][] => {
			if (chosen.has(option)) return [[option, right.has(option) ? 'right' : 'wrong']];
			return right.has(option) ? [[option, 'missed']] : [];
		})
	);
}

function markPair(right: string | undefined, given: string | undefined): Mark {
	if (given === undefined) return 'missed';
	return given === right ? 'right' : 'wrong';
}

function whole(marks: [string, Mark][]): Score {
	return {
		fits: true,
		correct: marks.every(([, mark]) => mark === 'right'),
		marks: Object.fromEntries(marks)
	};
}

/** Within the tolerance, both ends in. A billionth is for binary fractions: 0.3 is within 0.1 of 0.2. */
function isWithin(key: Of<'numeric'>, value: number): boolean {
	const slack = 1e-9 * Math.max(1, Math.abs(key.value));
	return Math.abs(value - key.value) <= key.tolerance + slack;
}
