import { describe, expect, it } from 'vitest';
import { memoryProgress } from '../../../../tests/factories/memory-progress.ts';
import { completed, newId } from '../../../../tests/factories/people.ts';
import { createServer, type Server } from '../../../../tests/simulation/server.ts';
import { MAX_BATCH, PUSH_TEXT, type SyncAnswer } from '../../core/protocol/sync.ts';
import { EVENT_VERSION } from '../../core/progress/event.ts';
import { append, newProfile } from '../progress/log.ts';
import { prepare, takeIn } from './exchange.ts';

async function newPhone() {
	const store = memoryProgress();
	await store.change((tx) => tx.putProfile(newProfile('me', newId())));
	const ask = () => store.change((tx) => prepare(tx, 'me'));
	const take = (request: Awaited<ReturnType<typeof ask>>, answer: SyncAnswer) =>
		store.change((tx) => takeIn(tx, 'me', request, answer, 1, newId()));
	return {
		store,
		ask,
		take,
		row: () => store.profiles.get('me')!,
		rows: () => [...store.events.values()],
		learn: (unit: string) =>
			store.change((tx) =>
				append(tx, 'me', { v: 'completed', o: { p: 'solar', u: unit }, c: { l: 'th' } }, Date.now(), newId)
			),
		/** An exchange in which nothing goes wrong. */
		async exchange(server: Server) {
			const request = await ask();
			return take(request, answerOf(server, request));
		}
	};
}

function answerOf(server: Server, request: Parameters<Server['sync']>[0]): SyncAnswer {
	const answer = server.sync(request);
	if (typeof answer === 'string') throw new Error(answer);
	return answer;
}
const newServer = () => createServer(200, (text) => text.includes('refuse-me'));

describe('what is sent', () => {
	it('SYN-55 stays inside the limits of one push, and goes on where it ended', async () => {
		const phone = await newPhone();
		for (let n = 0; n < MAX_BATCH + 20; n++) await phone.learn(`unit-${n}`);
		const first = await phone.ask();
		expect(first.push.events).toHaveLength(MAX_BATCH);
		expect(first.push.events.join('').length).toBeLessThan(PUSH_TEXT);
		const server = newServer();
		await phone.take(first, answerOf(server, first));
		expect((await phone.ask()).push).toMatchObject({ first: MAX_BATCH + 1 });
	});
});

describe('a receipt', () => {
	it('SYN-66 of another chain is none', async () => {
		const phone = await newPhone();
		await phone.learn('one');
		const request = await phone.ask();
		const answer = answerOf(newServer(), request);
		const forged = { ...answer, receipt: { ...answer.receipt, chain: 'f'.repeat(64) } };
		expect(await phone.take(request, forged)).toBe('forked');
		expect(phone.row()).toMatchObject({ last: 1, received: 0 });
	});

	it('SYN-68 that goes back puts what the server lost into the outbox again', async () => {
		const [phone, server] = [await newPhone(), newServer()];
		await phone.learn('one');
		await phone.exchange(server);
		const backup = server.backup();
		await phone.learn('two');
		await phone.exchange(server);
		expect(phone.row().received).toBe(2);
		await phone.exchange(backup);
		expect(phone.row().received).toBe(1);
		await phone.exchange(backup);
		expect(backup.ids()).toHaveLength(2);
	});

	it('SYN-72 about a device id that is no longer ours says nothing', async () => {
		const [phone, server] = [await newPhone(), newServer()];
		await phone.learn('one');
		const request = await phone.ask();
		const answer = answerOf(server, request);
		await phone.take(request, { ...answer, receipt: { last: 9, chain: answer.receipt.chain } });
		expect(phone.row().device).not.toBe(request.device);
		expect(await phone.take(request, answer)).toBe('stale');
		expect(phone.row().received).toBe(0);
	});

	it('SYN-70 of a refused event keeps it, with its reason, and a new id does not send it again', async () => {
		const [phone, server] = [await newPhone(), newServer()];
		await phone.learn('refuse-me');
		await phone.learn('two');
		await phone.exchange(server);
		expect(phone.rows().map(({ refused }) => refused)).toEqual(['progress/score-not-given', null]);
		const request = await phone.ask();
		await phone.take(request, { ...answerOf(server, request), receipt: { last: 9, chain: 'a'.repeat(64) } });
		expect(phone.rows().map(({ seq }) => seq)).toEqual([0, 1]);
		expect((await phone.ask()).push.events).toHaveLength(1);
	});
});

describe('a server that was set back', () => {
	async function twoPhones() {
		const [author, reader, server] = [await newPhone(), await newPhone(), newServer()];
		const backup = server.backup();
		await author.learn('one');
		await author.exchange(server);
		return { author, reader, server, backup };
	}

	it('SYN-69 gets back what a phone had read of another that is gone', async () => {
		const { reader, server, backup } = await twoPhones();
		await reader.exchange(server);
		for (let n = 0; n < 3; n++) await reader.exchange(backup);
		expect(backup.ids()).toEqual(server.ids());
	});

	it('SYN-72 and an answer from before that comes late is not taken for what it has', async () => {
		const { reader, server, backup } = await twoPhones();
		const request = await reader.ask();
		const late = answerOf(server, request);
		await reader.learn('mine');
		await reader.exchange(backup);
		await reader.take(request, late);
		for (let n = 0; n < 3; n++) await reader.exchange(backup);
		expect(new Set(backup.ids())).toEqual(new Set(reader.rows().map(({ id }) => id)));
		expect(backup.ids()).toHaveLength(2);
	});
});

it('SYN-71 what a newer app wrote is read when this one is newer', async () => {
	const [phone, server] = [await newPhone(), newServer()];
	const request = await phone.ask();
	const answer = answerOf(server, request);
	const pull = {
		...answer.pull!,
		events: ['{"v":"unheard-of"}', completed('one')],
		cursor: { n: 2, mark: 'a'.repeat(32) }
	};
	await phone.take(request, { ...answer, pull });
	expect(phone.row()).toMatchObject({ unread: EVENT_VERSION, cursor: { n: 2 } });
	expect(phone.rows()).toHaveLength(1);
	// As if this code were one version on.
	await phone.store.change((tx) => tx.putProfile({ ...phone.row(), unread: EVENT_VERSION - 1 }));
	expect((await phone.ask()).pull!.n).toBe(0);
});
