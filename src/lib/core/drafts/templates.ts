/** Beginnings that teach good practice: a draft's shape, filled with the words of the author's language (DRA-5). */
import type { Draft, DraftItem, DraftUnit } from './draft.ts';
import { newUnit, withPracticeWords, withWords } from './edit.ts';
import { newStep } from './edit-practice.ts';
import { newItem } from './edit-quiz.ts';

/** `one-skill`: one skill in steps; `one-idea`: explain one idea; `check-yourself`: questions with reasons; `work-case`. */
export const TEMPLATES = ['one-skill', 'one-idea', 'check-yourself', 'work-case'] as const;
export type Template = (typeof TEMPLATES)[number];

/** Words that templates put into a draft; the catalogue has them as `teach.word-<word>`. */
export const TEMPLATE_WORDS = [
	/** Titles of units. */
	'learn',
	'do',
	'check',
	'case',
	/** Headings inside them. */
	'why',
	'how',
	'mistakes',
	'idea',
	'example',
	'situation',
	'task',
	'done',
	'result',
	'lesson',
	/** Title of a safety note. */
	'safety'
] as const;
export type TemplateWord = (typeof TEMPLATE_WORDS)[number];

/** What a new draft needs to know of who makes it; `words` are in the first language. */
export interface NewDraft {
	template: Template;
	/** The first is the one that it is written in. */
	languages: string[];
	sector: Draft['sector'];
	who: { name: string; institution: { name: string; country: string } | null };
	words: (word: TemplateWord) => string;
}

/** What comes from outside: ids and the time. */
export interface Made {
	id: string;
	package: string;
	now: number;
}

const TWO_YEARS = 2 * 365 * 86_400_000;
/** What the project's own packages carry: free to use and adapt, and to stay so. */
const LICENCE = 'CC-BY-SA-4.0';

/** A draft as its template begins it. */
export function fromTemplate(start: NewDraft, made: Made): Draft {
	const { template, languages, sector, who } = start;
	const units = UNITS[template].map((shape, index) => unitOf(shape, `unit-${index + 1}`, start));
	return {
		format: 'setara-draft/1',
		id: made.id,
		package: made.package,
		version: '1.0.0',
		kind: template === 'work-case' ? 'work-case' : 'micro-course',
		sector,
		occupation: '',
		aqrfLevel: 3,
		licence: LICENCE,
		reviewBy: new Date(made.now + TWO_YEARS).toISOString().slice(0, 10),
		languages,
		contributors: [
			{
				name: who.name,
				institution: who.institution?.name ?? who.name,
				...(who.institution ? { country: who.institution.country } : {}),
				did: 'author'
			}
		],
		partners: who.institution ? [who.institution] : [],
		supersedes: null,
		adaptedFrom: null,
		releaseNotes: {},
		units,
		files: [],
		words: {},
		translations: Object.fromEntries(languages.slice(1).map((tag) => [tag, 'checked-by-speaker' as const])),
		createdAt: made.now,
		changedAt: made.now
	};
}

interface UnitShape {
	kind: DraftUnit['kind'];
	minutes: number;
	title: TemplateWord;
	headings: TemplateWord[];
	/** Steps of a practice; it also begins with one tool and one safety note, so that neither is forgotten. */
	steps?: number;
	items: DraftItem['kind'][];
}

const UNITS: Record<Template, UnitShape[]> = {
	'one-skill': [
		{ kind: 'theory', minutes: 5, title: 'learn', headings: ['why', 'mistakes'], items: ['single'] },
		{ kind: 'practice', minutes: 15, title: 'do', headings: [], steps: 3, items: ['ordering'] },
		{ kind: 'assessment', minutes: 5, title: 'check', headings: [], items: ['single', 'multiple'] }
	],
	'one-idea': [
		{
			kind: 'theory',
			minutes: 10,
			title: 'learn',
			headings: ['idea', 'how', 'example', 'mistakes'],
			items: ['single']
		},
		{ kind: 'assessment', minutes: 5, title: 'check', headings: [], items: ['single', 'matching'] }
	],
	'check-yourself': [
		{
			kind: 'assessment',
			minutes: 10,
			title: 'check',
			headings: [],
			items: ['single', 'multiple', 'numeric', 'ordering', 'matching']
		}
	],
	'work-case': [
		{
			kind: 'case',
			minutes: 10,
			title: 'case',
			headings: ['situation', 'task', 'done', 'result', 'lesson'],
			items: ['single']
		}
	]
};

function unitOf(shape: UnitShape, id: string, { languages, words }: NewDraft): DraftUnit {
	const language = languages[0]!;
	const text = shape.headings.map((heading) => `## ${words(heading)}\n\n`).join('\n');
	const unit = withWords(
		{
			...newUnit(id, shape.kind),
			minutes: shape.minutes,
			items: shape.items.map((kind, index) => newItem(`q-${index + 1}`, kind))
		},
		language,
		{ title: words(shape.title), text }
	);
	if (shape.steps === undefined) return unit;
	const steps = Array.from({ length: shape.steps }, (_, index) => newStep(`step-${index + 1}`));
	return withPracticeWords(
		{ ...unit, practice: { tools: ['tool-1'], safety: ['safety-1'], steps } },
		language,
		{
			safety: { 'safety-1': { title: words('safety'), text: '' } }
		}
	);
}
