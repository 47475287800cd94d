/** Handing in as routes ask for it: hand in, look, take back (HND-1 to HND-7, docs/spec/hand-in.md). */
import { randomBytes } from 'node:crypto';
import type { PoolClient } from 'pg';
import { uuidv7 } from '../../core/base/ids.ts';
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';
import type { HandInAnswer, HandInList, HandInRequest } from '../../core/protocol/hand-in.ts';
import { mayAct } from '../../core/review/policy.ts';
import { proceed } from './arrival.ts';
import type { HandInGround } from './checks.ts';
import { actorOf } from './ground.ts';
import { moveLocked, moveTo, startLog } from './log.ts';
import type { ReviewPerson } from './people.ts';
import {
	blobsOf,
	handedInSince,
	insertSubmission,
	isTaken,
	lockIncoming,
	receivedFrom,
	submissionsOf,
	submissionsOfDraft,
	WANTING
} from './repository.ts';
import { findSubmission, type SubmissionRow } from './submission-rows.ts';
import { viewSubmission } from './views.ts';
import { inTransaction } from '../db/transaction.ts';

const MAX_BLOB_BYTES = 20 * 1024 * 1024;
const MAX_HAND_IN_BYTES = 64 * 1024 * 1024;
/** More is no person who writes, revises and hands in again. */
const MOST_A_DAY = 30;
const DAY = 24 * 3_600_000;
const LIST = 100;

type Answer<Value> = Promise<Result<Value, Fault>>;

/** A request as such: sizes, each blob once, the manifest among them. */
function requestFault({ manifest, blobs }: HandInRequest): Fault | null {
	const large = blobs.find(({ size }) => size > MAX_BLOB_BYTES);
	if (large) return tooLarge(large.size, MAX_BLOB_BYTES);
	const bytes = blobs.reduce((sum, { size }) => sum + size, 0);
	if (bytes > MAX_HAND_IN_BYTES) return tooLarge(bytes, MAX_HAND_IN_BYTES);
	const named = blobs.filter(({ role }) => role === 'manifest');
	const isWell =
		named.length === 1 &&
		named[0]!.digest === manifest &&
		new Set(blobs.map(({ digest }) => digest)).size === blobs.length &&
		blobs.every(({ size }) => size > 0);
	return isWell ? null : fail('http/bad-request', { field: 'blobs' }).fault;
}

const tooLarge = (bytes: number, limit: number): Fault =>
	fail('hand-in/too-large', { size: megabytes(bytes), limit: megabytes(limit) }).fault;
const megabytes = (bytes: number): string => `${Math.ceil((bytes / 1024 / 1024) * 10) / 10} MB`;

/**
 * Takes a snapshot's list in and answers what of it the server lacks. The same again answers the same submission; a new
 * manifest of a draft takes the place of what was handed in of it before. Whether the person may was asked before.
 */
export async function handIn(
	ground: HandInGround,
	person: ReviewPerson,
	request: HandInRequest,
	now: number
): Answer<HandInAnswer> {
	const fault = requestFault(request);
	if (fault) return { ok: false, fault };
	const id = await inTransaction(ground.database.pool, (client) =>
		enter(ground, client, person, request, now)
	);
	if (!id.ok) return id;
	await proceed(ground, id.value, now);
	return answerOf(ground, id.value);
}

async function enter(
	ground: HandInGround,
	client: PoolClient,
	person: ReviewPerson,
	request: HandInRequest,
	now: number
): Answer<string> {
	// Two at once of one draft, or of one package, are settled one after the other.
	for (const what of [`package ${request.package}`, `draft ${request.draft}`])
		await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [what]);
	const before = await submissionsOfDraft(client, request.draft);
	if (before.some(({ author }) => author !== person.id)) return fail('hand-in/not-yours');
	const same = before.find(
		({ manifest, state }) => manifest === request.manifest && state !== 'withdrawn' && state !== 'superseded'
	);
	if (same) return ok(same.id);
	if (await isTaken(client, request.package, person.id)) {
		return fail('hand-in/package-taken', { package: request.package });
	}
	if ((await handedInSince(client, person.id, now - DAY)) >= MOST_A_DAY) {
		return fail('hand-in/too-many', { count: MOST_A_DAY });
	}
	const id = uuidv7(now, randomBytes(10));
	await lockIncoming(client, 'shared');
	const received = await alreadyHere(ground, client, person.id, request);
	await insertSubmission(client, id, person.id, request, received, new Date(now));
	await startLog(client, id, person.id, { manifest: request.manifest }, now);
	for (const { id: old, state } of before) {
		if (state !== 'refused' && !WANTING.includes(state)) continue;
		const replaced = await moveLocked(client, {
			...{ submission: old, action: 'replace', actor: person.id, now, detail: { by: id } }
		});
		if (!replaced.ok) return replaced;
	}
	return ok(id);
}

/** Blobs that need not travel: published ones, and what came from this person before. */
async function alreadyHere(
	{ blobs, incoming }: HandInGround,
	client: PoolClient,
	author: string,
	request: HandInRequest
): Promise<Set<string>> {
	const here = new Set<string>();
	const digests = request.blobs.map(({ digest }) => digest);
	const own = await receivedFrom(client, author, digests);
	for (const { digest, size } of request.blobs) {
		const isHere =
			(await blobs.size(digest)) === size || (own.has(digest) && (await incoming.has(digest, size)));
		if (isHere) here.add(digest);
	}
	return here;
}

/** What this person handed in, newest first. */
export async function mine(ground: HandInGround, person: ReviewPerson): Promise<HandInList> {
	const rows = await submissionsOf(ground.database.pool, person.id, LIST);
	return { submissions: await Promise.all(rows.map((row) => viewOf(ground, row))) };
}

/** Another's is not found, as if there were none. */
export async function view(ground: HandInGround, person: ReviewPerson, id: string): Answer<HandInAnswer> {
	const row = await findSubmission(ground.database.pool, id);
	return row?.author === person.id ? answerOf(ground, id) : fail('hand-in/not-found');
}

/** Takes it back, until it is on its way out; a second time changes nothing. */
export async function withdraw(
	ground: HandInGround,
	person: ReviewPerson,
	id: string,
	now: number
): Answer<HandInAnswer> {
	const row = await findSubmission(ground.database.pool, id);
	if (row?.author !== person.id) return fail('hand-in/not-found');
	if (row.state === 'withdrawn') return answerOf(ground, id);
	const may = mayAct('withdraw', actorOf(person, row.author, null, null));
	if (!may.ok) return may;
	const moved = await moveTo(ground.database, {
		...{ submission: id, action: 'withdraw', actor: person.id, now }
	});
	return moved.ok ? answerOf(ground, id) : moved;
}

async function answerOf(ground: HandInGround, id: string): Answer<HandInAnswer> {
	const { pool } = ground.database;
	const row = (await findSubmission(pool, id))!;
	const blobs = WANTING.includes(row.state) ? await blobsOf(pool, id) : [];
	const missing = blobs.filter(({ received }) => !received).map(({ digest }) => digest);
	return ok({ submission: await viewOf(ground, row), missing });
}

async function viewOf(ground: HandInGround, row: SubmissionRow) {
	return viewSubmission(ground, row, await ground.snapshots.byManifest(row.manifest));
}
