/** An answer while it is being given: kept on every change, so that no reload and no change of language loses it. */
import * as v from 'valibot';
import { Id } from '../../../core/base/schema.ts';
import type { ItemKey } from '../../../core/lessons/content.ts';
import { parseNumber } from '../../../core/lessons/number.ts';
import type { ItemResponse } from '../../../core/lessons/scoring.ts';

const few = v.pipe(v.array(Id), v.maxLength(40));

export const Draft = v.strictObject({
	item: Id,
	/** Chosen options (single, multiple), or steps in the order given (ordering). */
	ids: few,
	/** What was typed (numeric). */
	typed: v.pipe(v.string(), v.maxLength(40)),
	/** Left to right (matching). */
	pairs: v.record(Id, Id),
	/** Whether the person has touched it: an ordering as it was shown is no answer yet. */
	touched: v.boolean()
});
export type Draft = v.InferOutput<typeof Draft>;

/** An untouched draft. `order` is how the item's options are shown (`optionOrder`). */
export const emptyDraft = (item: ItemKey, order: readonly string[]): Draft => ({
	item: item.id,
	ids: item.kind === 'ordering' ? [...order] : [],
	typed: '',
	pairs: {},
	touched: false
});

/** The draft that an answer was, to show it again. `number` writes a number in the person's own way. */
export function draftOf(item: ItemKey, response: ItemResponse, number: (value: number) => string): Draft {
	const draft = { ...emptyDraft(item, []), touched: true };
	switch (response.kind) {
		case 'single':
			return { ...draft, ids: [response.choice] };
		case 'multiple':
			return { ...draft, ids: [...response.choices] };
		case 'numeric':
			return { ...draft, typed: number(response.value) };
		case 'ordering':
			return { ...draft, ids: [...response.order] };
		case 'matching':
			return { ...draft, pairs: { ...response.pairs } };
	}
}

/** The answer that a draft comes to, or null while it is none. Typed numbers are read in `language`. */
export function responseOf(item: ItemKey, draft: Draft, language: string): ItemResponse | null {
	switch (item.kind) {
		case 'single': {
			const [choice] = draft.ids;
			return choice === undefined ? null : { kind: 'single', choice };
		}
		case 'multiple':
			return draft.ids.length === 0 ? null : { kind: 'multiple', choices: [...draft.ids] };
		case 'numeric': {
			const value = parseNumber(draft.typed, language, item.symbol);
			return value === null ? null : { kind: 'numeric', value };
		}
		case 'ordering':
			return draft.touched ? { kind: 'ordering', order: [...draft.ids] } : null;
		case 'matching': {
			const whole = item.left.every((left) => draft.pairs[left] !== undefined);
			return whole ? { kind: 'matching', pairs: { ...draft.pairs } } : null;
		}
	}
}

/** The draft with an option chosen, or no more (multiple). */
export function chosen(draft: Draft, option: string, on: boolean, many: boolean): Draft {
	const others = many ? draft.ids.filter((id) => id !== option) : [];
	return { ...draft, ids: on ? [...others, option] : others, touched: true };
}

/** The draft with a step moved up (-1) or down (1), held to the list. */
export function moved(draft: Draft, step: string, by: -1 | 1): Draft {
	const from = draft.ids.indexOf(step);
	const to = from + by;
	if (from < 0 || to < 0 || to >= draft.ids.length) return { ...draft, touched: true };
	const ids = [...draft.ids];
	[ids[from], ids[to]] = [ids[to]!, ids[from]!];
	return { ...draft, ids, touched: true };
}
