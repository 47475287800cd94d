/**
 * Where a reader is in a text: which block of it, and how far into that block. A unit has the same blocks in every
 * language (SRC-7), so the place holds when the language changes, and when the text size does.
 */
export interface Place {
	block: number;
	/** How much of the block lies above the line of reading, 0-1. */
	into: number;
}

/** Where a reader goes on: at the block that was kept, and a unit that is done from its beginning. */
export const placeToBegin = (
	progress: { state: 'new' | 'begun' | 'done'; block: number | null } | null
): Place | null => (progress?.block && progress.state !== 'done' ? { block: progress.block, into: 0 } : null);

/** Top and height of each block, in pixels, from the line below the top bar where reading begins. */
export interface Extent {
	top: number;
	height: number;
}

/** The place in view, null for the very beginning: there is nothing to come back to. */
export function placeIn(extents: readonly Extent[]): Place | null {
	const block = extents.findIndex(({ top, height }) => top + height > 0);
	const extent = extents[block];
	if (!extent || (block === 0 && extent.top >= 0)) return null;
	const into = extent.height > 0 ? Math.min(1, Math.max(0, -extent.top / extent.height)) : 0;
	return { block, into: Math.round(into * 100) / 100 };
}

/** How far to scroll down (pixels) so that a place is on the line of reading; 0 when the text has no such block. */
export function scrollTo(extents: readonly Extent[], place: Place): number {
	const extent = extents[place.block];
	return extent ? Math.round(extent.top + extent.height * place.into) : 0;
}
