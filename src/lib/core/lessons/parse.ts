/**
 * Reads the Markdown of a lesson (SRC-6) into the tree that pages draw. There is no HTML in the tree: what opens a
 * tag is a fault when a package is built, and plain text when it is drawn all the same.
 */
import { Marked, type Token, type Tokens } from 'marked';
import { isId } from '../base/ids.ts';
import type { Block } from './blocks.ts';
import type { LessonFault, LessonFaultCode } from './faults.ts';
import { inlines, type Report } from './inline.ts';

/** SRC-12: text of a unit. */
export const MAX_LESSON_BYTES = 64 * 1024;
const MAX_DEPTH = 8;

export interface Lesson {
	blocks: Block[];
	/** The line, from 1, at which each of `blocks` begins. */
	lines: number[];
	/** Empty for what `check` has passed; a page ignores it. */
	faults: LessonFault[];
}

// `**` and `*` pair up wherever they touch a word: CommonMark's rule leaves them standing where Chinese, Thai or
// Khmer put no space or their own punctuation beside them.
const reader = new Marked({
	gfm: true,
	tokenizer: {
		emStrong(source) {
			const [raw, strong, emphasis] =
				/^(?:\*\*(?=[^\s*])([^]{0,4000}?[^\s*])\*\*(?!\*)|\*(?=[^\s*])([^*]{0,4000}[^\s*])\*(?!\*))/.exec(
					source
				) ?? [];
			if (raw === undefined) return source.startsWith('*') ? undefined : false;
			const text = (strong ?? emphasis)!;
			const tokens = this.lexer.inlineTokens(text);
			return strong === undefined ? { type: 'em', raw, text, tokens } : { type: 'strong', raw, text, tokens };
		}
	}
});

/** Reads a lesson. Never throws; of a text over 64 KB nothing is read, nor of one nested beyond reason. */
export function parseLesson(markdown: string): Lesson {
	if (markdown.length > MAX_LESSON_BYTES) return unread('lesson/too-large');
	try {
		return readLesson(markdown.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'));
	} catch {
		// marked recurses: a thousand `>` in a row end the stack.
		return unread('lesson/too-deep');
	}
}

const unread = (code: LessonFaultCode): Lesson => ({ blocks: [], lines: [], faults: [{ code, line: 1 }] });

function readLesson(markdown: string): Lesson {
	const lesson: Lesson = { blocks: [], lines: [], faults: [] };
	let line = 1;
	for (const token of reader.lexer(markdown)) {
		const found = block(token as Tokens.Generic, { line, depth: 0, faults: lesson.faults });
		lesson.blocks.push(...found);
		lesson.lines.push(...found.map(() => line + leadingLines(token.raw)));
		line += countLines(token.raw);
	}
	return lesson;
}

interface Place {
	line: number;
	depth: number;
	faults: LessonFault[];
}

const countLines = (raw: string): number => raw.split('\n').length - 1;
const leadingLines = (raw: string): number => /^\n*/.exec(raw)![0].length;

function reportAt({ line, faults }: Place): Report {
	return (code, params, below = 0) => {
		faults.push({ code, line: line + below, ...(params && { params }) });
	};
}

function blocks(tokens: readonly Token[], place: Place): Block[] {
	if (place.depth > MAX_DEPTH) {
		reportAt(place)('lesson/too-deep');
		return [];
	}
	let line = place.line;
	return tokens.flatMap((token) => {
		const found = block(token as Tokens.Generic, { ...place, line });
		line += countLines(token.raw);
		return found;
	});
}

function block(token: Tokens.Generic, place: Place): Block[] {
	const report = reportAt({ ...place, line: place.line + leadingLines(token.raw) });
	switch (token.type) {
		case 'space':
		case 'def':
			return [];
		case 'heading':
			return heading(token, report);
		case 'paragraph':
		case 'text':
			return paragraph(token, report);
		case 'list':
			return list(token as Tokens.List, place, report);
		case 'table':
			return table(token as Tokens.Table, report);
		case 'blockquote':
			return callout(token, place, report);
		case 'html':
			report('lesson/html', { text: token.raw.trim().slice(0, 60) });
			return asText(token.raw);
		default:
			report('lesson/not-supported', { text: token.raw.trim().slice(0, 60) });
			return asText(token.raw);
	}
}

function asText(raw: string): Block[] {
	const text = raw.trim().replaceAll('\n', ' ');
	return text === '' ? [] : [{ type: 'paragraph', inlines: [{ type: 'text', text }] }];
}

function heading(token: Tokens.Generic, report: Report): Block[] {
	const depth = token.depth as number;
	if (depth !== 2 && depth !== 3) report('lesson/heading-level', { level: String(depth) });
	return [{ type: 'heading', level: depth <= 2 ? 2 : 3, inlines: inlines(token.tokens, report) }];
}

function paragraph(token: Tokens.Generic, report: Report): Block[] {
	const [only, more] = token.tokens ?? [];
	if (only?.type === 'image' && !more) {
		const [, scheme, id] = /^(figure|video):(.*)$/s.exec((only as Tokens.Image).href) ?? [];
		if (id !== undefined && isId(id)) {
			return [scheme === 'figure' ? { type: 'figure', figure: id } : { type: 'video', media: id }];
		}
	}
	const words = inlines(token.tokens ?? [token], report);
	return words.length === 0 ? [] : [{ type: 'paragraph', inlines: words }];
}

function list(token: Tokens.List, place: Place, report: Report): Block[] {
	// A list in a list is depth 1; a third level is one too many.
	if (place.depth > 1) report('lesson/too-deep');
	let line = place.line;
	const entries = token.items.map((item) => {
		if (item.task) report('lesson/not-supported', { text: item.raw.trim().slice(0, 60) });
		const entry = blocks(item.tokens, { ...place, line, depth: place.depth + 1 });
		line += countLines(item.raw);
		return entry;
	});
	return [{ type: 'list', ordered: token.ordered, start: Number(token.start) || 1, entries }];
}

function table(token: Tokens.Table, report: Report): Block[] {
	const cells = (row: readonly Tokens.TableCell[]) => row.map((cell) => inlines(cell.tokens, report));
	return [{ type: 'table', head: cells(token.header), rows: token.rows.map(cells) }];
}

const CALLOUT = /^\[!([A-Z]+)\][ \t]*([^\n]*)(?:\n|$)/;
const CALLOUTS: Record<string, 'safety' | 'tip' | 'standard'> = {
	SAFETY: 'safety',
	TIP: 'tip',
	STANDARD: 'standard'
};

function callout(token: Tokens.Generic, place: Place, report: Report): Block[] {
	const source = token.text as string;
	const [head, name, title] = CALLOUT.exec(source) ?? [];
	const kind = name !== undefined && Object.hasOwn(CALLOUTS, name) ? CALLOUTS[name] : undefined;
	if (head === undefined || !kind || place.depth > 0) {
		report('lesson/callout-unknown', { text: source.slice(0, 60) });
		return blocks(token.tokens ?? [], { ...place, depth: place.depth + 1 });
	}
	const inner = { ...place, line: place.line + 1, depth: 1 };
	return [
		{
			type: 'callout',
			kind,
			title: inlines(reader.Lexer.lexInline(title!, reader.defaults), report),
			blocks: blocks(reader.lexer(source.slice(head.length)), inner)
		}
	];
}
