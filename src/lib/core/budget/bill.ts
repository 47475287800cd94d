/** The week's bill: what is allowed, what went for what, what is left (BUD-5). */
import { leftOf, weekOf, type Budget, type Purpose } from './week.ts';

/** A line of what is kept: one day's bytes. `unsure`: set aside by a tab that may have been killed before it said how much went. */
export interface Spent {
	day: string;
	what: Purpose | 'unsure';
	/** Id of the package, or empty. */
	of: string;
	bytes: number;
}

export interface Bill {
	/** Bytes that the person allows in a week, or null. */
	budget: number | null;
	/** First day of this week, and of the next; of the last seven days where no budget is set. */
	from: string;
	until: string;
	/** Bytes that are left; null without a budget. */
	left: number | null;
	/** Bytes that went this week. */
	spent: number;
	/** By what they went for, the largest first. */
	lines: Omit<Spent, 'day'>[];
}

/** The bill of the week that `day` is in. */
export function billOf(budget: Budget | null, rows: readonly Spent[], day: string): Bill {
	const SIX_DAYS = 6 * 24 * 60 * 60 * 1000;
	const since = budget?.since ?? new Date(Date.parse(day) - SIX_DAYS).toISOString().slice(0, 10);
	const { from, until } = weekOf(since, day);
	const lines = new Map<string, Bill['lines'][number]>();
	for (const { what, of, bytes, day: on } of rows) {
		if (on < from || on >= until) continue;
		const key = what === 'unsure' ? what : `${what} ${of}`;
		lines.set(key, { what, of: what === 'unsure' ? '' : of, bytes: (lines.get(key)?.bytes ?? 0) + bytes });
	}
	const all = [...lines.values()].sort((a, b) => b.bytes - a.bytes);
	return {
		...{ budget: budget?.bytes ?? null, from, until },
		left: budget ? leftOf(budget, rows, day) : null,
		spent: all.reduce((sum, { bytes }) => sum + bytes, 0),
		lines: all
	};
}
