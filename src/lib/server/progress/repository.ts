/** What the service of progress asks of its tables (sharding.md: one account a query, its key always first). */
import { and, eq, gt, gte } from 'drizzle-orm';
import type { PoolClient } from 'pg';
import { toHex } from '../../core/base/hash.ts';
import { joinUnits, own, type Facts, type UnitFacts } from '../../core/progress/project.ts';
import { MARK_START } from '../../core/progress/chain.ts';
import { MAX_BATCH, type Cursor, type SyncAnswer, type SyncRequest } from '../../core/protocol/sync.ts';
import type { Database } from '../db/pool.ts';
import { inTransaction } from '../db/transaction.ts';
import { accounts, deviceOwners, events, progress, refusedEvents } from '../db/progress-tables.ts';

export interface Judged {
	text: string;
	/** Null where the event cannot be read. */
	id: string | null;
	state: 'counted' | 'held' | 'refused';
	code: string | null;
}

export interface Pushed {
	outcome: 'stored' | 'gap' | 'forked' | 'no-account';
	receipt: SyncAnswer['receipt'];
}

/** Characters of events in one answer; the rest comes with the next. */
const PAGE_TEXT = 256 * 1024;

/** Whose device this is: the first account that comes with it keeps it. */
export async function ownerOf({ pool }: Database, device: string, account: string): Promise<string> {
	const find = async () => {
		const text = 'select account_id from device_owners where device_id = $1';
		const { rows } = await pool.query<{ account_id: string }>({
			name: 'device-owner',
			text,
			values: [device]
		});
		return rows[0]?.account_id;
	};
	const known = await find();
	if (known) return known;
	await pool.query(
		'insert into device_owners (device_id, account_id) values ($1, $2) on conflict (device_id) do nothing',
		[device, account]
	);
	return (await find())!;
}

/** Stores a push and what it comes to, in one transaction; the function holds the account's lock until the end. */
export async function pushEvents(
	{ pool }: Database,
	account: string,
	{ device, push }: SyncRequest,
	judged: readonly Judged[],
	facts: Facts,
	at: Date
): Promise<Pushed> {
	return inTransaction(pool, async (client) => {
		const { rows } = await client.query<{ outcome: Pushed['outcome']; last: number; chain: Buffer }>({
			name: 'push-events',
			text: 'select outcome, last, chain from push_events($1, $2, $3, $4, $5, $6, $7, $8, $9)',
			values: [
				account,
				device,
				push.first,
				Buffer.from(push.before, 'hex'),
				judged.map(({ text }) => text),
				judged.map(({ id }) => id),
				judged.map(({ state }) => state),
				judged.map(({ code }) => code),
				at
			]
		});
		const [row] = rows;
		if (row!.outcome === 'stored' && Object.keys(facts).length > 0)
			await joinProgress(client, account, facts);
		return { outcome: row!.outcome, receipt: { last: row!.last, chain: toHex(row!.chain) } };
	});
}

/** Joins facts into what the account's units have; joining again changes nothing. */
async function joinProgress(client: PoolClient, account: string, facts: Facts): Promise<void> {
	const said = Object.entries(facts).flatMap(([id, units]) =>
		Object.entries(units).map(([unit, each]) => ({ id, unit, facts: each }))
	);
	const { rows } = await client.query<{ package_id: string; unit_id: string; facts: UnitFacts }>({
		name: 'progress-of-units',
		text: `select package_id, unit_id, facts from progress
			where account_id = $1 and package_id = any ($2) and unit_id = any ($3)`,
		values: [account, said.map(({ id }) => id), said.map(({ unit }) => unit)]
	});
	const joined = said.map((each) => {
		const before = rows.find((row) => row.package_id === each.id && row.unit_id === each.unit);
		return before ? joinUnits(before.facts, each.facts) : each.facts;
	});
	await client.query({
		name: 'put-progress',
		text: `insert into progress (account_id, package_id, unit_id, facts)
			select $1, u.package_id, u.unit_id, u.facts
				from unnest($2::text[], $3::text[], $4::jsonb[]) as u (package_id, unit_id, facts)
			on conflict (account_id, package_id, unit_id) do update set facts = excluded.facts`,
		values: [
			account,
			said.map(({ id }) => id),
			said.map(({ unit }) => unit),
			joined.map((each) => JSON.stringify(each))
		]
	});
}

