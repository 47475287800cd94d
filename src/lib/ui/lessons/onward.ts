/** What a unit still asks of its reader, and when it counts as done. */
import type { UnitPage } from '../../core/lessons/unit-page.ts';
import type { UnitProgress } from '../../core/progress/view.ts';

/** The one thing that the page's main button does. */
export type Onward = 'simulation' | 'quiz' | 'next' | 'end';

type Parts = Pick<UnitPage, 'practice' | 'simulation' | 'quiz' | 'mainVideo' | 'next'>;

/**
 * What comes after what was done so far: simulation, questions, the next unit; `end` after the last. A simulation that
 * hung (`hung`) is not offered first again: its words stand in the text.
 */
export function onward(
	page: Parts,
	progress: Pick<UnitProgress, 'state' | 'best'> | null,
	hung = false
): Onward {
	const done = progress?.state === 'done';
	const passed = progress?.best?.passed === true;
	if (page.simulation && !done && !hung) return 'simulation';
	if (page.quiz && !passed) return 'quiz';
	return page.next ? 'next' : 'end';
}

/**
 * Whether a deed makes the unit done. A text with questions is done by passing them, which its try records by itself;
 * a guide by its last step, a simulation by its score, a text alone by being read, and anything by its own button.
 */
export function completes(page: Parts, deed: 'read' | 'steps' | 'score' | 'asked'): boolean {
	switch (deed) {
		case 'read':
			return !page.quiz && !page.practice && !page.simulation && page.mainVideo === null;
		case 'steps':
			return page.practice !== null;
		case 'score':
			return page.simulation !== null;
		case 'asked':
			return !page.quiz && !page.practice;
	}
}
