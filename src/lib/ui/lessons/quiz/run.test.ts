import { describe, expect, it } from 'vitest';
import { attemptResult, giveAnswer, type Quiz } from '../../../core/lessons/assessment.ts';
import type { UnitPage } from '../../../core/lessons/unit-page.ts';
import { beginAttempt, isChecked, quizOf, toReadAgain } from './run.ts';

const key = (id: string, unit?: string) => ({
	id,
	kind: 'single' as const,
	options: ['a', 'b'],
	key: 'b',
	...(unit ? { unit } : {})
});
const words = { prompt: '?', options: { a: 'A', b: 'B' } };
const page = {
	sharedPart: 'f'.repeat(64),
	languagePart: 'e'.repeat(64),
	unit: { id: 'final' },
	quiz: {
		rule: { shuffle: false, draw: 2, passPercent: 50 },
		items: [key('q1', 'survey'), key('q2'), key('q3', 'survey')].map((each) => ({ key: each, words }))
	}
} as unknown as UnitPage;
const ID = '01890a5d-ac96-774b-bcce-b302099a8057';

describe('a run through questions', () => {
	it('draws from the pool, but asks all that are to be practised again', () => {
		expect(beginAttempt(page, quizOf(page, null), null, () => ID).items).toHaveLength(2);
		const again = beginAttempt(page, quizOf(page, ['q1', 'q2', 'q3', 'gone']), null, () => ID);
		expect(again.items).toEqual(['q1', 'q2', 'q3']);
	});

	it('goes on with a kept try under the keys of today', () => {
		const quiz = quizOf(page, null);
		const kept = { ...beginAttempt(page, quiz, null, () => ID), sharedPart: '0'.repeat(64), position: 1 };
		const resumed = beginAttempt(page, quiz, kept, () => 'new');
		expect(resumed).toMatchObject({ id: ID, position: 1, sharedPart: page.sharedPart });
		const gone = { ...kept, items: ['removed'] };
		expect(beginAttempt(page, quiz, gone, () => ID).items).toHaveLength(2);
	});

	it('shows marks at once, and in an assessment not before the end', () => {
		const attempt = giveAnswer(
			beginAttempt(page, quizOf(page, ['q1']), null, () => ID),
			'q1',
			{
				kind: 'single',
				choice: 'a'
			}
		);
		expect(isChecked('practice', attempt, 'q1')).toBe(true);
		expect(isChecked('assessment', attempt, 'q1')).toBe(false);
	});

	it('names the units to read again, with what was wrong in each', () => {
		const quiz: Quiz = quizOf(page, ['q1', 'q2', 'q3']);
		let attempt = beginAttempt(page, quiz, null, () => ID);
		attempt = giveAnswer(attempt, 'q1', { kind: 'single', choice: 'b' });
		attempt = giveAnswer(attempt, 'q2', { kind: 'single', choice: 'b' });
		const result = attemptResult(quiz, attempt);
		expect(toReadAgain(quiz, result, attempt.items, 'final')).toEqual([{ unit: 'survey', wrong: 1, of: 2 }]);
	});
});
