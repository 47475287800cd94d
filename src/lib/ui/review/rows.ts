/**
 * A unit in one or two languages as rows that stand beside each other: its blocks, then everything else that it says,
 * each with what changed since the version that is out. What is the same in every language is one row.
 */
import { diffUnit, type BlockChange, type FieldChange } from '../../core/review/diff.ts';
import { fieldsOf } from '../../core/review/unit-fields.ts';
import type { UnitPage } from '../../core/lessons/unit-page.ts';
import type { Piece } from '../../core/review/words.ts';
import { valueText, type Say } from './values.ts';

export const PARTS = ['text', 'practice', 'quiz', 'pictures', 'media', 'terms', 'about'] as const;
type Part = (typeof PARTS)[number];

export type Kind = 'same' | 'changed' | 'old' | 'new';

/** What one language has at a row. */
export interface Cell {
	kind: Kind;
	pieces: Piece[];
	/** Indices of the block in each page, where the row is one. */
	block: { before: number | null; now: number | null } | null;
}

export interface Row {
	/** Unlike any other of the unit. */
	key: string;
	part: Part;
	/** As `unit-fields` names it; a block's is its anchor. */
	place: string;
	/** Where a comment on it belongs; null: on the unit. */
	anchor: string | null;
	kind: Kind;
	/** Something else is out in a language: not only a language that is new as a whole. */
	differs: boolean;
	/** The same in every language: one cell for all. */
	shared: boolean;
	/** In the order of the languages; null: that language does not have it. */
	cells: (Cell | null)[];
}

export interface Side {
	language: string;
	before: UnitPage | null;
	now: UnitPage | null;
}

/** The rows of a unit in these languages, in the order in which a learner meets them. */
export function rowsOf(sides: readonly Side[], say: Say): Row[] {
	const diffs = sides.map(({ before, now, language }) => diffUnit(before, now, language));
	const fields = sides.map((side, at) => fieldCells(side, diffs[at]!.fields, say));
	const rows = [...blockRows(diffs.map(({ blocks }) => blocks)), ...fieldRows(fields)];
	const isOut = sides.map(({ before }) => before !== null);
	const differs = ({ cells }: Row): boolean =>
		cells.some((cell, at) => isOut[at] && cell !== null && cell.kind !== 'same');
	return PARTS.flatMap((part) =>
		rows.filter((row) => row.part === part).map((row) => ({ ...row, differs: differs(row) }))
	);
}

function blockRows(sides: readonly BlockChange[][]): Row[] {
	const rows: Row[] = [];
	sides.forEach((changes, at) => {
		let last = -1;
		for (const { kind, before, now, pieces } of changes) {
			const key = now === null ? `gone${before}` : `b${now}`;
			let found = rows.findIndex((row) => row.key === key);
			if (found < 0) {
				found = last + 1;
				const anchor = now === null ? null : key;
				const cells = sides.map(() => null);
				rows.splice(found, 0, {
					...{ key, part: 'text', place: key, anchor, kind: 'same', differs: false, shared: false, cells }
				});
			}
			rows[found]!.cells[at] = { kind, pieces, block: { before, now } };
			last = found;
		}
	});
	return rows.map((row) => ({ ...row, kind: kindOf(row.cells) }));
}

interface Placed {
	place: string;
	shared: boolean;
	cell: Cell;
}

/** Every field, changed or not: who signs may read all of it. */
function fieldCells(side: Side, changes: readonly FieldChange[], say: Say): Placed[] {
	const { before, now, language } = side;
	const changed = new Map(changes.map((change) => [change.place, change]));
	const [old, fresh] = [before ? fieldsOf(before) : [], now ? fieldsOf(now) : []];
	const places = new Map([...fresh, ...old].map((field) => [field.place, field]));
	// What is gone stands after what was before it.
	return [...places.values()].flatMap(({ place, words, shared, text }): Placed[] => {
		const change = changed.get(place);
		const kind = change?.kind ?? 'same';
		const pieces = words
			? (change?.pieces ?? [{ kind: 'same', text }])
			: valueText(place, side, change ? kind : 'same', say, language);
		if (pieces === null) return [];
		return [{ place, shared, cell: { kind, pieces, block: null } }];
	});
}

function fieldRows(sides: readonly Placed[][]): Row[] {
	const rows: Row[] = [];
	sides.forEach((placed, at) => {
		let last = -1;
		for (const { place, shared, cell } of placed) {
			let found = rows.findIndex((row) => row.place === place);
			if (found < 0) {
				found = last + 1;
				rows.splice(found, 0, {
					...{
						key: place,
						part: partOf(place),
						place,
						anchor: anchorOf(place),
						kind: 'same',
						differs: false,
						shared
					},
					cells: sides.map(() => null)
				});
			}
			rows[found]!.cells[at] = cell;
			last = found;
		}
	});
	return rows.map((row) => ({ ...row, kind: kindOf(row.cells) }));
}

function kindOf(cells: readonly (Cell | null)[]): Kind {
	const kinds = new Set(cells.flatMap((cell) => cell?.kind ?? []));
	if (kinds.size === 1) return [...kinds][0]!;
	return kinds.size === 0 ? 'same' : 'changed';
}

function partOf(place: string): Part {
	const [head = ''] = place.split(/[:/]/);
	if (['goal', 'tools', 'tool', 'safety', 'steps', 'step'].includes(head)) return 'practice';
	if (['quiz', 'items', 'item'].includes(head)) return 'quiz';
	if (head === 'figure') return 'pictures';
	if (['video', 'sound', 'simulation'].includes(head)) return 'media';
	return head === 'term' ? 'terms' : 'about';
}

/** A comment belongs to a step or a question as a whole. */
function anchorOf(place: string): string | null {
	const [anchor = ''] = place.split('/');
	return /^(?:step|item):/.test(anchor) ? anchor : null;
}

/** Rows in runs: what changed by itself, and what did not as one that opens. */
export function runsOf(
	rows: readonly Row[],
	isShown: (row: Row) => boolean
): { key: string; folded: boolean; rows: Row[] }[] {
	const runs: { key: string; folded: boolean; rows: Row[] }[] = [];
	for (const row of rows) {
		const folded = row.kind === 'same' && !isShown(row);
		const last = runs.at(-1);
		if (last?.folded === folded) last.rows.push(row);
		else runs.push({ key: row.key, folded, rows: [row] });
	}
	return runs;
}
