/**
 * How one run through questions goes, as plain steps. `practice`: each answer is checked at once, with reasons.
 * `assessment`: answers can be changed until the end, the result comes then. `again`: a few items answered wrong
 * before, checked at once, which pass or fail nothing.
 */
import {
	resumeAttempt,
	startAttempt,
	type Attempt,
	type AttemptResult,
	type Quiz
} from '../../../core/lessons/assessment.ts';
import type { ItemKey, ItemWords } from '../../../core/lessons/content.ts';
import type { UnitPage } from '../../../core/lessons/unit-page.ts';

export type Mode = 'practice' | 'assessment' | 'again';

export interface QuizItem {
	key: ItemKey;
	words: ItemWords;
}

/** The pool and its rule out of a page; for `again` only the items asked for, all of them, in their own order. */
export function quizOf(page: UnitPage, only: readonly string[] | null): Quiz {
	const { rule, items } = page.quiz!;
	const keys = items.map((each) => each.key);
	if (!only) return { ...rule, items: keys };
	return {
		shuffle: rule.shuffle,
		passPercent: rule.passPercent,
		items: keys.filter((key) => only.includes(key.id))
	};
}

/** A kept try as it goes on under the keys that the page has now, or a new one. */
export function beginAttempt(page: UnitPage, quiz: Quiz, kept: Attempt | null, newId: () => string): Attempt {
	const resumed = kept && resumeAttempt(kept, quiz);
	if (resumed) return { ...resumed, sharedPart: page.sharedPart };
	return startAttempt(quiz, page.unit.id, page.sharedPart, newId());
}

/** Whether the item in view has been checked: its marks and reasons are shown, and it can no longer be changed. */
export const isChecked = (mode: Mode, attempt: Attempt, item: string): boolean =>
	mode !== 'assessment' && Object.hasOwn(attempt.answers, item);

export const isAtEnd = (attempt: Attempt): boolean => attempt.position >= attempt.items.length;

/** Items of a try that were answered wrong or not at all, by the unit that they assess. */
export function toReadAgain(
	quiz: Quiz,
	result: AttemptResult,
	items: readonly string[],
	unit: string
): { unit: string; wrong: number; of: number }[] {
	const byUnit = new Map<string, { wrong: number; of: number }>();
	for (const key of quiz.items) {
		if (!items.includes(key.id)) continue;
		const about = key.unit ?? unit;
		const so = byUnit.get(about) ?? { wrong: 0, of: 0 };
		const right = result.scores[key.id]?.correct === true;
		byUnit.set(about, { wrong: so.wrong + (right ? 0 : 1), of: so.of + 1 });
	}
	return [...byUnit].flatMap(([about, so]) => (so.wrong > 0 ? [{ unit: about, ...so }] : []));
}
