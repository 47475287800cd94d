/** What changed in a unit since the version that is out: blocks, words, questions, steps, media, metadata (REV-72 to REV-75). */
import type { Block } from '../lessons/blocks.ts';
import { blockText } from '../lessons/block-text.ts';
import type { UnitPage } from '../lessons/unit-page.ts';
import { align } from './align.ts';
import { fieldsOf, type Field } from './unit-fields.ts';
import { diffWords, wordsOf, type Piece } from './words.ts';

/** A block of either page, in the order in which both are read together. */
export interface BlockChange {
	kind: 'same' | 'changed' | 'old' | 'new';
	/** Its place among the blocks of the page; null where that page does not have it. */
	before: number | null;
	now: number | null;
	/** Its words; none where it is the same. */
	pieces: Piece[];
}

export interface FieldChange {
	/** As `fieldsOf` names it: `item:q1/prompt`, `step:look/text`, `minutes` … */
	place: string;
	kind: 'changed' | 'old' | 'new';
	/** Words that a person reads; else a value (`before`, `now`) to be shown as what it is. */
	words: boolean;
	shared: boolean;
	pieces: Piece[];
	before: string | null;
	now: string | null;
}

export interface UnitDiff {
	kind: 'same' | 'changed' | 'old' | 'new';
	blocks: BlockChange[];
	fields: FieldChange[];
}

/** Compares a unit's pages in one language; null: that version does not have it. */
export function diffUnit(before: UnitPage | null, now: UnitPage | null, language: string): UnitDiff {
	const blocks = diffBlocks(before?.blocks ?? [], now?.blocks ?? [], language);
	const fields = diffFields(before ? fieldsOf(before) : [], now ? fieldsOf(now) : [], language);
	const isSame = fields.length === 0 && blocks.every(({ kind }) => kind === 'same');
	const kind = !before ? 'new' : !now ? 'old' : isSame ? 'same' : 'changed';
	return { kind, blocks, fields };
}

/** Whether two pages differ, in what is shared and in the language's own words, without looking at the words. */
export function changedIn(
	before: UnitPage | null,
	now: UnitPage | null
): { shared: boolean; language: boolean } {
	if (!before || !now) return { shared: before !== now, language: before !== now };
	const parts = (page: UnitPage, shared: boolean): string =>
		JSON.stringify(fieldsOf(page).filter((field) => field.shared === shared));
	return {
		shared: parts(before, true) !== parts(now, true),
		language:
			parts(before, false) !== parts(now, false) ||
			JSON.stringify(before.blocks) !== JSON.stringify(now.blocks)
	};
}

function diffFields(before: readonly Field[], now: readonly Field[], language: string): FieldChange[] {
	const old = new Map(before.map((field) => [field.place, field]));
	const fresh = new Map(now.map((field) => [field.place, field]));
	const places = [...fresh.keys(), ...[...old.keys()].filter((place) => !fresh.has(place))];
	return places.flatMap((place): FieldChange[] => {
		const [was, is] = [old.get(place), fresh.get(place)];
		if (was?.text === is?.text) return [];
		const { words, shared } = (is ?? was)!;
		return [
			{
				...{ place, words, shared, kind: was && is ? 'changed' : is ? 'new' : 'old' },
				pieces: words ? diffWords(was?.text ?? '', is?.text ?? '', language) : [],
				before: was?.text ?? null,
				now: is?.text ?? null
			}
		];
	});
}

function diffBlocks(before: readonly Block[], now: readonly Block[], language: string): BlockChange[] {
	const steps = align(
		before.map((block) => JSON.stringify(block)),
		now.map((block) => JSON.stringify(block))
	);
	const changes: BlockChange[] = [];
	let [gone, come]: [number[], number[]] = [[], []];
	const flush = (): void => {
		changes.push(...paired(before, now, gone, come, language));
		[gone, come] = [[], []];
	};
	for (const step of steps) {
		if (step.kind === 'old') gone.push(step.before);
		else if (step.kind === 'new') come.push(step.now);
		else {
			flush();
			changes.push({ kind: 'same', before: step.before, now: step.now, pieces: [] });
		}
	}
	flush();
	return changes;
}

/** Less in common than this, and two blocks are two blocks, not one that was changed. */
const ALIKE = 0.35;

/** Blocks that went and came between two that stayed: pairs that are alike are one block that changed. */
function paired(
	before: readonly Block[],
	now: readonly Block[],
	gone: readonly number[],
	come: readonly number[],
	language: string
): BlockChange[] {
	const changes: BlockChange[] = [];
	let at = 0;
	for (const old of gone) {
		const found = come.findIndex(
			(fresh, index) => index >= at && isAlike(before[old]!, now[fresh]!, language)
		);
		if (found < 0) {
			changes.push(alone(before[old]!, old, null));
			continue;
		}
		for (const fresh of come.slice(at, found)) changes.push(alone(now[fresh]!, null, fresh));
		const fresh = come[found]!;
		const pieces = diffWords(textOf(before[old]!), textOf(now[fresh]!), language);
		changes.push({ kind: 'changed', before: old, now: fresh, pieces });
		at = found + 1;
	}
	for (const fresh of come.slice(at)) changes.push(alone(now[fresh]!, null, fresh));
	return changes;
}

const alone = (block: Block, before: number | null, now: number | null): BlockChange => {
	const kind = now === null ? 'old' : 'new';
	return { kind, before, now, pieces: [{ kind, text: textOf(block) }] };
};

/** Words in common, of all words of both (Dice), among blocks of one type. */
function isAlike(one: Block, other: Block, language: string): boolean {
	if (one.type !== other.type) return false;
	const [a, b] = [one, other].map((block) => wordsOf(textOf(block), language).filter((word) => word.trim()));
	const left = new Map<string, number>();
	for (const word of a!) left.set(word, (left.get(word) ?? 0) + 1);
	let common = 0;
	for (const word of b!) {
		const count = left.get(word) ?? 0;
		if (count === 0) continue;
		left.set(word, count - 1);
		common += 1;
	}
	return (2 * common) / (a!.length + b!.length || 1) >= ALIKE;
}

/** What a block says, as plain text; a figure or a medium is its id. */
const textOf = (block: Block): string =>
	blockText(block, { rows: '\n', cells: ' | ', blocks: '\n', medium: (id) => id });
