/** The bytes that come over paid lines, held against the week's budget that the person set (DEV-86, BUD-3). */
import { BUDGET, dayOf, parseBudget, weekOf } from '../../../src/lib/core/budget/week.ts';
import type { Disk } from './disk.ts';
import type { Time } from './time.ts';

export interface WeeksData {
	/** Bytes of a request that began then came. Throws where they are beyond the budget. */
	came: (bytes: number, begun: number) => void;
	/** The person set another budget, or none: from now on it holds. */
	set: (bytes: number | null) => void;
}

export function countData(time: Time, disk: Disk): WeeksData {
	const paid = new Map<string, number>();
	let since = '';
	let budget: { bytes: number; set: number; week: string; unbilled: number } | null = null;
	const today = () => dayOf(new Date(time.now()));
	const inWeek = (week: ReturnType<typeof weekOf>) =>
		[...paid].reduce((sum, [day, bytes]) => sum + (day >= week.from && day < week.until ? bytes : 0), 0);

	return {
		came(bytes, begun) {
			paid.set(today(), (paid.get(today()) ?? 0) + bytes);
			if (!budget) return;
			const week = weekOf(since, today());
			const isFirst = week.from === budget.week;
			// What was under way when the person said so was begun without this limit.
			if (isFirst && begun <= budget.set) budget.unbilled += bytes;
			if (inWeek(week) > budget.bytes + (isFirst ? budget.unbilled : 0))
				throw new Error(`DEV-86 bytes beyond the week's: ${JSON.stringify({ budget, paid: [...paid] })}`);
		},
		set(bytes) {
			budget = null;
			if (bytes === null) return;
			since = parseBudget(disk.rows('settings').find(({ key }) => key === BUDGET)?.value)!.since;
			const week = weekOf(since, today());
			const rows = disk.rows('spent').filter(({ day }) => day >= week.from && day < week.until);
			const billed = rows.reduce((sum, row) => sum + row.bytes, 0);
			// Without a budget a kill may leave some off the bill (BUD-7), and more than this one may have gone already.
			const unbilled = Math.max(0, inWeek(week) - Math.min(billed, bytes));
			budget = { bytes, set: time.now(), week: week.from, unbilled };
		}
	};
}
