/**
 * A lesson's text as a tree, which is all that pages draw: there is no HTML in it, so none can come out of it
 * (docs/adr/0002-lessons-are-a-tree.md). `parse.ts` makes it of the Markdown of SRC-6.
 */
export type Inline =
	| { type: 'text'; text: string }
	| { type: 'strong' | 'emphasis'; inlines: Inline[] }
	| { type: 'code'; text: string }
	/** `https:` address, checked. */
	| { type: 'link'; href: string; inlines: Inline[] }
	| { type: 'unit-link'; unit: string; inlines: Inline[] }
	| { type: 'term'; term: string; inlines: Inline[] };

export type Block =
	| { type: 'heading'; level: 2 | 3; inlines: Inline[] }
	| { type: 'paragraph'; inlines: Inline[] }
	| { type: 'list'; ordered: boolean; start: number; entries: Block[][] }
	| { type: 'table'; head: Inline[][]; rows: Inline[][][] }
	| { type: 'callout'; kind: 'safety' | 'tip' | 'standard'; title: Inline[]; blocks: Block[] }
	| { type: 'figure'; figure: string }
	| { type: 'video'; media: string };
