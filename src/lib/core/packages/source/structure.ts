/** That a lesson has the same blocks in every language (SRC-7), so that a change of language keeps the place. */
import type { Block } from '../../lessons/blocks.ts';
import type { Lesson } from '../../lessons/parse.ts';

/** The first place where two lessons part: what stands there in each (`end` where one has stopped), and the lines. */
export interface Difference {
	line: number;
	found: string;
	otherLine: number;
	expected: string;
}

/** Compares a translation with its source; null where they run alike. */
export function compareStructure(source: Lesson, translation: Lesson): Difference | null {
	const length = Math.max(source.blocks.length, translation.blocks.length);
	for (let at = 0; at < length; at += 1) {
		const [expected, found] = [shapeAt(source, at), shapeAt(translation, at)];
		if (expected !== found) {
			return { line: lineAt(translation, at), found, otherLine: lineAt(source, at), expected };
		}
	}
	return null;
}

const shapeAt = ({ blocks }: Lesson, at: number): string =>
	at < blocks.length ? shapeOf(blocks[at]!) : 'end';
const lineAt = ({ lines }: Lesson, at: number): number => lines[at] ?? lines.at(-1) ?? 1;

/** A block without its words: `list 3`, `table 2x4`, `callout safety (paragraph, list 2)`. */
function shapeOf(block: Block): string {
	switch (block.type) {
		case 'heading':
			return `heading ${block.level}`;
		case 'paragraph':
			return 'paragraph';
		case 'list': {
			const kind = block.ordered ? 'numbered list' : 'list';
			const inner = block.entries.map((entry) => entry.map(shapeOf).filter((shape) => shape !== 'paragraph'));
			return `${kind} ${block.entries.length}${inner.flat().length > 0 ? ` (${inner.map((each) => each.join(', ')).join('; ')})` : ''}`;
		}
		case 'table':
			return `table ${block.rows.length}x${block.head.length}`;
		case 'callout':
			return `callout ${block.kind} (${block.blocks.map(shapeOf).join(', ')})`;
		case 'figure':
			return `figure ${block.figure}`;
		case 'video':
			return `video ${block.media}`;
	}
}
