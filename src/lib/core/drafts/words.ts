/** Words of a draft as pages and the compiler read them: what is not there yet is empty, never missing. */
import type { Draft, DraftFile, DraftItemWords, DraftStepWords, DraftUnit, DraftUnitWords } from './draft.ts';

export type DraftFileWords = DraftFile['words'][string];
export type PracticeWords = NonNullable<DraftUnitWords['practice']>;

/** What a record has under a name of its own; a name like `constructor` is in no record by itself. */
export const own = <Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined =>
	Object.hasOwn(record, name) ? record[name] : undefined;

export const isEmpty = (words: string | undefined): boolean => (words ?? '').trim() === '';

const NO_STEP_WORDS: DraftStepWords = { title: '', text: '', safety: '', evidence: '' };
const NO_ITEM_WORDS: DraftItemWords = {
	prompt: '',
	options: {},
	feedback: {},
	left: {},
	right: {},
	explain: ''
};
const NO_FILE_WORDS: DraftFileWords = { alt: '', caption: '', said: '' };
const NO_PRACTICE_WORDS: PracticeWords = { goal: '', tools: {}, safety: {}, steps: {} };
const NO_UNIT_WORDS: DraftUnitWords = { title: '', summary: '', text: '', practice: null, quiz: {} };

export const courseWords = (draft: Draft, language: string): { title: string; goal: string } =>
	own(draft.words, language) ?? { title: '', goal: '' };

export const unitWords = (unit: DraftUnit, language: string): DraftUnitWords =>
	own(unit.words, language) ?? NO_UNIT_WORDS;

export const practiceWords = (unit: DraftUnit, language: string): PracticeWords =>
	unitWords(unit, language).practice ?? NO_PRACTICE_WORDS;

export const stepWords = (unit: DraftUnit, language: string, step: string): DraftStepWords =>
	own(practiceWords(unit, language).steps, step) ?? NO_STEP_WORDS;

export const itemWords = (unit: DraftUnit, language: string, item: string): DraftItemWords =>
	own(unitWords(unit, language).quiz, item) ?? NO_ITEM_WORDS;

export const fileWords = (file: DraftFile, language: string): DraftFileWords =>
	own(file.words, language) ?? NO_FILE_WORDS;

/** The title in the first language that has one; empty while none has. */
export function titleOf(draft: Draft): string {
	for (const language of draft.languages) {
		const title = courseWords(draft, language).title.trim();
		if (title !== '') return title;
	}
	return '';
}