/** What was refused of a device from a sequence on. */
export const refusedFrom = (
	{ query }: Database,
	account: string,
	device: string,
	first: number
): Promise<SyncAnswer['refused']> =>
	query
		.select({ seq: refusedEvents.seq, code: refusedEvents.code })
		.from(refusedEvents)
		.where(
			and(
				eq(refusedEvents.accountId, account),
				eq(refusedEvents.deviceId, device),
				gte(refusedEvents.seq, first)
			)
		)
		.orderBy(refusedEvents.seq);

interface PageRow {
	n: string;
	mark: Buffer;
	device_id: string;
	event: string;
}

/** Events after a place, without the device's own; from the start where that place is not in this order. */
export async function pullEvents(
	{ pool }: Database,
	account: string,
	device: string,
	cursor: Cursor
): Promise<NonNullable<SyncAnswer['pull']>> {
	const from = async (n: number) => {
		const { rows } = await pool.query<PageRow>({
			name: 'pull-events',
			text: `select n, mark, device_id, event from events
				where account_id = $1 and n >= $2 order by n limit $3`,
			values: [account, n, MAX_BATCH + 2]
		});
		return rows;
	};
	let rows = await from(cursor.n);
	const isPlace =
		cursor.n === 0
			? cursor.mark === MARK_START
			: Number(rows[0]?.n) === cursor.n && toHex(rows[0]!.mark) === cursor.mark;
	if (!isPlace) rows = await from(0);
	const after = isPlace && cursor.n > 0 ? rows.slice(1) : rows;
	let room = PAGE_TEXT;
	const page = after
		.slice(0, MAX_BATCH)
		.filter(({ event }, index) => (room -= event.length) >= 0 || index === 0);
	const last = page.at(-1);
	const start = isPlace ? cursor : { n: 0, mark: MARK_START };
	return {
		events: page.filter((row) => row.device_id !== device).map((row) => row.event),
		cursor: last ? { n: Number(last.n), mark: toHex(last.mark) } : start,
		more: page.length < after.length,
		restarted: !isPlace
	};
}

/** Events that are held, a few at a time, after a place in the order of accounts and events. */
export async function heldEvents(
	{ pool }: Database,
	after: { account: string; id: string },
	limit: number
): Promise<{ account: string; id: string; event: string; device: string; seq: number }[]> {
	const { rows } = await pool.query(
		`select account_id as account, event_id as id, event, device_id as device, seq from events
			where state = 'held' and (account_id, event_id) > ($1, $2)
			order by account_id, event_id limit $3`,
		[after.account, after.id, limit]
	);
	return rows;
}

/** A held event whose score turned out to be right. */
export async function countHeld(
	{ pool }: Database,
	account: string,
	id: string,
	facts: Facts
): Promise<void> {
	await inTransaction(pool, async (client) => {
		await client.query('select 1 from account_cursors where account_id = $1 for update', [account]);
		const { rowCount } = await client.query(
			`update events set state = 'counted' where account_id = $1 and event_id = $2 and state = 'held'`,
			[account, id]
		);
		if (rowCount) await joinProgress(client, account, facts);
	});
}

/** What a server makes of an account's events, by package and unit. */
export async function progressOf({ query }: Database, account: string): Promise<Facts> {
	const rows = await query.select().from(progress).where(eq(progress.accountId, account));
	const facts: Facts = {};
	for (const row of rows) {
		facts[row.packageId] = { ...own(facts, row.packageId), [row.unitId]: row.facts as UnitFacts };
	}
	return facts;
}

/** Events of an account in its order, after a place. */
export const eventsAfter = (
	{ query }: Database,
	account: string,
	n: number,
	limit: number
): Promise<{ n: number; event: string }[]> =>
	query
		.select({ n: events.n, event: events.event })
		.from(events)
		.where(and(eq(events.accountId, account), gt(events.n, n)))
		.orderBy(events.n)
		.limit(limit);

/** Everything that an account did, and the account. */
export async function forgetAccount({ query }: Database, account: string): Promise<void> {
	await query.delete(deviceOwners).where(eq(deviceOwners.accountId, account));
	await query.delete(accounts).where(eq(accounts.accountId, account));
}
