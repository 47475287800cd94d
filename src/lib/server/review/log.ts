/**
 * The one way in which something handed in moves (REV-2): lock its row, ask the policy, append to the log, set the
 * state, all in one transaction. Whoever comes second sees what the first one did.
 */
import type { PoolClient } from 'pg';
import { fail, ok } from '../../core/base/result.ts';
import type { Reviewed } from '../../core/review/faults.ts';
import { next, NO_FACTS, type Facts } from '../../core/review/policy.ts';
import type { SubmissionAction, SubmissionState } from '../../core/protocol/submission-states.ts';
import type { Database } from '../db/pool.ts';
import { inTransaction } from '../db/transaction.ts';

/** A submission's row as it stood when its lock was taken. */
interface LockedSubmission {
	id: string;
	author: string;
	package_id: string;
	version: string;
	manifest: string;
	sector: string;
	languages: string[];
	waiting: string[];
	state: SubmissionState;
	since: Date;
}

export interface Move {
	submission: string;
	action: SubmissionAction;
	/** Account; null: the server itself. Whether they may (`mayAct`) was asked before. */
	actor: string | null;
	/** Kept in the log, for whoever reads it later. */
	detail?: Record<string, unknown> | undefined;
	now: number;
	/** Narrower than the policy: only from these states. */
	expected?: readonly SubmissionState[] | undefined;
	/** The manifest that the actor looked at; another one is `review/changed-meanwhile`. */
	manifest?: string | undefined;
	/** What the policy has to know beyond whether all blobs are here and the version is in force; read under the lock. */
	facts?: ((client: PoolClient, row: LockedSubmission) => Promise<Partial<Facts>>) | undefined;
	/** What is written together with the log, or not at all; a fault undoes everything. */
	work?:
		| ((client: PoolClient, row: LockedSubmission, to: SubmissionState) => Promise<Reviewed<null> | void>)
		| undefined;
}

export interface Moved {
	from: SubmissionState;
	to: SubmissionState;
	seq: number;
}

const COLUMNS = 'id, author, package_id, version, manifest, sector, languages, waiting, state, since';

/** Moves a submission, or answers why not and leaves everything as it was. Handing in makes the row: `startLog`. */
export const moveTo = ({ pool }: Database, move: Move): Promise<Reviewed<Moved>> =>
	inTransaction(pool, (client) => moveLocked(client, move));

/** The same within a transaction that is open already; the caller undoes it on a fault. */
export async function moveLocked(client: PoolClient, move: Move): Promise<Reviewed<Moved>> {
	const { submission, action, actor, detail = {}, now, expected, manifest } = move;
	const { rows } = await client.query<LockedSubmission>(
		`select ${COLUMNS} from submissions where id = $1 for update`,
		[submission]
	);
	const row = rows[0];
	if (!row) return fail('review/unknown-submission');
	if (manifest !== undefined && manifest !== row.manifest) return fail('review/changed-meanwhile');
	if (expected && !expected.includes(row.state)) {
		return fail('review/wrong-state', { state: row.state, action });
	}
	const { complete, current } = await standing(client, row);
	const more = await move.facts?.(client, row);
	const to = next(row.state, action, { ...NO_FACTS, complete, current, ...more });
	if (!to.ok) return to;
	const worked = await move.work?.(client, row, to.value);
	if (worked && !worked.ok) return worked;
	const seq = await appendLog(client, submission, action, actor, detail, now);
	if (to.value !== row.state) {
		await client.query('update submissions set state = $2, since = $3 where id = $1', [
			...[submission, to.value, new Date(now)]
		]);
	}
	return ok({ from: row.state, to: to.value, seq });
}

/** The first row of a submission's log, in the transaction that makes the submission. */
export const startLog = (
	client: PoolClient,
	submission: string,
	actor: string,
	detail: Record<string, unknown>,
	now: number
): Promise<number> => appendLog(client, submission, 'hand-in', actor, detail, now);

/** One more row of a submission's log; outside of `moveTo` only for what begins one. */
export async function appendLog(
	client: PoolClient,
	submission: string,
	action: SubmissionAction,
	actor: string | null,
	detail: Record<string, unknown>,
	now: number
): Promise<number> {
	const { rows } = await client.query<{ seq: number }>(
		`insert into submission_log (submission_id, seq, at, actor, action, detail)
		 select $1, coalesce(max(seq), 0) + 1, $2, $3, $4, $5 from submission_log where submission_id = $1
		 returning seq`,
		[submission, new Date(now), actor, action, JSON.stringify(detail)]
	);
	return rows[0]!.seq;
}

async function standing(
	client: PoolClient,
	{ id, package_id, manifest }: LockedSubmission
): Promise<Pick<Facts, 'complete' | 'current'>> {
	const { rows } = await client.query<{ complete: boolean | null; current: boolean }>(
		`select (select bool_and(received_at is not null) from submission_blobs where submission_id = $1) as complete,
		        exists (select from packages where package_id = $2 and manifest = $3) as current`,
		[id, package_id, manifest]
	);
	return { complete: rows[0]!.complete ?? false, current: rows[0]!.current };
}
