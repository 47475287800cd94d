/** A published unit as a unit of a draft: what a draft cannot carry (simulations, films, glossary) is left out (DRA-52). */
import type { ItemKey, ItemWords } from '../lessons/content.ts';
import type { Unit } from '../packages/manifest.ts';
import type { DraftItem, DraftItemWords, DraftUnit, DraftUnitWords } from './draft.ts';
import { MOST_ITEMS } from './edit-quiz.ts';
import { freshId } from './ids.ts';
import { keysOf, textOf, wordsOf, type PublishedWork } from './published.ts';

/** What the draft has: what points elsewhere becomes plain words. */
interface Here {
	files: ReadonlySet<string>;
	units: ReadonlySet<string>;
}

const MOST_STEPS = 30;
const MOST_MINUTES = 240;

export function draftUnitOf(
	work: PublishedWork,
	unit: Unit,
	languages: readonly string[],
	here: Here
): DraftUnit {
	const { practice, quiz } = keysOf(work, unit.id);
	const asked = questionsOf(work, unit.id, here);
	const picture = (figure: string | undefined) =>
		figure !== undefined && here.files.has(figure) ? figure : null;
	const items = asked.flatMap(({ item }) => draftItemOf(item, picture(item.figure))).slice(0, MOST_ITEMS);
	const isPractice = unit.kind === 'practice' && practice !== undefined;
	const steps = (practice?.steps ?? []).slice(0, MOST_STEPS);
	const draft: DraftUnit = {
		id: unit.id,
		kind: kindOf(unit.kind, isPractice),
		minutes: Math.min(unit.minutes, MOST_MINUTES),
		practice: isPractice
			? {
					tools: practice.tools,
					safety: safetyIds(work, unit.id, languages),
					steps: steps.map((step) => ({
						id: step.id,
						minutes: step.minutes ?? null,
						picture: picture(step.figure),
						sound: {},
						evidence: step.evidence ?? null
					}))
				}
			: null,
		passPercent: quiz?.passPercent ?? 80,
		items,
		words: {}
	};
	return {
		...draft,
		words: Object.fromEntries(languages.map((tag) => [tag, draftWordsOf(work, draft, asked, tag, here)]))
	};
}

/** A question, the unit that it stands in, and its id there. */
interface Question {
	item: ItemKey;
	from: string;
	name: string;
}

/** Questions that assess a unit: its own, and those of units that do not come along (an exam). */
export function questionsOf(work: PublishedWork, unit: string, here: Pick<Here, 'units'>): Question[] {
	const taken = new Set<string>();
	const all = work.shared.modules.flatMap(({ units }) => units).map(({ id }) => id);
	return [unit, ...all.filter((id) => !here.units.has(id))].flatMap((from) =>
		(keysOf(work, from).quiz?.items ?? []).flatMap((item) => {
			if (from !== unit && item.unit !== unit) return [];
			if (from === unit && item.unit !== undefined && !here.units.has(item.unit)) return [];
			const id = taken.has(item.id) ? freshId('q', taken) : item.id;
			taken.add(id);
			return [{ item: { ...item, id }, from, name: item.id }];
		})
	);
}

function kindOf(kind: Unit['kind'], isPractice: boolean): DraftUnit['kind'] {
	if (isPractice) return 'practice';
	return kind === 'assessment' || kind === 'case' ? kind : 'theory';
}

/** Safety notes have no ids of their own in a package: they are numbered, as many as the language with most has. */
function safetyIds(work: PublishedWork, unit: string, languages: readonly string[]): string[] {
	const counts = languages.map((tag) => wordsOf(work, tag, unit).practice?.safety.length ?? 0);
	return Array.from({ length: Math.max(0, ...counts) }, (_, index) => `safety-${index + 1}`);
}

/** The same question in a draft; nothing where it has more to choose from than a draft takes. */
function draftItemOf(item: ItemKey, picture: string | null): DraftItem[] {
	const base = { id: item.id, picture };
	switch (item.kind) {
		case 'single':
			return item.options.length <= 8
				? [{ ...base, kind: 'single', options: item.options, key: item.key }]
				: [];
		case 'multiple':
			return item.options.length <= 8
				? [{ ...base, kind: 'multiple', options: item.options, key: item.key }]
				: [];
		case 'numeric': {
			const { value, tolerance, symbol } = item;
			return [{ ...base, kind: 'numeric', value, tolerance, symbol }];
		}
		case 'ordering':
			return item.key.length <= 12 ? [{ ...base, kind: 'ordering', key: item.key }] : [];
		case 'matching': {
			const { left, right, key } = item;
			return left.length <= 8 && right.length <= 10 ? [{ ...base, kind: 'matching', left, right, key }] : [];
		}
	}
}

function draftWordsOf(
	work: PublishedWork,
	unit: DraftUnit,
	asked: readonly Question[],
	tag: string,
	here: Here
): DraftUnitWords {
	const { title, summary } = work.languages[tag]!.units[unit.id]!;
	const { practice } = wordsOf(work, tag, unit.id);
	const steps = unit.practice?.steps ?? [];
	return {
		title,
		summary,
		text: unitTextOf(work, tag, unit.id, here.units, here.files),
		practice:
			unit.practice && practice
				? {
						goal: practice.goal,
						tools: practice.tools,
						safety: Object.fromEntries(practice.safety.map((note, index) => [`safety-${index + 1}`, note])),
						steps: Object.fromEntries(
							steps.map(({ id }) => {
								const { title = '', text = '', safety = '', evidence = '' } = practice.steps[id] ?? {};
								return [id, { title, text, safety, evidence }];
							})
						)
					}
				: null,
		quiz: Object.fromEntries(
			asked.flatMap(({ item, from, name }) => {
				const words = wordsOf(work, tag, from).quiz?.[name];
				return words && unit.items.some(({ id }) => id === item.id) ? [[item.id, itemWordsOf(words)]] : [];
			})
		)
	};
}

const itemWordsOf = (words: ItemWords): DraftItemWords => ({
	prompt: words.prompt,
	options: words.options ?? {},
	feedback: words.feedback ?? {},
	left: words.left ?? {},
	right: words.right ?? {},
	explain: words.explain ?? ''
});

/**
 * The text with what a draft has: links to other units and terms become their words; films, and pictures that are not
 * here, go. Without `files` every picture stays.
 */
export function unitTextOf(
	work: PublishedWork,
	tag: string,
	unit: string,
	units: ReadonlySet<string>,
	files?: ReadonlySet<string>
): string {
	return textOf(work, `${tag}/units/${unit}.md`)
		.replace(
			/^[ \t]*!\[\]\((figure|video|audio):([a-z0-9-]+)\)[ \t]*\n{0,2}/gm,
			(line, kind: string, id: string) => (kind === 'figure' && (files?.has(id) ?? true) ? line : '')
		)
		.replace(
			/(?<!!)\[([^\]]*)\]\((unit|glossary):([a-z0-9-]+)\)/g,
			(link, words: string, kind: string, id: string) => (kind === 'unit' && units.has(id) ? link : words)
		);
}
