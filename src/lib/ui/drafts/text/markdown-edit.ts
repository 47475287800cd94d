/** What the plain buttons above a text do: each takes the text with its selection and gives it changed. */
export interface Selected {
	text: string;
	/** Selection, in UTF-16 code units as a textarea counts them. */
	start: number;
	end: number;
}

export type Line = 'heading' | 'list' | 'numbered';

/** Words that buttons put in, in the language of the text. */
export interface NewWords {
	heading: string;
	column: string;
	safety: string;
	tip: string;
}

/** Turns bold on or off around the selection, or around the word that the caret is in. */
export function bold({ text, start, end }: Selected): Selected {
	const [from, to] = trimmed(text, start === end ? wordAt(text, start) : [start, end]);
	const isBold = text.slice(from - 2, from) === '**' && text.slice(to, to + 2) === '**';
	if (isBold) {
		const without = text.slice(0, from - 2) + text.slice(from, to) + text.slice(to + 2);
		return { text: without, start: from - 2, end: to - 2 };
	}
	const marked = `${text.slice(0, from)}**${text.slice(from, to)}**${text.slice(to)}`;
	return { text: marked, start: from + 2, end: to + 2 };
}

const MARKS = /^(?:#{1,6} +|[-*+] +|\d{1,9}[.)] +)/;
const HAS: Record<Line, RegExp> = { heading: /^#{1,6} +/, list: /^[-*+] +/, numbered: /^\d{1,9}[.)] +/ };

/** Makes the lines of the selection headings or entries of a list, or plain again where all of them are. */
export function lines({ text, start, end }: Selected, kind: Line): Selected {
	const from = text.lastIndexOf('\n', start - 1) + 1;
	const stop = text.indexOf('\n', end);
	const to = stop < 0 ? text.length : stop;
	const before = text.slice(from, to).split('\n');
	const full = before.filter((line) => line.trim() !== '');
	const plain = full.length > 0 && full.every((line) => HAS[kind].test(line));
	let number = 0;
	const after = before.map((line) => {
		if (line.trim() === '' && before.length > 1) return line;
		const bare = line.replace(MARKS, '');
		if (plain) return bare;
		number++;
		return { heading: '## ', list: '- ', numbered: `${number}. ` }[kind] + bare;
	});
	const changed = after.join('\n');
	// A list right below a paragraph would be read as part of it, and so would the paragraph after it.
	const [above, below] = plain ? ['', ''] : gaps(text, from, to, kind === 'heading' ? MARKS : HAS[kind]);
	const place = from + above.length;
	return {
		text: text.slice(0, from) + above + changed + below + text.slice(to),
		start: start === end ? place + changed.length : place,
		end: place + changed.length
	};
}

/** Puts a block where the caret is, with an empty line above and below, and selects `select` in it to be written over. */
export function insert({ text, end }: Selected, block: string, select: string): Selected {
	const stop = text.indexOf('\n', end);
	const at = stop < 0 ? text.length : stop;
	const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
	const isEmpty = line.trim() === '';
	const from = isEmpty ? at - line.length : at;
	const head = text.slice(0, from).replace(/\n+$/, '');
	const tail = text.slice(at).replace(/^\n+/, '');
	const begin = head === '' ? '' : `${head}\n\n`;
	const place = begin.length + Math.max(0, block.indexOf(select));
	return {
		text: `${begin}${block}${tail === '' ? '\n' : `\n\n${tail}`}`,
		start: place,
		end: place + select.length
	};
}

export const table = (words: NewWords): string =>
	`| ${words.column} 1 | ${words.column} 2 |\n| --- | --- |\n|  |  |`;

export const callout = (kind: 'safety' | 'tip', words: NewWords): string =>
	`> [!${kind.toUpperCase()}] ${words[kind]}\n> `;

export const picture = (file: string): string => `![](figure:${file})`;

function gaps(text: string, from: number, to: number, same: RegExp): [above: string, below: string] {
	const previous = /([^\n]*)\n$/.exec(text.slice(0, from))?.[1] ?? '';
	const next = /^\n([^\n]*)/.exec(text.slice(to))?.[1] ?? '';
	const needs = (line: string) => line.trim() !== '' && !same.test(line);
	return [needs(previous) ? '\n' : '', needs(next) ? '\n' : ''];
}

/** The word around the caret; in scripts without spaces the browser knows where words end. */
function wordAt(text: string, caret: number): [number, number] {
	const from = text.lastIndexOf('\n', caret - 1) + 1;
	const stop = text.indexOf('\n', caret);
	const line = text.slice(from, stop < 0 ? text.length : stop);
	for (const { segment, index, isWordLike } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(
		line
	)) {
		if (isWordLike && from + index <= caret && caret <= from + index + segment.length)
			return [from + index, from + index + segment.length];
	}
	return [caret, caret];
}

/** Without the spaces at both ends, which would keep the marks from being read. */
function trimmed(text: string, [from, to]: [number, number]): [number, number] {
	const part = text.slice(from, to);
	const left = part.length - part.trimStart().length;
	return part.trim() === '' ? [from, to] : [from + left, from + left + part.trim().length];
}
