/** What PostgreSQL knows of what people handed in: queries only. */
import type { PoolClient } from 'pg';
import type { HandInRequest } from '../../core/protocol/hand-in.ts';
import type { SubmissionState } from '../../core/protocol/submission-states.ts';
import type { Database } from '../db/pool.ts';
import type { SubmissionRow } from './submission-rows.ts';

type Queries = Pick<Database['pool'], 'query'>;

export interface BlobRow {
	digest: string;
	size: number;
	role: HandInRequest['blobs'][number]['role'];
	received: boolean;
}

/** The blobs of a snapshot, in the order in which they are sent. */
export async function blobsOf(client: Queries, submission: string): Promise<BlobRow[]> {
	const { rows } = await client.query<Omit<BlobRow, 'size'> & { size: string }>(
		`select digest, size, role, received_at is not null as received from submission_blobs
		 where submission_id = $1 order by place`,
		[submission]
	);
	return rows.map((row) => ({ ...row, size: Number(row.size) }));
}

/** What somebody handed in, newest first. */
export async function submissionsOf(client: Queries, author: string, most: number): Promise<SubmissionRow[]> {
	const { rows } = await client.query<SubmissionRow>(
		'select * from submissions where author = $1 order by handed_in_at desc, id limit $2',
		[author, most]
	);
	return rows;
}

/** All hand-ins of one draft. */
export async function submissionsOfDraft(
	client: Queries,
	draft: string
): Promise<{ id: string; author: string; manifest: string; state: SubmissionState }[]> {
	const { rows } = await client.query<{
		id: string;
		author: string;
		manifest: string;
		state: SubmissionState;
	}>('select id, author, manifest, state from submissions where draft = $1', [draft]);
	return rows;
}

/** Whether the package is somebody else's: theirs is on its way or out, or it came by another way than a hand-in. */
export async function isTaken(client: Queries, packageId: string, author: string): Promise<boolean> {
	const { rows } = await client.query<{ taken: boolean }>(
		`select exists (select from submissions where package_id = $1 and author <> $2
		          and state not in ('refused', 'withdrawn'))
		     or (exists (select from packages where package_id = $1)
		         and not exists (select from submissions s join submission_log l on l.submission_id = s.id
		           where s.package_id = $1 and s.author = $2 and l.action = 'publish')) as taken`,
		[packageId, author]
	);
	return rows[0]!.taken;
}

export async function handedInSince(client: Queries, author: string, since: number): Promise<number> {
	const { rows } = await client.query<{ count: string }>(
		'select count(*) from submissions where author = $1 and handed_in_at > $2',
		[author, new Date(since)]
	);
	return Number(rows[0]!.count);
}

/** Digests, of these, that came whole with anything this person handed in. */
export async function receivedFrom(
	client: Queries,
	author: string,
	digests: readonly string[]
): Promise<Set<string>> {
	const { rows } = await client.query<{ digest: string }>(
		`select distinct b.digest from submission_blobs b join submissions s on s.id = b.submission_id
		 where s.author = $1 and b.received_at is not null and b.digest = any($2)`,
		[author, digests]
	);
	return new Set(rows.map(({ digest }) => digest));
}

/** Makes the row of a submission, as its request says it; the text says the rest when it comes. */
export async function insertSubmission(
	client: PoolClient,
	id: string,
	author: string,
	request: HandInRequest,
	received: ReadonlySet<string>,
	now: Date
): Promise<void> {
	const { draft, version, manifest, kind, sector, language, title, note, blobs } = request;
	await client.query(
		`insert into submissions (id, author, draft, package_id, version, manifest, kind, sector, languages, titles,
		   note, state, since, handed_in_at, waiting)
		 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'receiving', $12, $12, $9)`,
		[
			...[id, author, draft, request.package, version, manifest, kind, sector],
			...[[language], JSON.stringify({ [language]: title }), note, now]
		]
	);
	await client.query(
		`insert into submission_blobs (submission_id, digest, size, role, place, received_at)
		 select $1, b.digest, b.size, b.role, b.place, case when b.received then $6::timestamptz end
		 from unnest($2::text[], $3::bigint[], $4::text[], $5::boolean[]) with ordinality as b (digest, size, role, received, place)`,
		[
			id,
			blobs.map(({ digest }) => digest),
			blobs.map(({ size }) => size),
			blobs.map(({ role }) => role),
			blobs.map(({ digest }) => received.has(digest)),
			now
		]
	);
}

/** What the text itself says, once it is here and checked. */
export async function keepText(
	client: Queries,
	id: string,
	text: Pick<SubmissionRow, 'kind' | 'sector' | 'languages' | 'titles'> & { contributors: string[] }
): Promise<void> {
	const { kind, sector, languages, titles, contributors } = text;
	await client.query(
		`update submissions set kind = $2, sector = $3, languages = $4, waiting = $4, titles = $5, contributors = $6
		 where id = $1`,
		[id, kind, sector, languages, JSON.stringify(titles), contributors]
	);
}

