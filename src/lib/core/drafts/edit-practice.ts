/** Tools, safety notes and steps of a practice unit, as functions of the draft (DRA-4). */
import type { Draft, DraftStep, DraftStepWords, DraftUnit } from './draft.ts';
import { editUnit, moved, withPracticeWords, without } from './edit.ts';
import { freshId } from './ids.ts';
import { own, practiceWords, stepWords, type PracticeWords } from './words.ts';

const MOST_STEPS = 30;
const MOST_NOTES = 40;
type Practice = NonNullable<DraftUnit['practice']>;

export const addStep = (draft: Draft, unit: string): Draft =>
	editPractice(draft, unit, (practice) =>
		practice.steps.length >= MOST_STEPS
			? practice
			: {
					...practice,
					steps: [
						...practice.steps,
						newStep(
							freshId(
								'step',
								practice.steps.map(({ id }) => id)
							)
						)
					]
				}
	);

export const newStep = (id: string): DraftStep => ({
	id,
	minutes: null,
	picture: null,
	sound: {},
	evidence: null
});

export const removeStep = (draft: Draft, unit: string, step: string): Draft =>
	forget(
		editPractice(draft, unit, (practice) => ({
			...practice,
			steps: practice.steps.filter(({ id }) => id !== step)
		})),
		unit,
		'steps',
		step
	);

export const moveStep = (draft: Draft, unit: string, step: string, by: number): Draft =>
	editPractice(draft, unit, (practice) => ({
		...practice,
		steps: moved(
			practice.steps,
			practice.steps.findIndex(({ id }) => id === step),
			by
		)
	}));

export const setStep = (
	draft: Draft,
	unit: string,
	step: string,
	fields: Partial<Omit<DraftStep, 'id'>>
): Draft =>
	editPractice(draft, unit, (practice) => ({
		...practice,
		steps: practice.steps.map((each) => (each.id === step ? { ...each, ...fields } : each))
	}));

/** Puts a sound to a step in one language, or takes it away (`null`). */
export const setStepSound = (
	draft: Draft,
	unit: string,
	step: string,
	language: string,
	sound: string | null
): Draft =>
	editPractice(draft, unit, (practice) => ({
		...practice,
		steps: practice.steps.map((each) =>
			each.id === step
				? {
						...each,
						sound: sound === null ? without(each.sound, language) : { ...each.sound, [language]: sound }
					}
				: each
		)
	}));

export const setStepWords = (
	draft: Draft,
	unit: string,
	step: string,
	language: string,
	words: Partial<DraftStepWords>
): Draft =>
	editUnit(draft, unit, (each) =>
		withPracticeWords(each, language, {
			steps: {
				...practiceWords(each, language).steps,
				[step]: { ...stepWords(each, language, step), ...words }
			}
		})
	);

export const addTool = (draft: Draft, unit: string): Draft => addNote(draft, unit, 'tools', 'tool');
export const addSafety = (draft: Draft, unit: string): Draft => addNote(draft, unit, 'safety', 'safety');
export const removeTool = (draft: Draft, unit: string, tool: string): Draft =>
	removeNote(draft, unit, 'tools', tool);
export const removeSafety = (draft: Draft, unit: string, note: string): Draft =>
	removeNote(draft, unit, 'safety', note);

export const setToolWords = (
	draft: Draft,
	unit: string,
	tool: string,
	language: string,
	words: string
): Draft =>
	editUnit(draft, unit, (each) =>
		withPracticeWords(each, language, { tools: { ...practiceWords(each, language).tools, [tool]: words } })
	);

export const setSafetyWords = (
	draft: Draft,
	unit: string,
	note: string,
	language: string,
	words: Partial<PracticeWords['safety'][string]>
): Draft =>
	editUnit(draft, unit, (each) => {
		const { safety } = practiceWords(each, language);
		const before = own(safety, note) ?? { title: '', text: '' };
		return withPracticeWords(each, language, { safety: { ...safety, [note]: { ...before, ...words } } });
	});

function addNote(draft: Draft, unit: string, field: 'tools' | 'safety', beginning: string): Draft {
	return editPractice(draft, unit, (practice) =>
		practice[field].length >= MOST_NOTES
			? practice
			: { ...practice, [field]: [...practice[field], freshId(beginning, practice[field])] }
	);
}

function removeNote(draft: Draft, unit: string, field: 'tools' | 'safety', note: string): Draft {
	const removed = editPractice(draft, unit, (practice) => ({
		...practice,
		[field]: practice[field].filter((id) => id !== note)
	}));
	return forget(removed, unit, field, note);
}

/** Takes the words of something away in every language. */
function forget(draft: Draft, unit: string, field: 'tools' | 'safety' | 'steps', id: string): Draft {
	return editUnit(draft, unit, (each) =>
		Object.keys(each.words).reduce(
			(changed, language) =>
				changed.words[language]!.practice
					? withPracticeWords(changed, language, {
							[field]: without(practiceWords(changed, language)[field] as Record<string, never>, id)
						})
					: changed,
			each
		)
	);
}

const editPractice = (draft: Draft, unit: string, edit: (practice: Practice) => Practice): Draft =>
	editUnit(draft, unit, (each) => {
		if (!each.practice) return each;
		const practice = edit(each.practice);
		return practice === each.practice ? each : { ...each, practice };
	});
