/**
 * One try at a quiz. All chance in it comes from its id, and nothing in it is in any language: a change of language
 * keeps the items, their order, the answers and the place (docs/spec/package.md, PKG-70 to PKG-74).
 */
import * as v from 'valibot';
import { Digest, Id } from '../base/schema.ts';
import type { ItemKey, QuizKey } from './content.ts';
import { shuffled } from './draw.ts';
import { ItemResponse, score, type Score } from './scoring.ts';

/** A try as it is kept on the device. Plain data: change it only by the functions here. */
export const Attempt = v.strictObject({
	/** UUIDv7, the seed of all chance in the try. */
	id: v.pipe(v.string(), v.maxLength(64)),
	unit: Id,
	/** SHA-256 of the shared part that the answer keys are from. */
	sharedPart: Digest,
	/** Ids of the items drawn, in the order shown. */
	items: v.pipe(v.array(Id), v.maxLength(500)),
	answers: v.record(Id, ItemResponse),
	/** Index into `items` of the one in view; `items.length` is the result. */
	position: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(500))
});
export type Attempt = v.InferOutput<typeof Attempt>;

/** What a try came to. */
export interface AttemptResult {
	answered: number;
	correct: number;
	of: number;
	/** 0-100, rounded down: 79.9 does not pass at 80. */
	percent: number;
	/** Only a try with every item answered can pass. */
	passed: boolean;
	/** By item, those answered. */
	scores: Record<string, Score>;
}

/** The pool and its rule, as a unit's keys or its page have it. */
export type Quiz = Pick<QuizKey, 'shuffle' | 'draw' | 'passPercent'> & { items: readonly ItemKey[] };

/** Starts a try: draws the items that it shows. `id` is a fresh UUIDv7. */
export function startAttempt(quiz: Quiz, unit: string, sharedPart: string, id: string): Attempt {
	const pool = quiz.items.map((item) => item.id);
	const drawn = shuffled(pool, `${id}/items`).slice(0, quiz.draw ?? pool.length);
	const items = quiz.shuffle ? drawn : pool.filter((item) => drawn.includes(item));
	return { id, unit, sharedPart, items, answers: {}, position: 0 };
}

/**
 * The order in which an item's options are shown: of `single` and `multiple` shuffled where the quiz says so; steps
 * of `ordering` and right sides of `matching` always, because their own order gives the answer away.
 */
export function optionOrder(quiz: Pick<Quiz, 'shuffle'>, item: ItemKey, attempt: string): string[] {
	const seed = `${attempt}/${item.id}`;
	switch (item.kind) {
		case 'single':
		case 'multiple':
			return quiz.shuffle ? shuffled(item.options, seed) : [...item.options];
		case 'matching':
			return shuffled(item.right, seed);
		case 'ordering': {
			const order = shuffled(item.key, seed);
			const solved = order.every((step, index) => step === item.key[index]);
			return solved ? [...order.slice(1), ...order.slice(0, 1)] : order;
		}
		case 'numeric':
			return [];
	}
}

/** The try with an answer given; an answer to an item that it does not show changes nothing. */
export function giveAnswer(attempt: Attempt, item: string, response: ItemResponse): Attempt {
	if (!attempt.items.includes(item)) return attempt;
	return { ...attempt, answers: { ...attempt.answers, [item]: response } };
}

/** The try with another item in view, held to what there is. */
export function moveTo(attempt: Attempt, position: number): Attempt {
	return { ...attempt, position: Math.min(Math.max(0, Math.trunc(position)), attempt.items.length) };
}

/**
 * The try with items and answers that the quiz still has, for when the package was updated under it. Null when
 * nothing of it is left: start anew.
 */
export function resumeAttempt(attempt: Attempt, quiz: Quiz): Attempt | null {
	const byId = new Map(quiz.items.map((item) => [item.id, item]));
	const items = attempt.items.filter((id) => byId.has(id));
	if (items.length === 0) return null;
	const answers = Object.entries(attempt.answers).filter(([id, response]) => {
		const item = items.includes(id) ? byId.get(id) : undefined;
		return item !== undefined && score(item, response).fits;
	});
	return moveTo({ ...attempt, items, answers: Object.fromEntries(answers) }, attempt.position);
}

/** Scores what has been answered so far. The same on the phone and, from the events, on the server. */
export function attemptResult(quiz: Quiz, attempt: Pick<Attempt, 'items' | 'answers'>): AttemptResult {
	const byId = new Map(quiz.items.map((item) => [item.id, item]));
	const scores: Record<string, Score> = {};
	for (const id of attempt.items) {
		const item = byId.get(id);
		const response = Object.hasOwn(attempt.answers, id) ? attempt.answers[id] : undefined;
		if (item && response) scores[id] = score(item, response);
	}
	const all = Object.values(scores);
	const correct = all.filter((each) => each.correct).length;
	const of = attempt.items.length;
	const share = of === 0 ? 0 : (correct * 100) / of;
	const percent = Math.floor(share);
	return {
		answered: all.length,
		correct,
		of,
		percent,
		passed: all.length === of && of > 0 && share >= quiz.passPercent,
		scores
	};
}
