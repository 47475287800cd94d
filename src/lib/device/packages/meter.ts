/** How far a download is, told to every tab a few times a second. */
import type { MediaDb } from '../db/schema.ts';

const EVERY = 250;

export interface Meter {
	add(bytes: number): void;
	/** Sets what is here, and what it will be in all. */
	set(bytes: { done: number; total: number; exact: boolean }): void;
	/** Bytes that came since the meter was made. */
	readonly came: number;
	/** Writes what is so now, at once: before anything is said that stands on it, and at the end. */
	write(): Promise<void>;
}

/** A number that cannot be written is not worth stopping for: what follows will meet the same fault and say so. */
export function createMeter(db: MediaDb, id: string): Meter {
	let at: { done: number; total: number; exact: boolean } | null = null;
	let came = 0;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const write = () => {
		timer = undefined;
		// A run that ended before it knew says nothing: what the one before it said still holds.
		if (!at) return Promise.resolve();
		return db.transfers.put({ id, ...at }).then(
			() => undefined,
			() => undefined
		);
	};
	const later = () => (timer ??= setTimeout(write, EVERY));
	return {
		add(bytes) {
			if (at) at = { ...at, done: at.done + bytes };
			if (bytes > 0) came += bytes;
			later();
		},
		set({ done, total, exact }) {
			at = { done, total, exact };
			later();
		},
		get came() {
			return came;
		},
		write() {
			clearTimeout(timer);
			return write();
		}
	};
}
