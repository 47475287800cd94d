/**
 * Copies what learners say out of their logs into tables keyed by package (FBK-10 to FBK-13). A job after the push:
 * nothing of it holds up a receipt, and what a crash leaves is copied at the next start. All of an account's rows are
 * worked out from its whole log, so copying again changes nothing.
 */
import { collect, isFeedback, type ItemResult, type PlaceMark } from '../../core/feedback/collect.ts';
import { readEvent, type Event } from '../../core/progress/event.ts';
import type { Database } from '../db/pool.ts';
import { inTransaction } from '../db/transaction.ts';

/** A phone hands over several batches in a row. */
const REST = 300;
const PAGE = 500;

export interface FeedbackCopies {
	/** Something of this account was stored. */
	wake: (account: string) => void;
	/** Copies this account from its start: something that was held counts now. */
	again: (account: string) => Promise<void>;
	forget: (account: string) => Promise<void>;
	/** Copies all that is not copied yet; answers how many accounts. */
	copyAll: () => Promise<number>;
	/** Resolves when nothing is under way. */
	idle: () => Promise<void>;
}

export function createFeedbackCopies(database: Database): FeedbackCopies {
	let running: Promise<void> = Promise.resolve();
	const waiting = new Map<string, NodeJS.Timeout>();
	// One after the other, so that an older look at a log never comes after a newer one.
	const run = (account: string): Promise<void> =>
		(running = running
			.then(() => copyAccount(database, account))
			.catch((error: unknown) => console.error('feedback: copying:', error)));
	const start = (account: string) => {
		clearTimeout(waiting.get(account));
		waiting.delete(account);
		return run(account);
	};
	return {
		wake(account) {
			if (waiting.has(account)) return;
			const timer = setTimeout(() => void start(account), REST);
			timer.unref();
			waiting.set(account, timer);
		},
		async again(account) {
			await database.pool.query('delete from feedback_copies where account_id = $1', [account]);
			await run(account);
		},
		forget: (account) => forget(database, account),
		async copyAll() {
			const { rows } = await database.pool.query<{ account: string }>(
				`select c.account_id as account from account_cursors c
				 left join feedback_copies f on f.account_id = c.account_id where c.n > coalesce(f.n, 0)`
			);
			for (const { account } of rows) await run(account);
			return rows.length;
		},
		async idle() {
			for (const account of [...waiting.keys()]) void start(account);
			await running;
		}
	};
}

async function copyAccount(database: Database, account: string): Promise<void> {
	const { pool } = database;
	const { rows } = await pool.query<{ copied: string }>(
		'select n as copied from feedback_copies where account_id = $1',
		[account]
	);
	const copied = Number(rows[0]?.copied ?? 0);
	const fresh = await eventsAfter(database, account, copied);
	if (fresh.n === copied) return;
	const packages = new Set(fresh.events.filter(isFeedback).map(({ o }) => o.p));
	if (packages.size > 0) {
		const { events } = copied === 0 ? fresh : await eventsAfter(database, account, 0);
		const said = collect(events.filter(({ o }) => packages.has(o.p)));
		await put(database, account, [...packages], said);
	}
	await pool.query(
		`insert into feedback_copies (account_id, n) select account_id, $2 from accounts where account_id = $1
		 on conflict (account_id) do update set n = excluded.n`,
		[account, fresh.n]
	);
	// Somebody who deleted their account meanwhile leaves nothing.
	const { rowCount } = await pool.query('select 1 from accounts where account_id = $1', [account]);
	if (!rowCount) await forget(database, account);
}

/** Events that count, after a place in the account's order, and the place that was read to. */
async function eventsAfter(
	{ pool }: Database,
	account: string,
	after: number
): Promise<{ events: Event[]; n: number }> {
	const events: Event[] = [];
	let n = after;
	for (;;) {
		const { rows } = await pool.query<{ n: string; event: string; state: string }>(
			'select n, event, state from events where account_id = $1 and n > $2 order by n limit $3',
			[account, n, PAGE]
		);
		for (const row of rows) {
			n = Number(row.n);
			const event = row.state === 'counted' ? readEvent(row.event) : null;
			if (event?.ok) events.push(event.value);
		}
		if (rows.length < PAGE) return { events, n };
	}
}

async function put(
	{ pool }: Database,
	account: string,
	packages: readonly string[],
	{ marks, items }: { marks: PlaceMark[]; items: ItemResult[] }
): Promise<void> {
	for (const id of packages) {
		const mine = marks.filter((each) => each.package === id);
		const results = items.filter((each) => each.package === id);
		// One package a transaction: its rows lie together, wherever they lie.
		await inTransaction(pool, async (client) => {
			await client.query('delete from feedback where package_id = $1 and account_id = $2', [id, account]);
			await client.query(
				`insert into feedback (package_id, account_id, unit_id, place, part, language, mark, words, at)
				 select $1::text, $2::uuid, u.* from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::timestamptz[]) as u`,
				[
					id,
					account,
					mine.map(({ unit }) => unit),
					mine.map(({ place }) => place),
					mine.map(({ part }) => part),
					mine.map(({ language }) => language),
					mine.map(({ mark }) => mark),
					mine.map(({ words }) => words),
					mine.map(({ at }) => new Date(at))
				]
			);
			await client.query(
				`insert into item_results (package_id, account_id, unit_id, item_id, first_right, tries)
				 select $1::text, $2::uuid, u.* from unnest($3::text[], $4::text[], $5::boolean[], $6::integer[]) as u
				 on conflict (package_id, account_id, unit_id, item_id)
				 do update set first_right = excluded.first_right, tries = excluded.tries`,
				[
					id,
					account,
					results.map(({ unit }) => unit),
					results.map(({ item }) => item),
					results.map(({ firstRight }) => firstRight),
					results.map(({ tries }) => tries)
				]
			);
		});
	}
}

async function forget({ pool }: Database, account: string): Promise<void> {
	await pool.query('delete from feedback where account_id = $1', [account]);
	await pool.query('delete from item_results where account_id = $1', [account]);
}
