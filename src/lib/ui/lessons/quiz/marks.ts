/** How an option stands after the check: drawn on it in form and word, not in colour alone. */
import type { Mark } from '../../../core/lessons/scoring.ts';

/** `missed`: right, and not chosen. `none`: neither chosen nor right, so nothing is said about it. */
export type Shown = Mark | 'none';

export const shownMark = (marks: Readonly<Record<string, Mark>>, option: string): Shown =>
	Object.hasOwn(marks, option) ? marks[option]! : 'none';

/** The letter of an option, by where it is shown. */
export const letter = (index: number): string => String.fromCharCode(65 + index);
