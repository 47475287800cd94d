/** The push over a real PostgreSQL (SYN-40 to SYN-58). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chainAfter, chainStart, MARK_START, markNext } from '../../core/progress/chain.ts';
import { createFacts } from '../../../../tests/factories/facts.ts';
import { migratedDatabase, type TestDatabase } from '../../../../tests/factories/database.ts';
import { completed, eventText, FROM_START, newId, pushOf } from '../../../../tests/factories/people.ts';
import type { SyncAnswer, SyncRequest } from '../../core/protocol/sync.ts';
import { openAccount } from '../identity/accounts.ts';
import type { FindQuiz } from './judge.ts';
import { createProgressService, type ProgressService } from './progress.ts';

const PART = 'a'.repeat(64);
const UNKNOWN = 'b'.repeat(64);
const QUIZ = {
	package: 'rooftop-solar',
	quiz: {
		shuffle: false,
		passPercent: 50,
		items: [
			{ id: 'q1', kind: 'single' as const, options: ['a', 'b'], key: 'b' },
			{ id: 'q2', kind: 'single' as const, options: ['a', 'b'], key: 'a' }
		]
	}
};
let knows: ReadonlySet<string> = new Set([PART]);
const findQuiz: FindQuiz = async (part) => (knows.has(part) ? QUIZ : null);

let database: TestDatabase;
let progress: ProgressService;
beforeAll(async () => {
	database = await migratedDatabase();
	progress = createProgressService(database, findQuiz);
});
afterAll(() => database.drop());

let people = 0;
const account = async () => (await openAccount(database, `person${people++}`))!;
async function stored(owner: string, request: SyncRequest): Promise<SyncAnswer> {
	const answer = await progress.sync(owner, request);
	if (!answer.ok) throw new Error(answer.fault.code);
	return answer.value;
}
const answered = (item: string, choice: string, right: boolean, part = PART) =>
	eventText({
		v: 'answered',
		o: { p: 'rooftop-solar', u: 'final', q: item },
		r: { a: { kind: 'single', choice }, y: right },
		c: { l: 'th', d: part, a: newId() }
	});
const tried = (verb: 'passed' | 'failed', right: number, answers: Record<string, string>, of = 2) =>
	eventText({
		v: verb,
		o: { p: 'rooftop-solar', u: 'final' },
		r: {
			n: right,
			m: of,
			a: Object.fromEntries(Object.entries(answers).map(([id, choice]) => [id, { kind: 'single', choice }]))
		},
		c: { l: 'th', d: PART, a: newId() }
	});

describe('a push', () => {
	it('SYN-50 is stored whole and answered with the chain that the device has', async () => {
		const [owner, device] = [await account(), newId()];
		const chain = ['one', 'two', 'three'].map((unit) => completed(unit));
		const answer = await stored(owner, pushOf(device, chain));
		expect(answer).toMatchObject({ outcome: 'stored', refused: [] });
		expect(answer.receipt).toEqual({ last: 3, chain: chainAfter(chainStart(device), chain) });
		const facts = await progress.progressOf(owner);
		expect(Object.keys(facts['rooftop-solar']!)).toEqual(expect.arrayContaining(['one', 'two', 'three']));
	});

	it('SYN-51 sent twice is stored once, and joined with what is new in it', async () => {
		const [owner, device] = [await account(), newId()];
		const chain = ['one', 'two', 'three'].map((unit) => completed(unit));
		await stored(owner, pushOf(device, chain.slice(0, 2)));
		await stored(owner, pushOf(device, chain.slice(0, 2)));
		expect((await stored(owner, pushOf(device, chain))).receipt.last).toBe(3);
		const other = await stored(owner, pushOf(newId(), []));
		expect(other.pull!.events).toEqual(chain);
	});

	it('SYN-52 a gap is refused and names what is there', async () => {
		const [owner, device] = [await account(), newId()];
		const chain = ['one', 'two', 'three'].map((unit) => completed(unit));
		await stored(owner, pushOf(device, chain.slice(0, 1)));
		const answer = await stored(owner, pushOf(device, chain, 3));
		expect(answer).toMatchObject({ outcome: 'gap', receipt: { last: 1 } });
	});

	it.each([
		['another event where one was', (chain: string[]) => [completed('else'), ...chain.slice(1)]],
		['another end', (chain: string[]) => [...chain.slice(0, 2), completed('else'), completed('more')]]
	])('SYN-34 a cloned phone is forked: %s', async (_, change) => {
		const [owner, device] = [await account(), newId()];
		const chain = ['one', 'two', 'three'].map((unit) => completed(unit));
		await stored(owner, pushOf(device, chain));
		const answer = await progress.sync(owner, pushOf(device, change(chain)));
		expect(answer).toEqual({ ok: false, fault: { code: 'progress/device-forked' } });
		expect((await stored(owner, pushOf(newId(), []))).pull!.events).toEqual(chain);
	});

	it("SYN-34 a chain that does not continue the device's own is forked", async () => {
		const [owner, device] = [await account(), newId()];
		await stored(owner, pushOf(device, [completed('one')]));
		const forged = pushOf(device, [completed('other'), completed('two')], 2);
		expect(await progress.sync(owner, forged)).toMatchObject({ fault: { code: 'progress/device-forked' } });
	});

	it("SYN-35 another's device is forked, and nothing of it reaches this account", async () => {
		const [one, other, device] = [await account(), await account(), newId()];
		const chain = [completed('one')];
		await stored(one, pushOf(device, chain));
		expect(await progress.sync(other, pushOf(device, chain))).toMatchObject({
			fault: { code: 'progress/device-forked' }
		});
		expect(await progress.progressOf(other)).toEqual({});
		// Sent again under a new id it is taken, as what this account did.
		expect((await stored(other, pushOf(newId(), chain))).receipt.last).toBe(1);
	});

	it('SYN-53 an event that the account has is acknowledged and not stored again', async () => {
		const owner = await account();
		const chain = ['one', 'two'].map((unit) => completed(unit));
		await stored(owner, pushOf(newId(), chain));
		const again = await stored(owner, pushOf(newId(), [...chain, completed('three'), chain[0]!]));
		expect(again.receipt.last).toBe(4);
		expect((await stored(owner, pushOf(newId(), []))).pull!.events).toHaveLength(3);
	});
});

describe('a score', () => {
	it('SYN-41 that the answer gives is counted', async () => {
		const owner = await account();
		const chain = [
			answered('q1', 'b', true),
			answered('q2', 'b', false),
			tried('passed', 1, { q1: 'b', q2: 'b' }),
			tried('failed', 0, { q1: 'a', q2: 'b' })
		];
		expect((await stored(owner, pushOf(newId(), chain))).refused).toEqual([]);
		const facts = (await progress.progressOf(owner))['rooftop-solar']!['final']!;
		expect(facts.best!.value).toEqual({ correct: 1, of: 2, passed: true });
	});

	it.each([
		['a wrong answer said to be right', () => answered('q1', 'a', true), 'progress/score-not-given'],
		[
			'more right answers than were given',
			() => tried('passed', 2, { q1: 'b', q2: 'b' }),
			'progress/score-not-given'
		],
		['passed with too few answers', () => tried('passed', 1, { q1: 'b' }), 'progress/score-not-given'],
		['a shorter test', () => tried('passed', 1, { q1: 'b' }, 1), 'progress/score-not-given'],
		['an option that is none', () => answered('q1', 'z', true), 'progress/answer-unfit'],
		['an item that is none', () => answered('q9', 'a', true), 'progress/answer-unfit']
	])('SYN-42 that it does not give is refused: %s', async (_, make, code) => {
		const [owner, device] = [await account(), newId()];
		const chain = [completed('one'), make(), completed('two')];
		const answer = await stored(owner, pushOf(device, chain));
		expect(answer).toMatchObject({ receipt: { last: 3 }, refused: [{ seq: 2, code }] });
		// It takes its sequence, is said again as often as it is sent, and counts nowhere.
		expect((await stored(owner, pushOf(device, chain))).refused).toEqual([{ seq: 2, code }]);
		expect((await stored(owner, pushOf(newId(), []))).pull!.events).toEqual([chain[0], chain[2]]);
		const { rows } = await database.pool.query('select event from refused_events where account_id = $1', [
			owner
		]);
		expect(rows).toEqual([{ event: chain[1] }]);
	});

	it('SYN-43 by a part that is not here is held, and counted once it is', async () => {
		const owner = await account();
		await stored(
			owner,
			pushOf(newId(), [answered('q1', 'b', true, UNKNOWN), answered('q1', 'a', true, UNKNOWN)])
		);
		expect(await progress.progressOf(owner)).toEqual({});
		expect((await stored(owner, pushOf(newId(), []))).pull!.events).toHaveLength(2);
		knows = new Set([PART, UNKNOWN]);
		expect(await progress.settleHeld()).toBe(1);
		expect((await progress.progressOf(owner))['rooftop-solar']!['final']!.answers['q1']!.value).toBe(true);
		knows = new Set([PART]);
	});

	it('SYN-44 what cannot be read is refused by itself', async () => {
		const [owner, device] = [await account(), newId()];
		const chain = ['{}', completed('one'), 'not json', JSON.stringify({ x: 'y'.repeat(20_000) })];
		const answer = await stored(owner, pushOf(device, chain));
		expect(answer.receipt.last).toBe(4);
		expect(answer.refused.map(({ code }) => code)).toEqual([
			'progress/bad-event',
			'progress/bad-event',
			'progress/event-too-large'
		]);
	});
});

describe('a pull', () => {
	it('SYN-57 goes page by page to the end and then brings what is new', async () => {
		const [owner, device] = [await account(), newId()];
		const chain = Array.from({ length: 450 }, (_, n) => completed(`unit-${n}`));
		for (const first of [1, 201, 401])
			await stored(owner, pushOf(device, chain.slice(0, first + 199), first));
		const reader = newId();
		const read: string[] = [];
		let cursor = FROM_START;
		for (let more = true; more;) {
			const { pull } = await stored(owner, pushOf(reader, [], 1, cursor));
			read.push(...pull!.events);
			({ cursor, more } = pull!);
		}
		expect(read).toEqual(chain);
		expect((await stored(owner, pushOf(reader, [], 1, cursor))).pull).toEqual({
			events: [],
			cursor,
			more: false,
			restarted: false
		});
	});

	it('SYN-57 the mark of a place is that of all ids before it', async () => {
		const owner = await account();
		const chain = [completed('one'), completed('two')];
		const { pull } = await stored(owner, pushOf(newId(), chain));
		const ids = chain.map((text) => (JSON.parse(text) as { i: string }).i);
		expect(pull!.cursor).toEqual({ n: 2, mark: ids.reduce(markNext, MARK_START) });
	});

	it('SYN-58 a place that this server does not have begins again', async () => {
		const [owner, chain] = [await account(), [completed('one')]];
		await stored(owner, pushOf(newId(), chain));
		for (const cursor of [
			{ n: 1, mark: 'f'.repeat(32) },
			{ n: 7, mark: MARK_START },
			{ n: 0, mark: 'f'.repeat(32) }
		]) {
			const { pull } = await stored(owner, pushOf(newId(), [], 1, cursor));
			expect(pull).toMatchObject({ restarted: true, events: chain });
		}
	});
});

describe('many at once', () => {
	it('SYN-56 overlapping pushes leave no gap that a reader could pass', { timeout: 60_000 }, async () => {
		const owner = await account();
		const devices = Array.from({ length: 8 }, () => ({
			id: newId(),
			chain: Array.from({ length: 60 }, (_, n) => completed(`unit-${n}`))
		}));
		const writing = devices.map(async ({ id, chain }) => {
			for (let first = 1; first <= chain.length; first += 6) {
				// Each push twice, at the same moment.
				const push = pushOf(id, chain.slice(0, first + 5), first, null);
				await Promise.all([stored(owner, push), stored(owner, push)]);
			}
		});
		let isOver = false;
		const everything = Promise.all(writing).then(() => (isOver = true));
		const read: string[] = [];
		const reader = newId();
		let cursor = FROM_START;
		for (let last = false; ;) {
			const { pull } = await stored(owner, pushOf(reader, [], 1, cursor));
			expect(pull!.restarted).toBe(false);
			read.push(...pull!.events);
			cursor = pull!.cursor;
			if (last && !pull!.more) break;
			last = isOver;
		}
		await everything;
		expect(read).toHaveLength(8 * 60);
		expect(new Set(read)).toEqual(new Set(devices.flatMap(({ chain }) => chain)));
		const { rows } = await database.pool.query('select n from events where account_id = $1 order by n', [
			owner
		]);
		expect(rows.map(({ n }) => Number(n))).toEqual(Array.from({ length: 480 }, (_, n) => n + 1));
		expect(await progress.progressOf(owner)).toEqual(createFacts(read));
	});
});

describe("an account's data", () => {
	it('SYN-80 comes as xAPI statements, all of them, in order', async () => {
		const owner = await account();
		await stored(owner, pushOf(newId(), [completed('one'), answered('q1', 'b', true)]));
		const statements = [];
		for await (const each of progress.statements(owner, 'Somchai', 'https://learn.example'))
			statements.push(each);
		expect(statements).toMatchObject([
			{
				actor: { account: { homePage: 'https://learn.example', name: 'Somchai' } },
				verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
				object: { id: 'https://learn.example/library/rooftop-solar/one' }
			},
			{ verb: { id: 'http://adlnet.gov/expapi/verbs/answered' }, result: { success: true } }
		]);
	});

	it('SYN-81 is gone when it is deleted, and its device may belong to another', async () => {
		const [owner, other, device] = [await account(), await account(), newId()];
		const chain = [completed('one'), '{}'];
		await stored(owner, pushOf(device, chain));
		await progress.forget(owner);
		for (const table of ['accounts', 'account_cursors', 'devices', 'events', 'refused_events', 'progress']) {
			const { rowCount } = await database.pool.query(`select 1 from ${table} where account_id = $1`, [owner]);
			expect(rowCount, table).toBe(0);
		}
		expect(await progress.sync(owner, pushOf(newId(), chain))).toMatchObject({
			fault: { code: 'account/signed-out' }
		});
		expect((await stored(other, pushOf(device, chain))).receipt.last).toBe(2);
	});
});
