/**
 * How many requests to one source may be under way: one more is tried from time to time and stays only where more bytes
 * came for it; a break halves them (DEV-62). Additive increase, multiplicative decrease, on measured throughput.
 */

export interface Window {
	readonly size: number;
	readonly limit: number;
	/** Bytes a second when last measured, or null. */
	readonly rate: number | null;
	/** Rate before the last widening, while it is on trial. */
	readonly before: number | null;
	/** Measurements until the next trial, and until the one after a trial that did not help. */
	readonly rest: number;
	readonly nextRest: number;
}

/** Bytes a second below which one request fills the link (128 kbit/s, EDGE): two would only end later. */
const SLOW = 16_000;
const FIRST_REST = 2;
const LONGEST_REST = 32;

/** One request at a time, at first. */
export const newWindow = (limit: number): Window => ({
	...{ size: 1, limit, rate: null, before: null },
	...{ rest: 0, nextRest: FIRST_REST }
});

/** After a time in which as many requests were under way as may be, at this many bytes a second. */
export function measured(window: Window, rate: number): Window {
	const now = { ...window, rate, before: null };
	if (rate < SLOW) return { ...now, size: 1 };
	if (window.before !== null && !hasHelped(window, rate)) {
		const nextRest = Math.min(window.nextRest * 2, LONGEST_REST);
		return { ...now, size: Math.max(1, window.size - 1), rest: window.nextRest, nextRest };
	}
	if (window.rest > 0) return { ...now, rest: window.rest - 1 };
	if (window.size >= window.limit) return now;
	return { ...now, size: window.size + 1, before: rate };
}

/** Three tenths of what one more would bring if nothing else held it back, and never less than noise. */
const hasHelped = ({ before, size }: Window, rate: number): boolean =>
	rate >= before! * (1 + Math.max(0.08, 0.3 / (size - 1)));

/** After a request broke off. */
export const narrowed = (window: Window): Window => ({
	...window,
	size: Math.max(1, Math.floor(window.size / 2)),
	before: null,
	rest: Math.max(window.rest, FIRST_REST)
});

/** A link that says or turns out to be slow takes one request at a time. */
export const limited = (window: Window, limit: number): Window => ({
	...window,
	limit,
	size: Math.min(window.size, limit)
});
