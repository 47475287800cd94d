/** How long to wait before something that failed is tried again. */

export interface Pauses {
	/** Milliseconds after the first failure, on the average. */
	first: number;
	/** What chance alone never draws beyond. */
	longest: number;
}

/**
 * Milliseconds until the next try: the span doubles with each failure up to a ceiling, and chance draws from all of it,
 * so that forty phones of a class that lost the link together do not come back together.
 * @param chance a number from 0 to below 1
 */
export const growingPause = (failures: number, chance: () => number, { first, longest }: Pauses): number =>
	first / 2 + chance() * Math.min(first * 2 ** failures, longest);
