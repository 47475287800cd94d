/**
 * One history out of a seed: phones that learn, lose messages, get them twice, late and out of order, are killed in
 * the middle of a write and cloned, with clocks that lie, against a server that is set back to its last backup. All
 * of it runs the phone's own code over a store in memory.
 */
import { seeded } from '../../src/lib/core/lessons/draw.ts';
import { uuidv7 } from '../../src/lib/core/base/ids.ts';
import type { Happening } from '../../src/lib/core/progress/event.ts';
import { append, newProfile } from '../../src/lib/device/progress/log.ts';
import { forkDevice, prepare, takeIn } from '../../src/lib/device/sync/exchange.ts';
import type { SyncRequest } from '../../src/lib/core/protocol/sync.ts';
import { Killed, memoryProgress, type MemoryProgress } from '../factories/memory-progress.ts';
import { createServer, type Answered, type Server } from './server.ts';

const PROFILE = 'learner';
const START = Date.UTC(2026, 10, 24);

interface Phone {
	store: MemoryProgress;
	/** How far its clock is off, milliseconds. */
	skew: number;
	/** Broken, or lost: it will not be heard of again. */
	gone: boolean;
}

interface Message {
	phone: Phone;
	request: SyncRequest;
	answer: Answered | null;
}

export interface History {
	phones: Phone[];
	server: Server;
	/** Ids that some phone held a receipt for, ever. */
	acknowledged: Set<string>;
	/** Ids of events whose score their answers do not give. */
	refused: Set<string>;
	everything: Set<string>;
	steps: string[];
}

export interface Wild {
	steps: number;
	/** Whether the server may be set back. */
	restores: boolean;
	/** Whether phones may break for good. */
	losses: boolean;
}

/** Runs a history and brings all that are left together at its end. */
export async function runHistory(seed: string, wild: Wild): Promise<History> {
	const chance = seeded(seed);
	const pick = <Item>(items: readonly Item[]): Item => items[chance(items.length)]!;
	let now = START;
	const newId = () =>
		uuidv7(
			now,
			Uint8Array.from({ length: 10 }, () => chance(256))
		);
	const history: History = {
		phones: [],
		server: createServer(1 + chance(7), isRefused),
		acknowledged: new Set(),
		refused: new Set(),
		everything: new Set(),
		steps: []
	};
	let backup = history.server.backup();
	const flying: Message[] = [];
	const log = (step: string) => history.steps.push(step);

	async function addPhone(store: MemoryProgress): Promise<void> {
		history.phones.push({
			store,
			skew: chance(4) === 0 ? (chance(2000) - 1000) * 86_400_000 : 0,
			gone: false
		});
	}
	for (let count = 1 + chance(3); count > 0; count--) {
		const store = memoryProgress();
		await store.change((tx) => tx.putProfile(newProfile(PROFILE, newId())));
		await addPhone(store);
	}

	const phone = () => pick(history.phones.filter((each) => !each.gone));
	const survive = (work: Promise<unknown>) =>
		work.catch((error: unknown) => {
			if (!(error instanceof Killed)) throw error;
			log('killed');
		});

	async function learn(who: Phone): Promise<void> {
		for (let count = 1 + chance(4); count > 0; count--) {
			const happening = pick(HAPPENINGS)(chance, newId);
			const written = await who.store.change((tx) => append(tx, PROFILE, happening, now + who.skew, newId));
			if (!written.ok || !written.value) continue;
			history.everything.add(written.value.i);
			if (isRefused(JSON.stringify(written.value))) history.refused.add(written.value.i);
		}
	}

	async function send(who: Phone): Promise<void> {
		const request = await who.store.change((tx) => prepare(tx, PROFILE));
		flying.push({ phone: who, request, answer: null });
	}

	async function deliver(): Promise<void> {
		const at = chance(flying.length);
		const message = flying[at]!;
		const fate = chance(10);
		if (fate === 0) return void flying.splice(at, 1);
		// A message that is not taken out comes again.
		if (fate !== 1) flying.splice(at, 1);
		if (message.answer === null) {
			const answer = history.server.sync(message.request);
			flying.push({ ...message, answer });
			return;
		}
		if (message.phone.gone) return;
		if (chance(12) === 0) message.phone.store.killAfter(chance(4));
		await survive(take(message.phone, message.request, message.answer));
	}

	async function take(who: Phone, request: SyncRequest, answer: Answered): Promise<void> {
		if (typeof answer === 'string') {
			await who.store.change((tx) => forkDevice(tx, request, PROFILE, newId()));
			return;
		}
		await who.store.change((tx) => takeIn(tx, PROFILE, request, answer, now, newId()));
		const { received } = who.store.profiles.get(PROFILE)!;
		for (const row of who.store.events.values()) {
			if (row.seq > 0 && row.seq <= received && row.refused === null) history.acknowledged.add(row.id);
		}
	}

	async function happen(what: number): Promise<void> {
		const alive = history.phones.filter((each) => !each.gone);
		if (what < 30) {
			log('learn');
			await survive(learn(phone()));
		} else if (what < 55) {
			log('send');
			await send(phone());
		} else if (what < 90 && flying.length > 0) {
			log('deliver');
			await deliver();
		} else if (what < 92 && history.phones.length < 5) {
			log('clone');
			await addPhone(phone().store.copy());
		} else if (what < 94) {
			log('backup');
			backup = history.server.backup();
		} else if (what < 96 && wild.restores) {
			log('restore');
			history.server = backup.backup();
		} else if (what < 97 && wild.losses && alive.length > 1) {
			log('gone');
			phone().gone = true;
		} else if (what < 98) {
			log('learn and die');
			const who = phone();
			who.store.killAfter(chance(3));
			await survive(learn(who));
		}
	}

	for (let step = 0; step < wild.steps; step++) {
		now += chance(3_600_000);
		await happen(chance(100));
	}
	await settle(history, take);
	return history;
}

