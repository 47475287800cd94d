/** What a draft still lacks before it can be handed in, and which languages lag behind (DRA-10 to DRA-13). */
import type { Lesson } from '../lessons/parse.ts';
import { parseLesson } from '../lessons/parse.ts';
import { figuresIn, termsIn, unitLinksIn, videosIn } from '../lessons/walk.ts';
import { compareStructure } from '../packages/source/structure.ts';
import type { Draft, DraftUnit } from './draft.ts';
import { itemProblems, itemWordProblems } from './problems-quiz.ts';
import type { DraftProblem, Say } from './problem.ts';
import { practiceWordProblems } from './problems-practice.ts';
import { usedFiles } from './used.ts';
import { courseWords, fileWords, isEmpty, own, unitWords } from './words.ts';

/** All that is missing: first what is the same in every language, then language by language, in reading order. */
export function problemsOf(draft: Draft): DraftProblem[] {
	const problems: DraftProblem[] = [];
	const say =
		(language: string | null, unit: string | null): Say =>
		(code, place = null, params) =>
			problems.push({ code, language, unit, place, ...(params ? { params } : {}) });
	sharedProblems(draft, say(null, null));
	for (const unit of draft.units) unitProblems(unit, say(null, unit.id));
	const source = draft.languages[0]!;
	const lessons = draft.units.map((unit) => parseLesson(unitWords(unit, source).text));
	for (const language of draft.languages) {
		courseProblems(draft, language, say(language, null));
		draft.units.forEach((unit, index) =>
			unitWordProblems(draft, unit, language, lessons[index]!, say(language, unit.id))
		);
	}
	return problems;
}

/** What has to be put right before handing in: the rest only keeps a translation at home. */
export const blockingProblems = (
	draft: Draft,
	problems: readonly DraftProblem[] = problemsOf(draft)
): DraftProblem[] => problems.filter(({ language }) => language === null || language === draft.languages[0]);

/** Languages in which nothing is missing, and those that lag behind; the first one always goes along. */
export function readyLanguages(
	draft: Draft,
	problems: readonly DraftProblem[] = problemsOf(draft)
): { ready: string[]; behind: string[] } {
	const lacks = (tag: string) =>
		tag !== draft.languages[0] && problems.some(({ language }) => language === tag);
	return {
		ready: draft.languages.filter((tag) => !lacks(tag)),
		behind: draft.languages.filter(lacks)
	};
}

function sharedProblems(draft: Draft, say: Say): void {
	if (draft.occupation === '') say('draft/no-occupation');
	if (draft.contributors.length === 0) say('draft/no-contributor');
	if (draft.units.length === 0) say('draft/no-units');
}

function unitProblems(unit: DraftUnit, say: Say): void {
	if (unit.practice?.steps.length === 0) say('draft/no-steps');
	// Every unit is assessed (SRC-3).
	if (unit.items.length === 0) say('draft/no-question');
	for (const item of unit.items) itemProblems(item, say);
}

function courseProblems(draft: Draft, language: string, say: Say): void {
	const { title, goal } = courseWords(draft, language);
	if (isEmpty(title)) say('draft/no-title');
	if (isEmpty(goal)) say('draft/no-goal');
	if (draft.supersedes !== null && isEmpty(own(draft.releaseNotes, language))) say('draft/no-release-notes');
	const used = usedFiles(draft, [language]);
	const sounds = new Set(
		used.sounds.flatMap(({ files }) => (own(files, language) ? [files[language]!.id] : []))
	);
	for (const file of draft.files) {
		const { alt, said } = fileWords(file, language);
		const shown = used.pictures.has(file.id) || used.clips.has(file.id);
		if (shown && isEmpty(alt)) say('draft/no-alt', `file:${file.id}`);
		if ((used.clips.has(file.id) || sounds.has(file.id)) && isEmpty(said)) {
			say('draft/no-transcript', `file:${file.id}`);
		}
	}
}

function unitWordProblems(draft: Draft, unit: DraftUnit, language: string, source: Lesson, say: Say): void {
	const { title, summary, text } = unitWords(unit, language);
	if (isEmpty(title)) say('draft/no-title');
	if (isEmpty(summary)) say('draft/no-summary');
	textProblems(draft, unit, text, language === draft.languages[0] ? null : source, say);
	if (unit.practice) practiceWordProblems(unit, language, say);
	for (const item of unit.items) itemWordProblems(unit, item, language, say);
}

/** The lesson's own text. `source`: the lesson that it is a translation of. */
function textProblems(draft: Draft, unit: DraftUnit, text: string, source: Lesson | null, say: Say): void {
	const lesson = parseLesson(text);
	for (const { code, line, params } of lesson.faults.slice(0, 5)) {
		say('draft/bad-text', null, { fault: code, line, ...params });
	}
	const reads = unit.kind === 'theory' || unit.kind === 'case';
	// Headings that a template put there are no text yet.
	if (reads && lesson.blocks.every(({ type }) => type === 'heading')) say('draft/no-text');
	else if (source) {
		const difference = compareStructure(source, lesson);
		if (difference)
			say('draft/structure-differs', null, {
				line: difference.line,
				found: difference.found,
				expected: difference.expected
			});
	}
	const files = new Set(draft.files.map(({ id }) => id));
	const units = new Set(draft.units.map(({ id }) => id));
	const dead = [
		...[...figuresIn(lesson.blocks), ...videosIn(lesson.blocks)].filter((id) => !files.has(id)),
		...[...unitLinksIn(lesson.blocks)].filter((id) => !units.has(id)),
		...termsIn(lesson.blocks)
	];
	for (const target of dead) say('draft/dead-link', null, { target });
}
