/**
 * Sends what was handed in, piece by piece, whenever it may work, and asks how it stands (DRA-41 to DRA-46). It has a
 * lock and a timer of its own: what learners did never waits for a clip.
 */
import { growingPause, type Pauses } from '../../core/base/pause.ts';
import type { Result } from '../../core/base/result.ts';
import type { HandInAnswer, HandInList, HandInRequest, Submission } from '../../core/protocol/hand-in.ts';
import type { AskFault } from '../ask.ts';
import type { HandInRow } from '../db/draft-tables.ts';
import { storageFault } from '../db/storing.ts';
import type { HandInStore } from './hand-in-store.ts';

export interface Upload {
	submission: string;
	digest: string;
	bytes: Uint8Array;
	/** Where an upload that was begun goes on, or null. */
	url: string | null;
	/** It goes on there after a cut; called as soon as it is known, and after each piece that the server has. */
	onSent: (url: string, sent: number) => Promise<void>;
}

/** What the server is asked. */
export interface HandInServer {
	/** Who is signed in at the server: what another account has made is not sent. */
	account(): Promise<Result<string | null, AskFault>>;
	handIn(request: HandInRequest): Promise<Result<HandInAnswer, AskFault>>;
	list(): Promise<Result<HandInList, AskFault>>;
	withdraw(submission: string): Promise<Result<HandInAnswer, AskFault>>;
	upload(upload: Upload): Promise<Result<null, AskFault>>;
}

export interface HandInParts {
	store: HandInStore;
	server: HandInServer;
	/** The account of the profile in use, or null. */
	account: () => Promise<string | null>;
	alone: (work: () => Promise<void>) => Promise<void>;
	now: () => number;
	chance: () => number;
}

export interface HandInEngine {
	/** One round, if none is under way. */
	run(): Promise<void>;
	/** Milliseconds until the next by itself, or null when nothing waits and nothing can change. */
	pause(): number | null;
}

const PAUSES: Pauses = { first: 5_000, longest: 15 * 60_000 };
/** How often it is asked how things stand while experts have it. */
const ASK_AGAIN = 5 * 60_000;
/** What no trying again changes; faults of a link, a session or one upload (`upload/…`) are not among them. */
const REFUSED = /^(?:hand-in|review|package|source|media|lesson)\//;
const FINAL = new Set<Submission['state']>(['superseded', 'withdrawn']);

