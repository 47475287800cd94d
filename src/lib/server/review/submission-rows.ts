/** What PostgreSQL knows of one submission: queries only. */
import type { QueueEntry } from '../../core/protocol/review.ts';
import type { SubmissionAction, SubmissionState } from '../../core/protocol/submission-states.ts';
import type { Database } from '../db/pool.ts';

type Queries = Pick<Database['pool'], 'query'>;

export interface SubmissionRow {
	id: string;
	author: string;
	draft: string;
	package_id: string;
	version: string;
	manifest: string;
	kind: QueueEntry['kind'];
	sector: QueueEntry['sector'];
	languages: string[];
	titles: Record<string, string>;
	note: string | null;
	state: SubmissionState;
	since: Date;
	handed_in_at: Date;
	waiting: string[];
	faults: { code: string; message: string; file: string | null }[];
}

export async function findSubmission(client: Queries, id: string): Promise<SubmissionRow | null> {
	const { rows } = await client.query<SubmissionRow>('select * from submissions where id = $1', [id]);
	return rows[0] ?? null;
}

/** Languages that the log says were approved, or published. */
export async function languagesIn(
	client: Queries,
	id: string,
	action: 'approve' | 'publish'
): Promise<string[]> {
	const { rows } = await client.query<{ tag: string }>(
		`select distinct jsonb_array_elements_text(detail -> 'languages') as tag
		 from submission_log where submission_id = $1 and action = $2 order by tag`,
		[id, action]
	);
	return rows.map(({ tag }) => tag);
}

export interface LogRow {
	seq: number;
	at: Date;
	actor: string | null;
	action: SubmissionAction;
	detail: Record<string, unknown>;
}

export async function logOf(client: Queries, id: string): Promise<LogRow[]> {
	const { rows } = await client.query<LogRow>(
		'select seq, at, actor, action, detail from submission_log where submission_id = $1 order by seq',
		[id]
	);
	return rows;
}

/** Bytes of the snapshot, and of it what the server has whole. */
export async function bytesOf(client: Queries, id: string): Promise<{ bytes: number; received: number }> {
	const { rows } = await client.query<{ bytes: string; received: string }>(
		`select coalesce(sum(size), 0) as bytes, coalesce(sum(size) filter (where received_at is not null), 0) as received
		 from submission_blobs where submission_id = $1`,
		[id]
	);
	return { bytes: Number(rows[0]!.bytes), received: Number(rows[0]!.received) };
}

/** Approved in a language that is not out yet: what a crash left, or what waits for its media. */
export async function unpublished(client: Queries): Promise<string[]> {
	const { rows } = await client.query<{ id: string }>(
		`select s.id from submissions s
		 where s.state in ('approved', 'published') and exists (
		   select jsonb_array_elements_text(detail -> 'languages') from submission_log
		   where submission_id = s.id and action = 'approve'
		   except
		   select jsonb_array_elements_text(detail -> 'languages') from submission_log
		   where submission_id = s.id and action = 'publish')
		 order by s.since`
	);
	return rows.map(({ id }) => id);
}

/** Other submissions of a package that are out. */
export async function publishedBefore(client: Queries, packageId: string, id: string): Promise<string[]> {
	const { rows } = await client.query<{ id: string }>(
		`select id from submissions where package_id = $1 and id <> $2 and state = 'published'`,
		[packageId, id]
	);
	return rows.map((row) => row.id);
}
