/** What changed in a text, word by word as its language cuts words (REV-71). */
import { align } from './align.ts';

export interface Piece {
	kind: 'same' | 'old' | 'new';
	text: string;
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenterOf(language: string): Intl.Segmenter {
	let found = segmenters.get(language);
	if (!found) {
		found = new Intl.Segmenter(language, { granularity: 'word' });
		segmenters.set(language, found);
	}
	return found;
}

/** Words, spaces and signs in order: Thai, Lao, Khmer, Burmese and Chinese put no spaces between words. */
export const wordsOf = (text: string, language: string): string[] =>
	Array.from(segmenterOf(language).segment(text), ({ segment }) => segment);

/** Both texts as one row of pieces: within each change the old words first, then the new ones. */
export function diffWords(before: string, now: string, language: string): Piece[] {
	if (before === now) return before === '' ? [] : [{ kind: 'same', text: before }];
	const [old, fresh] = [wordsOf(before, language), wordsOf(now, language)];
	const pieces: Piece[] = [];
	let [gone, come] = ['', ''];
	const flush = (): void => {
		if (gone) pieces.push({ kind: 'old', text: gone });
		if (come) pieces.push({ kind: 'new', text: come });
		[gone, come] = ['', ''];
	};
	const steps = align(old, fresh);
	steps.forEach((step, at) => {
		if (step.kind === 'old') gone += old[step.before]!;
		else if (step.kind === 'new') come += fresh[step.now]!;
		else {
			const word = fresh[step.now]!;
			const isBetween = gone && come && at + 1 < steps.length && steps[at + 1]!.kind !== 'same';
			// A space between two changed words belongs to the change: one phrase is easier to read than its crumbs.
			if (isBetween && word.trim() === '') {
				gone += word;
				come += word;
				return;
			}
			flush();
			const last = pieces.at(-1);
			if (last?.kind === 'same') last.text += word;
			else pieces.push({ kind: 'same', text: word });
		}
	});
	flush();
	return pieces;
}
