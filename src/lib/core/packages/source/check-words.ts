/** `<tag>/units/<unit>.json`: words for every id of the keys, and for no other (SRC-5). */
import type { ItemKey, ItemWords, UnitWords } from '../../lessons/content.ts';
import type { UnitSource } from './check-keys.ts';
import type { SourceJson, SourceReader } from './files.ts';
import type { JsonPath } from './json-lines.ts';

export interface WordsHolder {
	reader: SourceReader;
	json: SourceJson<unknown>;
	language: string;
}

/** Holds words against the ids that they are for: none missing, none over. */
export function checkWords(
	{ reader, json, language }: WordsHolder,
	path: JsonPath,
	words: Readonly<Record<string, unknown>> | undefined,
	ids: readonly string[]
): void {
	const has = words ?? {};
	for (const id of ids) {
		if (!Object.hasOwn(has, id)) reader.reportAt('source/missing-words', json, path, { id, language });
	}
	for (const id of Object.keys(has)) {
		if (!ids.includes(id)) reader.reportAt('source/extra-words', json, [...path, id], { id, language });
	}
}

/** Checks the words of one unit's practice guide and quiz. */
export function checkUnitWords(
	reader: SourceReader,
	json: SourceJson<UnitWords>,
	unit: UnitSource,
	language: string
): void {
	const holder = { reader, json, language };
	const { practice, quiz } = unit.keys;
	const words = json.value;
	checkWords(holder, [], words, [...(practice ? ['practice'] : []), ...(quiz ? ['quiz'] : [])]);
	if (practice && words.practice) {
		checkWords(holder, ['practice', 'tools'], words.practice.tools, practice.tools);
		const steps = practice.steps.map((step) => step.id);
		checkWords(holder, ['practice', 'steps'], words.practice.steps, steps);
		for (const step of practice.steps) {
			const own = Object.hasOwn(words.practice.steps, step.id) ? words.practice.steps[step.id] : undefined;
			if (!own || (own.evidence !== undefined) === (step.evidence !== undefined)) continue;
			const code = step.evidence === undefined ? 'source/extra-words' : 'source/missing-words';
			reader.reportAt(code, json, ['practice', 'steps', step.id], { id: `${step.id}.evidence`, language });
		}
	}
	if (quiz && words.quiz) {
		const items = quiz.items.map((item) => item.id);
		checkWords(holder, ['quiz'], words.quiz, items);
		for (const item of quiz.items) {
			if (Object.hasOwn(words.quiz, item.id)) checkItemWords(holder, item, words.quiz[item.id]!);
		}
	}
	checkMarks(holder, [], words);
}

function checkItemWords(holder: WordsHolder, item: ItemKey, words: ItemWords): void {
	const path = ['quiz', item.id];
	const choice = item.kind === 'single' || item.kind === 'multiple';
	const fields = {
		single: ['options', 'feedback'],
		multiple: ['options', 'feedback'],
		numeric: ['explain'],
		ordering: ['options', 'explain'],
		matching: ['left', 'right', 'explain']
	}[item.kind];
	checkWords(holder, path, words, ['prompt', ...fields]);
	if (choice) checkWords(holder, [...path, 'feedback'], words.feedback, item.options);
	if (choice || item.kind === 'ordering') {
		checkWords(holder, [...path, 'options'], words.options, choice ? item.options : item.key);
	}
	if (item.kind === 'matching') {
		checkWords(holder, [...path, 'left'], words.left, item.left);
		checkWords(holder, [...path, 'right'], words.right, item.right);
	}
}

/** Strings have `**bold**` and nothing else: every mark has its partner, and there are no tags. */
function checkMarks(holder: WordsHolder, path: JsonPath, value: unknown): void {
	if (typeof value === 'string') {
		const rest = value.replace(/\*\*\S(?:[^*]*\S)?\*\*/g, '');
		if (!rest.includes('**') && !/<\/?[a-z][^<>]*>|\]\((?:https?|unit|glossary|figure):/i.test(value)) return;
		const text = value.length > 60 ? `${value.slice(0, 60)}…` : value;
		holder.reader.reportAt('source/marks-in-words', holder.json, path, { text });
	} else if (typeof value === 'object' && value !== null) {
		for (const [name, each] of Object.entries(value)) {
			checkMarks(holder, [...path, Array.isArray(value) ? Number(name) : name], each);
		}
	}
}
