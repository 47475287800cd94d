/** What a lesson's tree refers to: figures, videos, terms, other units. */
import type { Block, Inline } from './blocks.ts';

/** Ids of the figures that blocks show, in order, each once. */
export const figuresIn = (blocks: readonly Block[]): Set<string> =>
	new Set(everyBlock(blocks).flatMap((each) => (each.type === 'figure' ? [each.figure] : [])));

/** Ids of the videos that blocks show, in order, each once. */
export const videosIn = (blocks: readonly Block[]): Set<string> =>
	new Set(everyBlock(blocks).flatMap((each) => (each.type === 'video' ? [each.media] : [])));

/** Ids of the glossary's terms that words link to, in order, each once. */
export const termsIn = (blocks: readonly Block[]): Set<string> =>
	new Set(wordsIn(blocks).flatMap((each) => (each.type === 'term' ? [each.term] : [])));

/** Ids of the units that words link to, in order, each once. */
export const unitLinksIn = (blocks: readonly Block[]): Set<string> =>
	new Set(wordsIn(blocks).flatMap((each) => (each.type === 'unit-link' ? [each.unit] : [])));

function everyBlock(blocks: readonly Block[]): Block[] {
	return blocks.flatMap((each) => {
		if (each.type === 'list') return [each, ...each.entries.flatMap(everyBlock)];
		return each.type === 'callout' ? [each, ...everyBlock(each.blocks)] : [each];
	});
}

const wordsIn = (blocks: readonly Block[]): Inline[] =>
	everyBlock(blocks).flatMap(ownWords).flatMap(everyInline);

function ownWords(block: Block): Inline[] {
	if (block.type === 'callout') return block.title;
	if (block.type === 'table') return [...block.head, ...block.rows.flat()].flat();
	return 'inlines' in block ? block.inlines : [];
}

const everyInline = (inline: Inline): Inline[] =>
	'inlines' in inline ? [inline, ...inline.inlines.flatMap(everyInline)] : [inline];
