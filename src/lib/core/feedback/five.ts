/**
 * The rule of five (FBK-20 to FBK-23): no number about fewer than five learners, and no words of theirs either. A
 * number that is held back cannot be worked out from another, because sums over marks are not given.
 */
import { MARKS, type Mark } from '../progress/marks.ts';

export const FEWEST = 5;

/** A mark that stands, without who set it: one a learner and place. */
export interface StandingMark {
	unit: string;
	place: string;
	part: string;
	language: string;
	mark: Mark;
	words: string | null;
}

export interface ItemSum {
	unit: string;
	item: string;
	learners: number;
	right: number;
}

export interface PlaceSummary {
	unit: string;
	place: string;
	part: string;
	language: string;
	/** Learners a mark; null: fewer than five. Empty where fewer than five marked the place at all. */
	marks: { mark: Mark; learners: number | null }[];
	/** In the order of the alphabet, so that it says nothing about who or when. */
	words: string[];
}

/** What may be shown of the marks of a package, by place. */
export function summarise(marks: readonly StandingMark[]): PlaceSummary[] {
	const places = new Map<string, StandingMark[]>();
	for (const each of marks) {
		const key = `${each.unit} ${each.place} ${each.part}`;
		places.set(key, [...(places.get(key) ?? []), each]);
	}
	return [...places.values()].map(summaryOf);
}

function summaryOf(marks: StandingMark[]): PlaceSummary {
	const { unit, place, part, language } = marks[0]!;
	const head = { unit, place, part, language };
	if (marks.length < FEWEST) return { ...head, marks: [], words: [] };
	const counted = MARKS.flatMap((mark) => {
		const learners = marks.filter((each) => each.mark === mark).length;
		return learners === 0 ? [] : [{ mark, learners: learners < FEWEST ? null : learners }];
	});
	const words = marks.flatMap((each) => (each.words ? [each.words] : [])).sort();
	return { ...head, marks: counted, words };
}

/** The share of learners whose first answer was right; null: fewer than five answered. */
export const shareRight = ({ learners, right }: ItemSum): number | null =>
	learners < FEWEST ? null : right / learners;
