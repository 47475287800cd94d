/** How large a reader has lessons drawn. Kept on this phone, for every unit. */
export const TEXT_SIZES = [1, 1.15, 1.3, 1.6] as const;

const KEY = 'setara.text-size';

/** Index into `TEXT_SIZES`; 0 where nothing, or nonsense, is kept. */
export function keptTextSize(store: Pick<Storage, 'getItem'>): number {
	try {
		const kept = Number(store.getItem(KEY));
		return Number.isInteger(kept) && kept > 0 && kept < TEXT_SIZES.length ? kept : 0;
	} catch {
		return 0;
	}
}

export function keepTextSize(store: Pick<Storage, 'setItem'>, size: number): void {
	try {
		store.setItem(KEY, String(size));
	} catch {
		// A browser that keeps nothing shows the size until the page is closed.
	}
}
