/** The week's bill and budget, for pages. */
import { liveQuery } from 'dexie';
import { billOf, type Bill } from '../core/budget/bill.ts';
import { dayOf } from '../core/budget/week.ts';
import { askAgain, onInstall } from './app/held.ts';
import { openDatabases } from './db/schema.ts';
import { readBudget, setBudget } from './purse.ts';

/** Calls with the bill, now and after each change in any tab; answers what ends it. */
export function watchBill(listener: (bill: Bill) => void): () => void {
	const { safe } = openDatabases();
	const billNow = async () => {
		const [budget, rows] = await Promise.all([readBudget(safe), safe.spent.toArray()]);
		return billOf(budget, rows, dayOf(new Date()));
	};
	const subscription = liveQuery(billNow).subscribe({ next: listener, error: () => undefined });
	// What the worker writes of the app itself, Dexie does not hear of.
	const unfollow = onInstall(() => void billNow().then(listener, () => undefined));
	return () => {
		unfollow();
		subscription.unsubscribe();
	};
}

/** Allows so many bytes in seven days, counted from the day on which the first budget was set; null: as many as come. */
export async function allowInWeek(bytes: number | null): Promise<void> {
	await setBudget(openDatabases().safe, bytes);
	void askAgain();
}
