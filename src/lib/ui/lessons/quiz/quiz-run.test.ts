/** What a run shows is on the phone: a result that is read, and then lost with the tab, would never count. */
import { expect, it } from 'vitest';
import type { Attempt } from '../../../core/lessons/assessment.ts';
import type { Happening } from '../../../core/progress/event.ts';
import type { UnitPage } from '../../../core/lessons/unit-page.ts';
import type { Learner } from '../learner.ts';
import { QuizRun } from './quiz-run.svelte.ts';
import type { Mode } from './run.ts';

const page = {
	package: { id: 'little-sun' },
	unit: { id: 'light' },
	contentLanguage: 'lo',
	sharedPart: 'f'.repeat(64),
	quiz: {
		rule: { shuffle: false, passPercent: 80 },
		items: [
			{
				key: { id: 'q1', kind: 'single', options: ['a', 'b'], key: 'b' },
				words: { prompt: '?', options: { a: 'A', b: 'B' } }
			}
		]
	}
} as unknown as UnitPage;

/** A run of which each write waits for `write`, and what was shown when it was asked for. */
async function begin(mode: Mode) {
	const log: string[] = [];
	const kept: Attempt[] = [];
	const learner = {
		loadAttempt: async () => null,
		saveAttempt: async (attempt: Attempt) => kept.push(attempt) > 0,
		loadDraft: () => null,
		saveDraft: () => undefined,
		newId: () => '01890a5d-ac96-774b-bcce-b302099a8057',
		record: async ({ v }: Happening) => {
			await new Promise((done) => setTimeout(done));
			log.push(`${v}: ${run.atEnd ? 'result' : run.checked ? 'verdict' : 'question'} shown`);
			return true;
		}
	} as unknown as Learner;
	const run: QuizRun = await QuizRun.open({
		...{ page: () => page, mode, only: null, learner, number: String }
	});
	const answer = () => {
		run.change({ ...run.draft!, ids: ['b'] });
		return run.answer();
	};
	return { run, log, kept, answer };
}

it('writes an answer before its verdict is shown, and a result before it is', async () => {
	const { run, log, kept, answer } = await begin('practice');
	await answer();
	expect(run.checked).toBe(true);
	await run.go(1);
	expect(run.atEnd).toBe(true);
	expect(log).toEqual(['answered: question shown', 'passed: verdict shown']);
	expect(kept.at(-1)).toMatchObject({ position: 1 });
});

it('writes the same answer once, and a result once', async () => {
	const { run, log, answer } = await begin('assessment');
	await answer();
	await answer();
	await run.go(1);
	await run.go(1);
	expect(log).toEqual(['answered: question shown', 'passed: question shown']);
});
