import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { memoryProgress } from '../../../../tests/factories/memory-progress.ts';
import { createServer, type Server } from '../../../../tests/simulation/server.ts';
import { uuidv7 } from '../../core/base/ids.ts';
import { fail, ok } from '../../core/base/result.ts';
import type { ProfileRow } from '../db/progress-tables.ts';
import { append, newProfile } from '../progress/log.ts';
import { createEngine, type Activity, type EngineParts } from './engine.ts';

const newId = () => uuidv7(Date.now(), randomBytes(10));
const ACCOUNT = { id: newId(), name: 'somchai' };

interface Phone extends ReturnType<typeof memoryProgress> {
	learn: (profile: string, unit: string) => Promise<void>;
	row: (profile: string) => ProfileRow;
}

async function newPhone(...profiles: Partial<ProfileRow>[]): Promise<Phone> {
	const store = memoryProgress();
	for (const each of profiles) {
		await store.change((tx) =>
			tx.putProfile({ ...newProfile('me', newId()), account: ACCOUNT, token: 'token', ...each })
		);
	}
	return Object.assign(store, {
		row: (id: string) => store.profiles.get(id)!,
		learn: async (id: string, unit: string) => {
			const happening = { v: 'completed' as const, o: { p: 'solar', u: unit }, c: { l: 'th' } };
			await store.change((tx) => append(tx, id, happening, Date.now(), newId));
		}
	});
}

function engineOf(phone: Phone, server: Server, parts: Partial<EngineParts> = {}) {
	const seen: Activity[] = [];
	const engine = createEngine({
		store: phone,
		send: async (request) => {
			const answer = server.sync(request);
			return typeof answer === 'string' ? fail(answer) : ok(answer);
		},
		giveUpToken: async () => true,
		inUse: async () => 'me',
		alone: (work) => work(),
		now: () => 1000,
		newId,
		chance: () => 0.5,
		onChange: (activity) => seen.push(activity),
		...parts
	});
	return { engine, seen };
}

const server = (page = 200) => createServer(page, () => false);

describe('sending', () => {
	it('SYN-65 goes on until nothing waits, and fetches what others did', async () => {
		const [phone, other, there] = [await newPhone({}), await newPhone({}), server(3)];
		for (let n = 0; n < 450; n++) await phone.learn('me', `unit-${n}`);
		const { engine, seen } = engineOf(phone, there);
		await engine.run();
		expect(phone.row('me')).toMatchObject({ last: 450, received: 450, sentAt: 1000 });
		expect(seen.map(({ sending }) => sending).filter((share) => share !== null)).toEqual([
			0,
			200 / 450,
			400 / 450
		]);
		expect(seen.at(-1)).toEqual({ sending: null, fault: null });
		expect(engine.pause()).toBeNull();
		await engineOf(other, there).engine.run();
		expect(other.events.size).toBe(450);
	});

	it('SYN-66 nothing leaves the outbox before the receipt', async () => {
		const [phone, there] = [await newPhone({}), server()];
		await phone.learn('me', 'one');
		const { engine, seen } = engineOf(phone, there, {
			send: async (request) => {
				there.sync(request);
				return fail('network/offline');
			}
		});
		await engine.run();
		expect(there.ids()).toHaveLength(1);
		expect(phone.row('me')).toMatchObject({ last: 1, received: 0, sentAt: null });
		expect(seen.at(-1)!.fault).toEqual({ code: 'network/offline' });
		await engineOf(phone, there).engine.run();
		expect(phone.row('me').received).toBe(1);
		expect(there.ids()).toHaveLength(1);
	});

	it('SYN-73 waits longer after each failure, never beyond a quarter of an hour and its jitter', async () => {
		const phone = await newPhone({});
		await phone.learn('me', 'one');
		const { engine } = engineOf(phone, server(), { send: async () => fail('network/busy') });
		const pauses: number[] = [];
		for (let n = 0; n < 12; n++) {
			await engine.run();
			pauses.push(engine.pause()!);
		}
		expect(pauses).toEqual([...pauses].sort((one, other) => one - other));
		expect(pauses[0]).toBeLessThan(15_000);
		expect(pauses.at(-1)).toBeLessThanOrEqual(15 * 60_000);
	});

	it('SYN-73 a store that is full ends the round and is tried again', async () => {
		const [phone, there] = [await newPhone({}), server()];
		await phone.learn('me', 'one');
		const change = phone.change;
		let isFull = true;
		phone.change = (work) =>
			isFull ? Promise.reject(Object.assign(new Error(), { name: 'QuotaExceededError' })) : change(work);
		const { engine, seen } = engineOf(phone, there);
		await engine.run();
		expect(seen.at(-1)).toEqual({ sending: null, fault: { code: 'storage/full' } });
		expect(engine.pause()).not.toBeNull();
		isFull = false;
		await engine.run();
		expect(phone.row('me').received).toBe(1);
	});

	it('SYN-67 a device that is forked takes another id and sends it all again', async () => {
		const [phone, there] = [await newPhone({}), server()];
		await phone.learn('me', 'one');
		await engineOf(phone, there).engine.run();
		const clone = await newPhone();
		Object.assign(clone, { profiles: new Map(phone.profiles), events: new Map(phone.events) });
		await phone.learn('me', 'two');
		await clone.learn('me', 'three');
		await engineOf(phone, there).engine.run();
		await engineOf(clone, there).engine.run();
		await engineOf(phone, there).engine.run();
		expect(clone.row('me').device).not.toBe(phone.row('me').device);
		expect(there.ids()).toHaveLength(3);
		expect([phone.events.size, clone.events.size]).toEqual([3, 3]);
	});
});

describe('profiles', () => {
	const closed = { id: 'closed', open: false, device: newId(), token: 'closed-token' };

	it('SYN-76 what waits in a closed profile is sent, and then it may not send any more', async () => {
		const given: string[] = [];
		const phone = await newPhone({}, closed);
		await phone.learn('closed', 'one');
		const { engine } = engineOf(phone, server(), { giveUpToken: async (token) => given.push(token) > 0 });
		await engine.run();
		expect(phone.row('closed')).toMatchObject({ received: 1, token: null });
		expect(given).toEqual(['closed-token']);
		// It is not looked at, so nothing of others' came into it.
		expect(phone.row('closed').cursor.n).toBe(0);
	});

	it('SYN-76 keeps the right to send while something waits', async () => {
		const phone = await newPhone({}, closed);
		await phone.learn('closed', 'one');
		await engineOf(phone, server(), { send: async () => fail('network/offline') }).engine.run();
		expect(phone.row('closed').token).toBe('closed-token');
	});

	it('SYN-77 without an account nothing is sent', async () => {
		const phone = await newPhone({ account: null, token: null });
		await phone.learn('me', 'one');
		let asked = 0;
		const { engine } = engineOf(phone, server(), { send: async () => (asked++, fail('network/offline')) });
		await engine.run();
		expect([asked, engine.pause()]).toEqual([0, null]);
	});

	it('SYN-78 a token that the server does not know any more asks to sign in, and loses nothing', async () => {
		const phone = await newPhone({});
		await phone.learn('me', 'one');
		const { engine, seen } = engineOf(phone, server(), { send: async () => fail('account/signed-out') });
		await engine.run();
		expect(phone.row('me')).toMatchObject({ token: null, last: 1, received: 0 });
		expect(seen.at(-1)!.fault).toEqual({ code: 'account/signed-out' });
	});
});
