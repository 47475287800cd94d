/** Beginnings that teach good practice: a draft's shape, filled with the words of the author's language (DRA-5). */
import type { Draft } from './draft.ts';

/** `one-skill`: one skill in steps; `one-idea`: explain one idea; `check-yourself`: questions with reasons; `work-case`. */
export const TEMPLATES = ['one-skill', 'one-idea', 'check-yourself', 'work-case'] as const;
export type Template = (typeof TEMPLATES)[number];

/** Words that templates put into a draft; the catalogue has them as `teach.template.<word>`. */
export const TEMPLATE_WORDS = [
	'why',
	'how',
	'mistakes',
	'learn',
	'do',
	'check',
	'example',
	'idea',
	'situation',
	'task',
	'done',
	'result',
	'lesson',
	'safety'
] as const;
export type TemplateWord = (typeof TEMPLATE_WORDS)[number];

/** What a new draft needs to know; time, ids and words come from outside. */
export interface NewDraft {
	template: Template;
	/** The first is the one that it is written in. */
	languages: string[];
	sector: Draft['sector'];
	who: { name: string; institution: { name: string; country: string } | null };
	/** In the first language. */
	words: (word: TemplateWord) => string;
}
