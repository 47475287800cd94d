/**
 * Sends what waits and fetches what other devices did, whenever it may work: at the start, when a link appears, after
 * something was done, and again and again with growing pauses (SYN-65, SYN-73). One tab at a time.
 */
import { growingPause, type Pauses } from '../../core/base/pause.ts';
import type { Result } from '../../core/base/result.ts';
import type { SyncAnswer, SyncRequest } from '../../core/protocol/sync.ts';
import type { ProfileRow } from '../db/progress-tables.ts';
import { storageFault } from '../db/storing.ts';
import type { ProgressStore } from '../progress/store.ts';
import { forkDevice, prepare, takeIn } from './exchange.ts';
import type { AskFault } from '../ask.ts';

export interface EngineParts {
	store: ProgressStore;
	send: (request: SyncRequest, token: string) => Promise<Result<SyncAnswer, AskFault>>;
	/** Tells the server that a closed profile, in which nothing waits, will not send again. */
	giveUpToken: (token: string) => Promise<boolean>;
	/** Which profile is looked at, and therefore wants what other devices did. */
	inUse: () => Promise<string | null>;
	/** Runs work while no other tab does. */
	alone: (work: () => Promise<void>) => Promise<void>;
	now: () => number;
	newId: () => string;
	/** A number from 0 to below 1. */
	chance: () => number;
	/** Called when it begins, moves on and ends. */
	onChange: (activity: Activity) => void;
}

export interface Activity {
	/** Share of what waits that has gone, or null while nothing is sent. */
	sending: number | null;
	/** Why the last exchange failed, or null. */
	fault: AskFault | null;
}

export interface Engine {
	/** Exchanges with the server now, if no exchange is under way. Resolves when it is at rest again. */
	run(): Promise<void>;
	/** Milliseconds until it should be tried again by itself, or null when nothing waits. */
	pause(): number | null;
}

const PAUSES: Pauses = { first: 5_000, longest: 15 * 60_000 };
/** More exchanges than any honest outbox needs; a server that never lets it come to rest is left alone. */
const MOST_ROUNDS = 500;

export function createEngine(parts: EngineParts): Engine {
	const { store, now, newId } = parts;
	let failures = 0;
	let isWaiting = false;
	let running: Promise<void> | null = null;

	/** A store that is full or was closed under it ends a round, never the drawing of its state. */
	async function guarded(): Promise<void> {
		try {
			await round();
		} catch (error) {
			failures += 1;
			const fault = storageFault(error);
			parts.onChange({ sending: null, fault });
			if (!fault) throw error;
		}
	}

	async function round(): Promise<void> {
		let fault: AskFault | null = null;
		const inUse = await parts.inUse();
		const profiles = (await store.change((tx) => tx.profiles())).filter(
			({ id, token, last, received }) => token !== null && (last > received || id === inUse)
		);
		for (const { id } of profiles) fault = (await exchangeAll(id, id === inUse)) ?? fault;
		await letGo(inUse);
		isWaiting = (await store.change((tx) => tx.profiles())).some(
			({ token, last, received }) => token !== null && last > received
		);
		failures = fault ? failures + 1 : 0;
		parts.onChange({ sending: null, fault });
	}

	/** Until nothing of the profile waits and nothing more comes. Answers why it could not go on. */
	async function exchangeAll(id: string, wantsOthers: boolean): Promise<AskFault | null> {
		const start = await profileOf(id);
		for (let rounds = 0; rounds < MOST_ROUNDS; rounds++) {
			const before = await profileOf(id);
			if (!before.token) return { code: 'account/signed-out' };
			parts.onChange({ sending: shareSent(start, before), fault: null });
			const prepared = await store.change((tx) => prepare(tx, id));
			const request = wantsOthers ? prepared : { ...prepared, pull: null };
			const answer = await parts.send(request, before.token);
			if (!answer.ok) {
				if (answer.fault.code === 'progress/device-forked') {
					await store.change((tx) => forkDevice(tx, request, id, newId()));
					continue;
				}
				if (answer.fault.code === 'account/signed-out') await forget(id, before.token);
				return answer.fault;
			}
			await store.change((tx) => takeIn(tx, id, request, answer.value, now(), newId()));
			const { last, received } = await profileOf(id);
			if (last === received && !answer.value.pull?.more) return null;
		}
		return { code: 'network/busy' };
	}

	const profileOf = (id: string) => store.change(async (tx) => (await tx.profile(id))!);

	/** The server does not know the token any more: the person has to sign in to send. */
	const forget = (id: string, token: string) =>
		store.change(async (tx) => {
			const profile = (await tx.profile(id))!;
			if (profile.token === token) await tx.putProfile({ ...profile, token: null });
		});

	/** Closed profiles in which nothing waits need not send again. */
	async function letGo(inUse: string | null): Promise<void> {
		const all = await store.change((tx) => tx.profiles());
		for (const { id, token, open, last, received } of all) {
			if (!token || open || id === inUse || last > received) continue;
			// A profile beside it may have the same token and still need it.
			if (
				all.some(
					(other) => other.id !== id && other.token === token && (other.open || other.last > other.received)
				)
			)
				continue;
			if (await parts.giveUpToken(token)) await forget(id, token);
		}
	}

	return {
		run: () => (running ??= parts.alone(guarded).finally(() => (running = null))),
		pause() {
			if (failures === 0) return isWaiting ? PAUSES.first : null;
			return growingPause(failures, parts.chance, PAUSES);
		}
	};
}

function shareSent(start: ProfileRow, now: ProfileRow): number | null {
	const waited = now.last - start.received;
	return waited <= 0 || now.last === now.received
		? null
		: Math.max(0, now.received - start.received) / waited;
}
