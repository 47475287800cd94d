/** Sixty lessons in five scripts to measure updates by: the catalogues' own sentences, put together by a seed. */
import { readFileSync } from 'node:fs';
import { utf8 } from '../src/lib/core/base/hash.ts';
import { writePack } from '../src/lib/core/packages/pack.ts';

const SCRIPTS = ['th', 'km', 'zh-Hans', 'my', 'ta'] as const;
const LESSONS_EACH = 12;

/** Lessons by path, as lists of paragraphs. */
export type Lessons = Map<string, string[]>;

/** A number from 0 to below 1, the same ones for one seed (mulberry32). */
function chanceOf(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

/** Every sentence that a language's catalogues have. */
function sentencesOf(tag: string): string[] {
	const files = [
		'account',
		'faults',
		'lesson',
		'library',
		'people',
		'review',
		'settings',
		'teach',
		'work-faults'
	];
	return files
		.flatMap((file) =>
			Object.values(JSON.parse(readFileSync(`locales/${tag}/${file}.json`, 'utf8')) as object)
		)
		.map(String)
		.filter((text) => text.length > 12 && !text.includes('{{'));
}

/** Twelve lessons a language, each of some paragraphs with a heading, a number now and then. */
export function makeLessons(seed: number, tags: readonly string[] = SCRIPTS): Lessons {
	const lessons: Lessons = new Map();
	for (const tag of tags) {
		const chance = chanceOf(seed + tags.indexOf(tag));
		const sentences = sentencesOf(tag);
		const some = () => sentences[Math.floor(chance() * sentences.length)]!;
		for (let lesson = 1; lesson <= LESSONS_EACH; lesson++) {
			const paragraphs = Array.from({ length: 14 }, (_, at) =>
				at % 5 === 0
					? `## ${some()}`
					: `${Array.from({ length: 3 }, some).join(' ')} ${Math.round(chance() * 500) / 10} V, ${Math.round(chance() * 90)} A.`
			);
			lessons.set(`units/${tag.toLowerCase()}-${lesson}.md`, paragraphs);
		}
	}
	return lessons;
}

export const packOf = (lessons: Lessons): Uint8Array =>
	writePack(new Map([...lessons].map(([path, paragraphs]) => [path, utf8(paragraphs.join('\n\n') + '\n')])));

/** What authors do to lessons between two versions, by the name of its figure. */
export const EDITS: Record<string, (lessons: Lessons) => Lessons> = {
	paragraph: (lessons) =>
		change(
			lessons,
			(path) => path.endsWith('th-3.md'),
			(text, at) => (at === 4 ? fresh(7)() : text)
		),
	typos: (lessons) => {
		const chance = chanceOf(11);
		return change(
			lessons,
			() => chance() < 0.5,
			(text, at) => (at === 6 ? `${text.slice(0, 9)}ๆ${text.slice(10)}` : text)
		);
	},
	unit: (lessons) => new Map([...lessons, ['units/th-13.md', Array.from({ length: 14 }, fresh(5))]]),
	numbers: (lessons) =>
		change(
			lessons,
			(path) => path.endsWith('-5.md'),
			(text) => text.replace(/\d+/g, (number) => String(Number(number) + 3))
		),
	all: (lessons) => {
		const next = fresh(3);
		return change(
			lessons,
			() => true,
			(text, at) => (at === 8 ? next() : text)
		);
	}
};

/** Sentences that no lesson has: those of the catalogues, turned about. */
function fresh(seed: number): () => string {
	const chance = chanceOf(seed);
	const sentences = sentencesOf('lo');
	return () => Array.from({ length: 3 }, () => sentences[Math.floor(chance() * sentences.length)]!).join(' ');
}

const change = (
	lessons: Lessons,
	isMeant: (path: string) => boolean,
	edit: (text: string, at: number) => string
): Lessons => new Map([...lessons].map(([path, texts]) => [path, isMeant(path) ? texts.map(edit) : texts]));