/** A link that works for everyone, for as long as something moves. */
async function settle(
	history: History,
	take: (who: Phone, request: SyncRequest, answer: Answered) => Promise<void>
): Promise<void> {
	for (let quiet = 0, round = 0; quiet < 2; round++) {
		if (round > 1000) throw new Error('it never comes to rest');
		const before = JSON.stringify(history.phones.map((each) => each.store.profiles.get(PROFILE)));
		for (const who of history.phones.filter((each) => !each.gone)) {
			who.store.killAfter(Infinity);
			const request = await who.store.change((tx) => prepare(tx, PROFILE));
			await take(who, request, history.server.sync(request));
		}
		const after = JSON.stringify(history.phones.map((each) => each.store.profiles.get(PROFILE)));
		quiet = before === after ? quiet + 1 : 0;
	}
}

/** Ids that count on a phone, in order. */
export const idsOn = ({ store }: Phone): string[] =>
	[...store.events.values()]
		.filter((row) => row.refused === null)
		.map((row) => row.id)
		.sort();

/** A score that its answers do not give, as far as a history knows. */
const isRefused = (text: string) => text.includes('"v":"scored"') && text.includes('"n":13');

type Chance = (limit: number) => number;
const where = (chance: Chance) => ({ p: `package-${chance(2)}`, u: `unit-${chance(4)}` });
const read = { l: 'th' };
const HAPPENINGS: ((chance: Chance, newId: () => string) => Happening)[] = [
	(chance) => ({ v: 'initialized', o: where(chance), c: read }),
	(chance) => ({ v: 'progressed', o: where(chance), r: { b: chance(40), f: chance(11) / 10 }, c: read }),
	(chance) => ({
		v: 'progressed',
		o: where(chance),
		r: { s: [`step-${chance(3)}`, chance(2) === 0] },
		c: read
	}),
	(chance) => ({ v: 'completed', o: where(chance), c: read }),
	(chance) => ({
		v: 'scored',
		o: where(chance),
		r: { n: chance(5) === 0 ? 13 : chance(10), m: 20 },
		c: read
	}),
	(chance, newId) => ({
		v: 'answered',
		o: { ...where(chance), q: `q${chance(4)}` },
		r: { a: { kind: 'single', choice: 'a' }, y: chance(2) === 0 },
		c: { l: 'th', d: 'a'.repeat(64), a: newId() }
	}),
	(chance, newId) => ({
		v: chance(2) === 0 ? 'passed' : 'failed',
		o: where(chance),
		r: { n: chance(5), m: 4, a: {} },
		c: { l: 'th', d: 'a'.repeat(64), a: newId() }
	})
];
