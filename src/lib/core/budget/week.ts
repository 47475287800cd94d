/**
 * The data that a person allows Setara in seven days (BUD-1 to BUD-3). A week counts from the day on which it was set,
 * as a prepaid bundle begins on the day on which it is bought, and its days are the phone's own.
 */
import * as v from 'valibot';

/** Bytes a week, and the day from which weeks are counted. */
const Budget = v.strictObject({
	bytes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e12)),
	since: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/))
});
export type Budget = v.InferOutput<typeof Budget>;

/**
 * What bytes went for. `packages`: what is learned, and the catalogue for it; `progress`: what is sent of it; `work`: what
 * is handed in; `app`: newer releases of the app itself.
 */
export type Purpose = 'packages' | 'catalogue' | 'progress' | 'work' | 'app';

/** Line, headers and the frames of TLS of one request and its answer, as they go over the wire here at most. */
export const HEAD_BYTES = 1500;

/** The budget that a phone's store has under `BUDGET`, or null: none was set. */
export const BUDGET = 'budget';
export function parseBudget(stored: unknown): Budget | null {
	const read = v.safeParse(Budget, stored);
	return read.success ? read.output : null;
}

const DAY = 24 * 60 * 60 * 1000;

/** The phone's own day, `2026-11-25`. */
export function dayOf(now: Date): string {
	const two = (part: number) => String(part).padStart(2, '0');
	return `${String(now.getFullYear()).padStart(4, '0')}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/**
 * The week that `day` is in: its first day, and the first of the next. Days before the beginning are of the first
 * week, so that setting the clock back begins no new one.
 */
export function weekOf(since: string, day: string): { from: string; until: string } {
	const weeks = Math.max(0, Math.floor((Date.parse(day) - Date.parse(since)) / DAY / 7));
	const from = Date.parse(since) + weeks * 7 * DAY;
	const iso = (time: number) => new Date(time).toISOString().slice(0, 10);
	return { from: iso(from), until: iso(from + 7 * DAY) };
}

/** Bytes that are left of a budget on a day; never below zero. A clock that was set back counts with its week too. */
export function leftOf(
	budget: Budget,
	spent: readonly { day: string; bytes: number }[],
	day: string
): number {
	const { from, until } = weekOf(budget.since, day);
	const first = day < from ? day : from;
	const used = spent.reduce((sum, line) => sum + (line.day >= first && line.day < until ? line.bytes : 0), 0);
	return Math.max(0, budget.bytes - used);
}
