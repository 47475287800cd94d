/**
 * What can be done to a draft, as functions of the draft: each answers a new one and leaves the given one as it is.
 * What does not fit (a sixth unit, a name that is not there) leaves the draft unchanged, the same object (DRA-4).
 */
import type { Draft, DraftFile, DraftUnit, DraftUnitWords } from './draft.ts';
import { freshId } from './ids.ts';
import {
	courseWords,
	fileWords,
	own,
	practiceWords,
	unitWords,
	type DraftFileWords,
	type PracticeWords
} from './words.ts';

export const MOST_UNITS = 5;
export const MOST_FILES = 60;
const MOST_LANGUAGES = 13;

/** A list with one entry `by` places further down (or up, when negative). */
export function moved<Item>(list: readonly Item[], at: number, by: number): Item[] {
	const to = Math.max(0, Math.min(list.length - 1, at + by));
	if (at < 0 || at >= list.length) return [...list];
	const rest = list.filter((_, index) => index !== at);
	return [...rest.slice(0, to), list[at]!, ...rest.slice(to)];
}

export const setMeta = (
	draft: Draft,
	meta: Partial<
		Pick<
			Draft,
			| 'sector'
			| 'occupation'
			| 'aqrfLevel'
			| 'licence'
			| 'reviewBy'
			| 'contributors'
			| 'partners'
			| 'releaseNotes'
		>
	>
): Draft => ({ ...draft, ...meta });

/** Title and goal of the whole. */
export const setWords = (draft: Draft, language: string, words: Partial<Draft['words'][string]>): Draft => ({
	...draft,
	words: { ...draft.words, [language]: { ...courseWords(draft, language), ...words } }
});

/** `how`: who writes a translation says how it comes about; by hand unless said otherwise. */
export function addLanguage(
	draft: Draft,
	language: string,
	how: Draft['translations'][string] = 'checked-by-speaker'
): Draft {
	if (draft.languages.includes(language) || draft.languages.length >= MOST_LANGUAGES) return draft;
	return {
		...draft,
		languages: [...draft.languages, language],
		translations: { ...draft.translations, [language]: how }
	};
}

/** Takes a language away with all its words; the last one stays. */
export function removeLanguage(draft: Draft, language: string): Draft {
	if (!draft.languages.includes(language) || draft.languages.length === 1) return draft;
	const languages = draft.languages.filter((each) => each !== language);
	return {
		...draft,
		languages,
		words: without(draft.words, language),
		releaseNotes: without(draft.releaseNotes, language),
		// What is written in now has no translation state.
		translations: without(without(draft.translations, language), languages[0]!),
		files: draft.files.map((file) => ({ ...file, words: without(file.words, language) })),
		units: draft.units.map((unit) => ({
			...unit,
			words: without(unit.words, language),
			practice: unit.practice && {
				...unit.practice,
				steps: unit.practice.steps.map((step) => ({ ...step, sound: without(step.sound, language) }))
			}
		}))
	};
}

export const setTranslation = (
	draft: Draft,
	language: string,
	how: Draft['translations'][string]
): Draft => ({ ...draft, translations: { ...draft.translations, [language]: how } });

export function addUnit(draft: Draft, kind: DraftUnit['kind']): Draft {
	if (draft.units.length >= MOST_UNITS) return draft;
	const ids = draft.units.map(({ id }) => id);
	return { ...draft, units: [...draft.units, newUnit(freshId('unit', ids), kind)] };
}

export const newUnit = (id: string, kind: DraftUnit['kind']): DraftUnit => ({
	id,
	kind,
	minutes: 5,
	practice: kind === 'practice' ? { tools: [], safety: [], steps: [] } : null,
	passPercent: 80,
	items: [],
	words: {}
});

export const removeUnit = (draft: Draft, unit: string): Draft =>
	draft.units.some(({ id }) => id === unit)
		? { ...draft, units: draft.units.filter(({ id }) => id !== unit) }
		: draft;

export const moveUnit = (draft: Draft, unit: string, by: number): Draft => ({
	...draft,
	units: moved(
		draft.units,
		draft.units.findIndex(({ id }) => id === unit),
		by
	)
});

