/**
 * What requests of this phone may still cost, and what they did (BUD-2 to BUD-7). A purse is opened for one purpose;
 * every request takes what it may bring out of it before it is sent, so that several at once cannot spend the same
 * bytes. What is written never says less than what went: while a purse is open, a part of the budget is written down
 * as spent, and that is corrected when it is closed.
 */
import {
	BUDGET,
	dayOf,
	HEAD_BYTES,
	leftOf,
	parseBudget,
	type Budget,
	type Purpose
} from '../core/budget/week.ts';
import type { SafeDb } from './db/schema.ts';
import { watchSetting } from './db/watch-setting.ts';

/** Written down as spent before it is, and again each time that so much more went. */
const LEASE = 32 * 1024;
/** Without a budget the bill may be behind by so much, which spares writing. */
const UNLIMITED_STEP = 512 * 1024;
/** Days of which the bill is kept. */
const KEPT = 60;

export interface Purse {
	/** The most body bytes that a request may ask for now; 0: nothing is left for one. Infinite without a budget. */
	most(): number;
	/** Sets `bytes` of body aside for one request, and counts its head; null where they are not left. */
	begin(bytes: number): Outlay | null;
	/** What was spent is written down, and nothing is set aside any more. */
	close(): Promise<void>;
}

/** One request's bytes. */
interface Outlay {
	/** So much of the body came; false: that was more than was set aside, and no more is left. */
	came(bytes: number): boolean;
	/** It is over: what was set aside and did not come can be spent otherwise. */
	end(): void;
}

/** The budget that the person set, or null. */
export const readBudget = async (db: SafeDb): Promise<Budget | null> =>
	parseBudget((await db.settings.get(BUDGET))?.value);

/** Sets the week's budget in bytes, from today on; null takes it away. What was spent today counts. */
export async function setBudget(db: SafeDb, bytes: number | null): Promise<void> {
	const before = await readBudget(db);
	if (bytes === null) return db.settings.delete(BUDGET);
	await db.settings.put({ key: BUDGET, value: { bytes, since: before?.since ?? dayOf(new Date()) } });
}

/** Calls when the person sets another budget, or none: purses that are open do not know of it. Answers what ends it. */
export const watchBudget = (db: SafeDb, listener: () => void): (() => void) =>
	watchSetting(db, BUDGET, listener);

/** Bytes that are left this week; infinite without a budget. */
export async function leftNow(db: SafeDb): Promise<number> {
	const budget = await readBudget(db);
	return budget ? leftOf(budget, await db.spent.toArray(), dayOf(new Date())) : Infinity;
}

/**
 * @param of id of the package, or empty
 * @param isFree the person allowed this beyond the budget: it is counted and not held back
 */
export async function openPurse(db: SafeDb, what: Purpose, of: string, isFree: boolean): Promise<Purse> {
	const limited = !isFree && (await readBudget(db)) !== null;
	const step = limited ? LEASE : UNLIMITED_STEP;
	const lease: [string, 'unsure', string] = [dayOf(new Date()), 'unsure', crypto.randomUUID()];
	/** In the store, this purse's own lease taken off. */
	let left = Infinity;
	let aside = 0;
	let unwritten = 0;
	let writing: Promise<void> = Promise.resolve();

	/** Moves what went to the bill, and reads again what other tabs left. */
	const write = (isLast: boolean): Promise<void> => {
		// One that the store refused is made up for by the next.
		writing = writing
			.catch(() => undefined)
			.then(() =>
				db.transaction('rw', db.spent, db.settings, async () => {
					const day = dayOf(new Date());
					const bytes = unwritten;
					const before = (await db.spent.get([day, what, of]))?.bytes ?? 0;
					if (bytes > 0) await db.spent.put({ day, what, of, bytes: before + bytes });
					if (isLast) await db.spent.delete(lease);
					else if (limited) await db.spent.put({ day: lease[0], what: 'unsure', of: lease[2], bytes: LEASE });
					const rest = limited ? await leftNow(db) : left;
					// Both at once: a request that begins between the two would take the same bytes again.
					unwritten -= bytes;
					left = rest;
				})
			);
		return writing;
	};
	if (limited) {
		await db.spent.where('day').below(firstKept()).delete();
		await write(false);
	}

	const rest = () => left - aside - unwritten;
	const count = (bytes: number) => {
		unwritten += bytes;
		// A fault of the store is met by whoever stores what came, and said there.
		if (unwritten >= step) void write(false).catch(() => undefined);
	};
	return {
		most: () => Math.max(0, rest() - HEAD_BYTES),
		begin(bytes) {
			if (bytes + HEAD_BYTES > rest()) return null;
			let held = bytes;
			aside += bytes;
			count(HEAD_BYTES);
			const use = (came: number) => {
				const used = Math.min(held, came);
				held -= used;
				aside -= used;
			};
			return {
				came(bytes) {
					use(bytes);
					count(bytes);
					return rest() >= 0;
				},
				end: () => use(held)
			};
		},
		close: () => write(true)
	};
}

/** Work that spends: a purse for the time of it. */
export async function spending<Value>(
	db: SafeDb,
	what: Purpose,
	isFree: boolean,
	work: (purse: Purse) => Promise<Value>
): Promise<Value> {
	const purse = await openPurse(db, what, '', isFree);
	try {
		return await work(purse);
	} finally {
		await purse.close().catch(() => undefined);
	}
}

const firstKept = (): string => dayOf(new Date(Date.now() - KEPT * 24 * 60 * 60 * 1000));
