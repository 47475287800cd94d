/** The words inside a block: marked's inline tokens made into `Inline`s, with every link looked at. */
import type { Token, Tokens } from 'marked';
import { isId } from '../base/ids.ts';
import type { Inline } from './blocks.ts';
import type { LessonFaultCode } from './faults.ts';

/** Takes a fault; `below` is how many lines under the beginning of the words it stands. */
export type Report = (code: LessonFaultCode, params?: Record<string, string>, below?: number) => void;

/** Inline tokens as a tree. What SRC-6 does not allow is reported and becomes its text. */
export function inlines(tokens: readonly Token[] | undefined, report: Report): Inline[] {
	let above = 0;
	const found = (tokens ?? []).flatMap((token) => {
		const start = above;
		above += token.raw.split('\n').length - 1;
		return inline(token as Tokens.Generic, (code, params, below = 0) => report(code, params, start + below));
	});
	return joinTexts(found);
}

/** A text with `**bold**` and nothing else, as quizzes and practice guides have it (SRC-5). */
export function boldText(text: string): Inline[] {
	const pieces = text.split(/\*\*(\S(?:.*?\S)?)\*\*/su);
	return pieces.flatMap((piece, index): Inline[] => {
		if (piece === '') return [];
		const plain: Inline = { type: 'text', text: piece };
		return [index % 2 === 1 ? { type: 'strong', inlines: [plain] } : plain];
	});
}

/** The plain text of inlines: for titles, search and the names of things. */
export function plainText(inlines: readonly Inline[]): string {
	return inlines.map((each) => ('text' in each ? each.text : plainText(each.inlines))).join('');
}

function inline(token: Tokens.Generic, report: Report): Inline[] {
	switch (token.type) {
		case 'strong':
			return [{ type: 'strong', inlines: inlines(token.tokens, report) }];
		case 'em':
			return [{ type: 'emphasis', inlines: inlines(token.tokens, report) }];
		case 'codespan':
			return [{ type: 'code', text: token.text as string }];
		case 'link':
			return link(token, report);
		case 'br':
			return [{ type: 'text', text: ' ' }];
		case 'escape':
			return [{ type: 'text', text: token.text as string }];
		case 'text':
			if (token.tokens) return inlines(token.tokens, report);
			return [text(token.text as string, report)];
		case 'html':
			report('lesson/html', { text: excerpt(token.raw) });
			return [{ type: 'text', text: token.raw }];
		case 'image':
			report('lesson/image-refused', { text: excerpt(token.raw) });
			return [{ type: 'text', text: (token.text as string | undefined) ?? '' }];
		default:
			report('lesson/not-supported', { text: excerpt(token.raw) });
			return token.tokens ? inlines(token.tokens, report) : [{ type: 'text', text: token.raw }];
	}
}

function link(token: Tokens.Generic, report: Report): Inline[] {
	const href = token.href as string;
	const words = inlines(token.tokens, report);
	const [, scheme, id] = /^(unit|glossary):(.*)$/s.exec(href) ?? [];
	if (id !== undefined && isId(id)) {
		return [
			scheme === 'unit'
				? { type: 'unit-link', unit: id, inlines: words }
				: { type: 'term', term: id, inlines: words }
		];
	}
	if (isHttps(href)) return [{ type: 'link', href, inlines: words }];
	report('lesson/link-refused', { text: excerpt(href) });
	return words;
}

/** Written out as `https://`, so that nothing rests on how a browser mends an address. */
function isHttps(href: string): boolean {
	return /^https:\/\/[^\s\\]+$/i.test(href) && URL.canParse(href) && new URL(href).protocol === 'https:';
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };

function text(source: string, report: Report): Inline {
	// Not a tag by Markdown's rules, but one by a browser's: `<svg/onload=…>`.
	if (/<\/?[a-z][a-z0-9-]*[\s/>]/i.test(source)) report('lesson/html', { text: excerpt(source) });
	if (source.includes('**')) report('lesson/stray-marks', { text: excerpt(source) });
	const decoded = source.replace(/&(amp|lt|gt|quot|nbsp);/g, (_, name: string) => ENTITIES[name]!);
	return { type: 'text', text: joinLines(decoded) };
}

// Scripts that put no space between words, or between the lines of one sentence.
const UNSPACED =
	/(?<=[\p{sc=Han}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\u3000-\u303f\uff00-\uffef])\n(?=[\p{sc=Han}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\u3000-\u303f\uff00-\uffef])/gu;

const joinLines = (text: string): string => text.replace(UNSPACED, '').replaceAll('\n', ' ');

function joinTexts(list: Inline[]): Inline[] {
	const joined: Inline[] = [];
	for (const each of list) {
		const last = joined.at(-1);
		if (each.type === 'text' && last?.type === 'text') last.text += each.text;
		else if (each.type !== 'text' || each.text !== '') joined.push(each);
	}
	return joined;
}

const excerpt = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
