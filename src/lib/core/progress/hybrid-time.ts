/**
 * Hybrid logical time (Kulkarni et al. 2014): milliseconds of a clock that may be wrong, and a count that keeps what
 * was seen before in front of what came after. It orders events and does nothing else (SYN-10 to SYN-12).
 */

/** 1 January 2024: no event of Setara is older, so a phone that woke up in 1970 is counted from here. */
export const EARLIEST = 1_704_067_200_000;
/** 1 January 2100: a clock that runs ahead takes its account this far and no further; the count goes on in order. */
export const LATEST = 4_102_444_800_000;
export const MAX_COUNT = 0xffff_ffff;

/** Milliseconds since 1970, and the count within them. */
export type HybridTime = [milliseconds: number, count: number];

export const BEGINNING: HybridTime = [EARLIEST, 0];

/** Earlier is negative. Equal times are told apart by the event's id, by whoever sorts. */
export const compareTimes = (one: HybridTime, other: HybridTime): number =>
	one[0] - other[0] || one[1] - other[1];

/** The time of something that happens now: later than `last`, whatever the clock says. */
export function tick(last: HybridTime, now: number): HybridTime {
	const wall = Math.min(Math.max(Math.trunc(now), EARLIEST), LATEST);
	if (wall > last[0]) return [wall, 0];
	return [last[0], Math.min(last[1] + 1, MAX_COUNT)];
}

/** What a device holds as last after it saw another's time: what it does next comes after what it has seen. */
export const observe = (last: HybridTime, seen: HybridTime): HybridTime =>
	compareTimes(seen, last) > 0 ? seen : last;