export const keepFaults = (client: Queries, id: string, faults: SubmissionRow['faults']) =>
	client.query('update submissions set faults = $2 where id = $1', [id, JSON.stringify(faults)]);

/** States in which a blob may still come. */
export const WANTING: readonly SubmissionState[] = ['receiving', 'in-review', 'changes-asked', 'approved'];

/** A blob of a submission of this person, and whether it may still come; null: none such. */
export async function wantedBlob(
	client: Queries,
	author: string,
	submission: string,
	digest: string
): Promise<{ size: number; isWanted: boolean } | null> {
	const { rows } = await client.query<{ size: string; wanted: boolean }>(
		`select b.size, b.received_at is null and s.state = any($4) as wanted
		 from submission_blobs b join submissions s on s.id = b.submission_id
		 where s.id = $1 and b.digest = $2 and s.author = $3`,
		[submission, digest, author, WANTING]
	);
	return rows[0] ? { size: Number(rows[0].size), isWanted: rows[0].wanted } : null;
}

/** Submissions of this person that want a blob. */
export async function wanting(client: Queries, author: string, digest: string): Promise<string[]> {
	const { rows } = await client.query<{ id: string }>(
		`select s.id from submissions s join submission_blobs b on b.submission_id = s.id
		 where s.author = $1 and b.digest = $2 and b.received_at is null and s.state = any($3)`,
		[author, digest, WANTING]
	);
	return rows.map(({ id }) => id);
}

export const markReceived = (client: Queries, submission: string, digest: string, now: number) =>
	client.query(
		`update submission_blobs set received_at = $3
		 where submission_id = $1 and digest = $2 and received_at is null`,
		[submission, digest, new Date(now)]
	);

export async function isReceived(client: Queries, digest: string): Promise<boolean> {
	const { rows } = await client.query(
		'select from submission_blobs where digest = $1 and received_at is not null limit 1',
		[digest]
	);
	return rows.length > 0;
}

/** A blob that turned out bad for what it belongs to. */
export const markGone = (client: Queries, submission: string, digest: string) =>
	client.query('update submission_blobs set received_at = null where submission_id = $1 and digest = $2', [
		submission,
		digest
	]);

/** Counts bytes that were not what their name said; answers how often. */
export async function countWrong(client: Queries, submission: string, digest: string): Promise<number> {
	const { rows } = await client.query<{ wrong: number }>(
		`update submission_blobs set wrong = wrong + 1 where submission_id = $1 and digest = $2 returning wrong`,
		[submission, digest]
	);
	return rows[0]?.wrong ?? 0;
}

/** What a crash may have left between its last blob and its checks. */
export async function unfinished(client: Queries): Promise<string[]> {
	const { rows } = await client.query<{ id: string }>(
		`select id from submissions s where state = any($1)
		   and not exists (select from submission_log l where l.submission_id = s.id and l.action = 'receive-all')
		 order by handed_in_at`,
		[WANTING]
	);
	return rows.map(({ id }) => id);
}

export async function hasAction(client: Queries, submission: string, action: string): Promise<boolean> {
	const { rows } = await client.query(
		'select from submission_log where submission_id = $1 and action = $2 limit 1',
		[submission, action]
	);
	return rows.length > 0;
}

/** The language in which somebody reads our sentences, and the name that they go by. */
export async function readerOf(
	client: Queries,
	account: string
): Promise<{ language: string; name: string } | null> {
	const { rows } = await client.query<{ language: string; name: string }>(
		'select language, display_username as name from users where id = $1',
		[account]
	);
	return rows[0] ?? null;
}

/** Taken by a hand-in while it looks which blobs are here, and by what takes blobs away alone. */
export const lockIncoming = (client: PoolClient, mode: 'shared' | 'alone') =>
	client.query(
		`select pg_advisory_xact_lock${mode === 'shared' ? '_shared' : ''}(hashtextextended('incoming', 0))`
	);

/**
 * Marks as gone, and answers, the blobs that nobody needs here any more since a moment: media of what was taken back,
 * refused or replaced, and of what is published, which lies in the public store.
 */
export async function forgetMedia(client: Queries, since: Date): Promise<string[]> {
	const { rows } = await client.query<{ digest: string }>(
		`with gone as (
		   update submission_blobs set received_at = null
		   where received_at is not null and role in ('picture', 'audio', 'video') and digest not in (
		     select b.digest from submission_blobs b join submissions s on s.id = b.submission_id
		     where s.state = any($1) or s.since > $2 or s.handed_in_at > $2)
		   returning digest)
		 select distinct digest from gone`,
		[WANTING, since]
	);
	return rows.map(({ digest }) => digest);
}
