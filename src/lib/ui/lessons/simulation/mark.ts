/**
 * A mark that a simulation was started and has not yet shown that it lives. It is written at once, before the frame is
 * there, into the store that needs no turn of the event loop: an endless loop in the frame can freeze this page for
 * good (snags.md), and the next opening then offers the text in its place.
 */
const key = (unit: string) => `setara.simulation.${unit}`;

/** The part of `localStorage` that is used; a browser that forbids it gets null. */
export type MarkStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** `unit` names package and unit. False when the browser keeps nothing: then a run has no mark, and starts all the same. */
export function setMark(store: MarkStore | null, unit: string): boolean {
	try {
		store?.setItem(key(unit), '1');
		return store !== null;
	} catch {
		return false;
	}
}

export function clearMark(store: MarkStore | null, unit: string): void {
	try {
		store?.removeItem(key(unit));
	} catch {
		// Nothing was kept, so nothing is left to take away.
	}
}

/** Whether the last run of this unit's simulation never showed that it lived. */
export function hasMark(store: MarkStore | null, unit: string): boolean {
	try {
		return store?.getItem(key(unit)) === '1';
	} catch {
		return false;
	}
}
