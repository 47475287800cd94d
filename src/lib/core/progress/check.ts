/**
 * Whether an event's score is what its answers give (SYN-40 to SYN-44), by the keys of the part that it names. The
 * verdict depends on the event and the package alone, never on other events, so it is the same whenever it is asked.
 */
import type { Event } from './event.ts';
import { attemptResult, type Quiz } from '../lessons/assessment.ts';
import { score } from '../lessons/scoring.ts';
import { own } from './project.ts';

export const SCORE_FAULTS = ['progress/score-not-given', 'progress/answer-unfit'] as const;
export type ScoreFault = (typeof SCORE_FAULTS)[number];

/** What a shared part says of a unit: which package it is of, and the unit's quiz, if it has one. */
export interface UnitQuiz {
	package: string;
	quiz: Quiz | null;
}

/** The digest of the part whose keys are needed to check this event, or null for an event that has no score. */
export const partOf = (event: Event): string | null =>
	event.v === 'answered' || event.v === 'passed' || event.v === 'failed' ? event.c.d : null;

/** Null: the score is right. `answer-unfit`: answers to what was not asked; `score-not-given`: another score. */
export function scoreFault(event: Event, { package: id, quiz }: UnitQuiz): ScoreFault | null {
	if (partOf(event) === null) return null;
	if (event.o.p !== id || !quiz) return 'progress/answer-unfit';
	if (event.v === 'answered') {
		const item = quiz.items.find((each) => each.id === event.o.q);
		const marked = item && score(item, event.r.a);
		if (!marked?.fits) return 'progress/answer-unfit';
		return marked.correct === event.r.y ? null : 'progress/score-not-given';
	}
	if (event.v === 'passed' || event.v === 'failed') {
		const pool = new Map(quiz.items.map((item) => [item.id, item]));
		const answered = Object.keys(event.r.a);
		const fits = answered.every((id) => {
			const item = pool.get(id);
			return item !== undefined && score(item, own(event.r.a, id)!).fits;
		});
		if (!fits || answered.length > event.r.m) return 'progress/answer-unfit';
		// A try shows as many items as the quiz draws; fewer would be an easier test.
		if (event.r.m !== Math.min(quiz.draw ?? pool.size, pool.size)) return 'progress/score-not-given';
		const result = attemptResult(quiz, { items: answered, answers: event.r.a });
		const passed = answered.length === event.r.m && result.passed;
		const right = result.correct === event.r.n && passed === (event.v === 'passed');
		return right ? null : 'progress/score-not-given';
	}
	return null;
}
