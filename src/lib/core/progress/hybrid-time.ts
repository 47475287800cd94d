/**
 * Hybrid logical time (Kulkarni et al. 2014): milliseconds of a clock that may be wrong, and a count that keeps what
 * was seen before in front of what came after. Orders events; nothing is decided by it but order (SYN-10 to SYN-13).
 */

/** The most that one clock may pull another forward: what a phone says from further ahead orders nothing else. */
export const MAX_DRIFT = 24 * 60 * 60 * 1000;
export const MAX_COUNT = 0xffff_ffff;
/** 1 January 2024: no event of Setara is older, so a phone that woke up in 1970 is counted from here. */
export const EARLIEST = 1_704_067_200_000;
/** The end of the 48 bits of a UUIDv7 (RFC 9562). */
export const LATEST = 2 ** 48 - 1;

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
	return last[1] < MAX_COUNT ? [last[0], last[1] + 1] : [Math.min(last[0] + 1, LATEST), 0];
}

/**
 * What a device holds as last after it saw another's time: the later one, unless that is more than a day ahead of
 * this device's own clock and of what it holds: then it is a bad clock, and its events stand where they stand alone.
 */
export function observe(last: HybridTime, seen: HybridTime, now: number): HybridTime {
	if (compareTimes(seen, last) <= 0) return last;
	return seen[0] > Math.max(now, EARLIEST) + MAX_DRIFT ? last : seen;
}
