/** A unit's page as places with a text each, apart from its blocks: what a comparison can name (REV-72). */
import type { ItemKey, ItemWords } from '../lessons/content.ts';
import type { UnitPage } from '../lessons/unit-page.ts';

export interface Field {
	/** `title`, `item:q1/option:a`, `step:look/text`, `figure:panel/alt`, … */
	place: string;
	text: string;
	/** Words that a person reads; else a value that is compared whole. */
	words: boolean;
	/** The same in every language: keys, drawings, photos, order. */
	shared: boolean;
}

/** Every field of a page, in the order in which a reader meets them. */
export function fieldsOf(page: UnitPage): Field[] {
	const fields: Field[] = [];
	const words = (place: string, text: string | null | undefined): void => {
		if (text) fields.push({ place, text, words: true, shared: false });
	};
	const value = (place: string, given: unknown): void => {
		if (given !== undefined && given !== null)
			fields.push({ place, text: plain(given), words: false, shared: true });
	};
	words('title', page.unit.title);
	words('summary', page.unit.summary);
	words('package', page.package.title);
	value('kind', page.unit.kind);
	value('minutes', page.unit.minutes);
	for (const { name, institution, did } of page.contributors) words(`credit:${name}/${did}`, institution);
	practiceFields(page.practice, words, value);
	quizFields(page.quiz, words, value);
	if (page.simulation) {
		const { id, title, intro, textInstead } = page.simulation;
		value('simulation', id);
		words('simulation/title', title);
		words('simulation/intro', intro);
		words('simulation/text', textInstead);
	}
	for (const [id, figure] of Object.entries(page.figures)) figureFields(id, figure, words, value);
	mediaFields(page, words, value);
	for (const [term, { term: name, meaning }] of Object.entries(page.glossary)) {
		words(`term:${term}`, name);
		words(`term:${term}/meaning`, meaning);
	}
	return fields;
}

type Words = (place: string, text: string | null | undefined) => void;
type Value = (place: string, given: unknown) => void;

function practiceFields(practice: UnitPage['practice'], words: Words, value: Value): void {
	if (!practice) return;
	const { key, words: said } = practice;
	words('goal', said.goal);
	value('tools', key.tools);
	for (const tool of key.tools) words(`tool:${tool}`, said.tools[tool]);
	said.safety.forEach(({ title, text }, at) => words(`safety:${at + 1}`, `${title}\n${text}`));
	value(
		'steps',
		key.steps.map(({ id }) => id)
	);
	for (const { id, ...rest } of key.steps) {
		const step = said.steps[id];
		value(`step:${id}`, rest);
		words(`step:${id}/title`, step?.title);
		words(`step:${id}/text`, step?.text);
		words(`step:${id}/safety`, step?.safety);
		words(`step:${id}/evidence`, step?.evidence);
	}
}

function quizFields(quiz: UnitPage['quiz'], words: Words, value: Value): void {
	if (!quiz) return;
	value('quiz', quiz.rule);
	value(
		'items',
		quiz.items.map(({ key }) => key.id)
	);
	for (const { key, words: said } of quiz.items) itemFields(key, said, words, value);
}

/** An item: what is asked, then what is right, then what is said to each answer. */
function itemFields({ id, ...key }: ItemKey, said: ItemWords, words: Words, value: Value): void {
	words(`item:${id}/prompt`, said.prompt);
	value(`item:${id}/key`, key);
	for (const part of ['options', 'left', 'right', 'feedback'] as const)
		for (const [option, text] of Object.entries(said[part] ?? {}))
			words(`item:${id}/${part}:${option}`, text);
	words(`item:${id}/explain`, said.explain);
}

function figureFields(id: string, figure: UnitPage['figures'][string], words: Words, value: Value): void {
	const { alt, caption, ...picture } = figure;
	words(`figure:${id}/alt`, alt);
	words(`figure:${id}/caption`, caption);
	const svg = 'svg' in picture && typeof picture.svg === 'string' ? picture.svg : null;
	if (svg === null) return value(`figure:${id}`, picture);
	// A drawing is the same in every language but for the words in it.
	value(`figure:${id}`, svg.replace(/>[^<]+</g, '><').replace(/ (?:xml:)?lang="[^"]*"/g, ''));
	const inside = Array.from(svg.matchAll(/>([^<]+)</g), ([, text]) => text!.trim()).filter(Boolean);
	words(`figure:${id}/words`, inside.join(' · '));
}

function mediaFields(page: UnitPage, words: Words, value: Value): void {
	const { videos, mainVideo } = page;
	value('video', mainVideo);
	for (const [id, { variants, captions, transcript }] of Object.entries(videos)) {
		value(
			`video:${id}`,
			variants.map(({ variant, url, size }) => [variant, mediaName(url), size])
		);
		words(`video:${id}/captions`, captions?.vtt);
		words(`video:${id}/transcript`, transcript.map((block) => plain(block)).join('\n'));
	}
	const sounds = (page as { sounds?: Record<string, unknown> }).sounds ?? {};
	for (const [id, sound] of Object.entries(sounds)) value(`sound:${id}`, sound);
}

/** A file's name whatever address it is read from: its digest. */
const mediaName = (url: string): string => /[0-9a-f]{64}/.exec(url)?.[0] ?? url;

/** A value as text, the same wherever the page was composed. */
function plain(given: unknown): string {
	if (typeof given === 'string' || typeof given === 'number') return String(given);
	return JSON.stringify(given, (name, each: unknown) => {
		if (name === 'here') return undefined;
		return name === 'url' && typeof each === 'string' ? mediaName(each) : each;
	});
}
