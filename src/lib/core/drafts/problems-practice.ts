/** What a practice guide still lacks in one language (DRA-11). */
import type { DraftUnit } from './draft.ts';
import type { Say } from './problem.ts';
import { isEmpty, own, practiceWords, stepWords } from './words.ts';

export function practiceWordProblems(unit: DraftUnit, language: string, say: Say): void {
	const { tools, safety, steps } = unit.practice!;
	const words = practiceWords(unit, language);
	if (isEmpty(words.goal)) say('draft/no-practice-goal');
	for (const tool of tools) if (isEmpty(own(words.tools, tool))) say('draft/no-tool-words', `tool:${tool}`);
	for (const note of safety) {
		const found = own(words.safety, note);
		if (isEmpty(found?.title) || isEmpty(found?.text)) say('draft/no-safety-words', `safety:${note}`);
	}
	for (const step of steps) {
		const { title, text, evidence } = stepWords(unit, language, step.id);
		if (isEmpty(title) || isEmpty(text)) say('draft/no-step-words', `step:${step.id}`);
		if (step.evidence !== null && isEmpty(evidence)) say('draft/no-evidence-words', `step:${step.id}`);
	}
}