export function createHandInEngine(parts: HandInParts): HandInEngine {
	const { store, server, now } = parts;
	let failures = 0;
	let waits = false;
	let mayChange = false;
	let running: Promise<void> | null = null;

	async function guarded(): Promise<void> {
		try {
			const done = await round();
			failures = done ? 0 : failures + 1;
		} catch (error) {
			failures += 1;
			if (!storageFault(error)) throw error;
		}
	}

	/** Answers whether all went as far as it can. */
	async function round(): Promise<boolean> {
		const rows = await store.rows();
		const todo = rows.filter(({ task, isRefused }) => task !== 'none' && !isRefused);
		waits = todo.length > 0;
		mayChange = rows.some(canChange);
		const account = await parts.account();
		if ((!waits && !mayChange) || account === null) return true;
		const there = await server.account();
		if (!there.ok || there.value !== account) {
			const fault = there.ok ? { code: 'account/signed-out' } : there.fault;
			for (const { id } of todo) await store.update(id, { fault, triedAt: now() });
			return false;
		}
		let isWell = true;
		for (const row of todo) {
			isWell = (await (row.task === 'withdraw' ? withdraw(row) : send(row))) && isWell;
		}
		isWell = (await look()) && isWell;
		const after = await store.rows();
		waits = after.some(({ task, isRefused }) => task !== 'none' && !isRefused);
		mayChange = after.some(canChange);
		return isWell;
	}

	async function send(row: HandInRow): Promise<boolean> {
		// Written first: from here on the server may know of it, whether an answer comes or not.
		await store.update(row.id, { triedAt: now() });
		const answer = await server.handIn(requestOf(row));
		if (!answer.ok) return failed(row, answer.fault);
		const { submission, missing } = answer.value;
		const arrived = row.blobs.map(({ digest }) => digest).filter((digest) => !missing.includes(digest));
		await store.update(row.id, { submission, askedAt: now(), arrived, fault: null });
		for (const { digest } of row.blobs.filter((blob) => missing.includes(blob.digest))) {
			// Taken back, or another version handed in meanwhile.
			const fresh = (await store.rows()).find(({ id }) => id === row.id);
			if (fresh?.task !== 'send') return true;
			const bytes = await store.blob(digest);
			if (!bytes) return failed(row, { code: 'hand-in/lost-here' });
			const sent = await server.upload({
				submission: submission.id,
				digest,
				bytes,
				url: fresh.uploads[digest]?.url ?? null,
				onSent: async (url, sent) => {
					const before = (await store.rows()).find(({ id }) => id === row.id)?.uploads ?? {};
					await store.update(row.id, { uploads: { ...before, [digest]: { url, sent } } });
				}
			});
			// It came by another way meanwhile: from another phone, or before an answer that was lost.
			if (!sent.ok && sent.fault.code !== 'upload/not-wanted') return failed(row, sent.fault);
			const { uploads, arrived: before } = (await store.rows()).find(({ id }) => id === row.id) ?? fresh;
			const rest = Object.fromEntries(Object.entries(uploads).filter(([each]) => each !== digest));
			await store.update(row.id, { uploads: rest, arrived: [...before, digest] });
		}
		// Asked once more: only the server knows whether all of it is whole.
		const end = await server.handIn(requestOf(row));
		if (!end.ok) return failed(row, end.fault);
		const isWhole = end.value.missing.length === 0;
		await store.update(row.id, {
			submission: end.value.submission,
			askedAt: now(),
			uploads: {},
			...(isWhole ? { task: 'none' as const } : {})
		});
		return isWhole;
	}

	async function withdraw(row: HandInRow): Promise<boolean> {
		// The answer to the hand-in may have been lost: the same one again says which it is.
		const known = row.submission ? null : await server.handIn(requestOf(row));
		if (known && !known.ok) return failed(row, known.fault);
		const answer = await server.withdraw((row.submission ?? known!.value.submission).id);
		if (!answer.ok) return failed(row, answer.fault);
		await store.update(row.id, {
			submission: answer.value.submission,
			askedAt: now(),
			task: 'none',
			uploads: {},
			fault: null
		});
		return true;
	}

	/** What the server said no to is not said again; all else is. */
	async function failed(row: HandInRow, fault: AskFault): Promise<boolean> {
		const isRefused = REFUSED.test(fault.code) && fault.code !== 'hand-in/too-many';
		await store.update(row.id, { fault, triedAt: now(), isRefused });
		return isRefused;
	}

	/** How all that was handed in stands, comments with it, kept for reading without a link. */
	async function look(): Promise<boolean> {
		const rows = await store.rows();
		if (!rows.some(canChange)) return true;
		const answer = await server.list();
		if (!answer.ok) return false;
		const byId = new Map(answer.value.submissions.map((submission) => [submission.id, submission]));
		for (const { id, submission: known } of rows) {
			const submission = known && byId.get(known.id);
			if (submission) await store.update(id, { submission, askedAt: now() });
		}
		return true;
	}

	return {
		run: () => (running ??= parts.alone(guarded).finally(() => (running = null))),
		pause() {
			if (failures > 0) return growingPause(failures, parts.chance, PAUSES);
			if (waits) return PAUSES.first;
			return mayChange ? ASK_AGAIN : null;
		}
	};
}

const requestOf = (row: HandInRow): HandInRequest => {
	const { draft, version, kind, sector, language, title, manifest, blobs, note } = row;
	return { draft, package: row.package, version, kind, sector, language, title, manifest, blobs, note };
};

const canChange = ({ submission }: HandInRow): boolean => submission !== null && !FINAL.has(submission.state);
