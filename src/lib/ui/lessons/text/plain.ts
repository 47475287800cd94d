/** A lesson's tree as the words that a voice reads, and strings of words with `**bold**` as pieces (SRC-5). */
import type { Block, Inline } from '../../../core/lessons/blocks.ts';

/** What a block says, for reading aloud: captions and pictures have a voice of their own and are left out. */
export function spokenText(block: Block): string {
	switch (block.type) {
		case 'heading':
		case 'paragraph':
			return inlineText(block.inlines);
		case 'list':
			return block.entries.map((entry) => entry.map(spokenText).join(' ')).join('\n');
		case 'table':
			return [block.head, ...block.rows].map((row) => row.map(inlineText).join(', ')).join('\n');
		case 'callout':
			return [inlineText(block.title), ...block.blocks.map(spokenText)].join('\n');
		case 'figure':
		case 'video':
			return '';
	}
}

/** The words of inlines without their marks. */
export const inlineText = (inlines: readonly Inline[]): string =>
	inlines.map((each) => ('inlines' in each ? inlineText(each.inlines) : each.text)).join('');

export interface Piece {
	text: string;
	bold: boolean;
}

/** Cuts a string with `**bold**` into pieces; a mark without its partner stays a sign among others. */
export function boldPieces(text: string): Piece[] {
	const parts = text.split(/\*\*(?=\S)(.+?)(?<=\S)\*\*/su);
	return parts
		.map((part, index) => ({ text: part, bold: index % 2 === 1 }))
		.filter(({ text: part }) => part !== '');
}

/** The same words for a place where nothing can be bold: an attribute, an `<option>`. */
export const withoutBold = (text: string): string =>
	boldPieces(text)
		.map((piece) => piece.text)
		.join('');
