/** Where a comment stands in a draft that has changed since: at its paragraph, found by the words that it is about. */
import type { DraftUnit } from '../../../core/drafts/draft.ts';
import { unitWords } from '../../../core/drafts/words.ts';
import type { Block } from '../../../core/lessons/blocks.ts';
import { parseLesson } from '../../../core/lessons/parse.ts';
import type { Comment } from '../../../core/protocol/hand-in.ts';
import { spokenText } from '../../lessons/text/plain.ts';

/** The beginning of a quote is enough to know a paragraph by. */
const KNOWN_BY = 60;
const PARAGRAPH = /^b(\d+)$/;

/** The paragraph that a comment is about now; null where it is about none, or its words are gone. */
export function paragraphOf({ block, quote }: Comment, blocks: readonly Block[]): number | null {
	const [, number] = PARAGRAPH.exec(block ?? '') ?? [];
	if (number === undefined) return null;
	const index = Number(number);
	const words = plain(quote ?? '').slice(0, KNOWN_BY);
	if (words === '') return index < blocks.length ? index : null;
	const has = (at: number) => at < blocks.length && plain(spokenText(blocks[at]!)).includes(words);
	if (has(index)) return index;
	const found = blocks.findIndex((_, at) => has(at));
	return found < 0 ? null : found;
}

const plain = (text: string): string => text.replace(/\s+/gu, ' ').trim();

/** Open comments of a unit that have no place of their own on its page in this language. */
export function withoutPlace(unit: DraftUnit, language: string, comments: readonly Comment[]): Comment[] {
	const { blocks } = parseLesson(unitWords(unit, language).text);
	const places = new Set([
		...(unit.practice?.steps ?? []).map(({ id }) => `step:${id}`),
		...unit.items.map(({ id }) => `item:${id}`)
	]);
	return comments.filter(
		(comment) =>
			!places.has(comment.block ?? '') &&
			((comment.language !== null && comment.language !== language) || paragraphOf(comment, blocks) === null)
	);
}