/** Changes one unit; the draft itself where there is no such unit or nothing changed. */
export function editUnit(draft: Draft, unit: string, edit: (unit: DraftUnit) => DraftUnit): Draft {
	const at = draft.units.findIndex(({ id }) => id === unit);
	if (at < 0) return draft;
	const changed = edit(draft.units[at]!);
	return changed === draft.units[at]
		? draft
		: { ...draft, units: draft.units.map((each, index) => (index === at ? changed : each)) };
}

export const setUnit = (
	draft: Draft,
	unit: string,
	fields: Partial<Pick<DraftUnit, 'minutes' | 'passPercent'>>
): Draft => editUnit(draft, unit, (each) => ({ ...each, ...fields }));

export const setUnitWords = (
	draft: Draft,
	unit: string,
	language: string,
	words: Partial<DraftUnitWords>
): Draft => editUnit(draft, unit, (each) => withWords(each, language, words));

export const withWords = (unit: DraftUnit, language: string, words: Partial<DraftUnitWords>): DraftUnit => ({
	...unit,
	words: { ...unit.words, [language]: { ...unitWords(unit, language), ...words } }
});

/** Words of the practice guide. */
export const withPracticeWords = (
	unit: DraftUnit,
	language: string,
	words: Partial<PracticeWords>
): DraftUnit =>
	unit.practice
		? withWords(unit, language, { practice: { ...practiceWords(unit, language), ...words } })
		: unit;

export const setPracticeWords = (
	draft: Draft,
	unit: string,
	language: string,
	words: Partial<PracticeWords>
): Draft => editUnit(draft, unit, (each) => withPracticeWords(each, language, words));

/** An id for a new file; a digest that is here already keeps the file that it has. */
export const fileId = (draft: Draft, role: DraftFile['role']): string =>
	freshId(
		role,
		draft.files.map(({ id }) => id)
	);

export const addFile = (draft: Draft, file: DraftFile): Draft =>
	draft.files.length >= MOST_FILES || draft.files.some(({ id }) => id === file.id)
		? draft
		: { ...draft, files: [...draft.files, file] };

export function setFileWords(
	draft: Draft,
	file: string,
	language: string,
	words: Partial<DraftFileWords>
): Draft {
	return {
		...draft,
		files: draft.files.map((each) =>
			each.id === file
				? { ...each, words: { ...each.words, [language]: { ...fileWords(each, language), ...words } } }
				: each
		)
	};
}

/** Takes a file away, and from wherever it stands: steps, questions, and texts where it is alone in a paragraph. */
export function removeFile(draft: Draft, file: string): Draft {
	if (!draft.files.some(({ id }) => id === file)) return draft;
	const freed = (picture: string | null) => (picture === file ? null : picture);
	const line = new RegExp(`^[ \\t]*!\\[\\]\\((?:figure|video|audio):${file}\\)[ \\t]*\\n{0,2}`, 'gm');
	return {
		...draft,
		files: draft.files.filter(({ id }) => id !== file),
		units: draft.units.map((unit) => ({
			...unit,
			items: unit.items.map((item) => ({ ...item, picture: freed(item.picture) })),
			practice: unit.practice && {
				...unit.practice,
				steps: unit.practice.steps.map((step) => ({
					...step,
					picture: freed(step.picture),
					sound: Object.fromEntries(Object.entries(step.sound).filter(([, sound]) => sound !== file))
				}))
			},
			words: Object.fromEntries(
				Object.entries(unit.words).map(([tag, words]) => [
					tag,
					{ ...words, text: words.text.replace(line, '') }
				])
			)
		}))
	};
}

/** Makes the draft of the next version of what was published: same package, one minor version up. */
export function nextVersion(draft: Draft, published: { manifest: string; version: string }): Draft {
	const [major = 1, minor = 0] = published.version.split('.').map(Number);
	return {
		...draft,
		version: `${major}.${minor + 1}.0`,
		supersedes: published.manifest,
		releaseNotes: {}
	};
}

/** A record without one name. */
export function without<Value>(record: Record<string, Value>, name: string): Record<string, Value> {
	if (own(record, name) === undefined) return record;
	return Object.fromEntries(Object.entries(record).filter(([each]) => each !== name));
}
