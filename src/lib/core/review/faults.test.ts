import { expect, it } from 'vitest';
import words from '../../../../locales/en/work-faults.json' with { type: 'json' };
import { NOT_COUNTING } from '../protocol/review.ts';
import { REVIEW_FAULTS } from './faults.ts';

it('every code of review has one sentence or two, and no sentence is without a code', () => {
	const sentences = Object.keys(words).filter((code) => code.startsWith('review/'));
	expect(sentences.sort()).toEqual([...REVIEW_FAULTS, ...NOT_COUNTING].sort());
	for (const code of sentences) expect((words as Record<string, string>)[code]).toMatch(/^[A-Z].*\.$/);
});
