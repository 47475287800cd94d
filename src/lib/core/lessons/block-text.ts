/** What a block says, as plain text: to be compared, or quoted where nothing can be drawn. */
import type { Block } from './blocks.ts';
import { plainText } from './inline.ts';

/** How the pieces of a block are put together. */
export interface Manner {
	/** Between entries of a list and rows of a table. */
	rows: string;
	cells: string;
	/** Between the title and the blocks of a callout. */
	blocks: string;
	/** Stands for a figure or a medium, which have no words of their own. */
	medium: (id: string) => string;
}

export function blockText(block: Block, manner: Manner): string {
	const inner = (each: Block) => blockText(each, manner);
	switch (block.type) {
		case 'heading':
		case 'paragraph':
			return plainText(block.inlines);
		case 'list':
			return block.entries.map((entry) => entry.map(inner).join(' ')).join(manner.rows);
		case 'table':
			return [block.head, ...block.rows]
				.map((row) => row.map(plainText).join(manner.cells))
				.join(manner.rows);
		case 'callout':
			return [plainText(block.title), ...block.blocks.map(inner)].join(manner.blocks);
		case 'figure':
			return manner.medium(block.figure);
		case 'video':
			return manner.medium(block.media);
	}
}
