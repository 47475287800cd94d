/** A hand-in as pages show it: where it is, since when, how much of it has gone (DRA-43). */
import type { HandInRow } from '../db/draft-tables.ts';
import type { HandInState, HandInView } from './api.ts';

/** @param replaced whether a newer hand-in of the same draft is here */
export function viewOf(row: HandInRow, replaced: boolean): HandInView {
	const bytes = row.blobs.reduce((sum, { size }) => sum + size, 0);
	const state = stateOf(row);
	return {
		id: row.id,
		draft: row.draft,
		package: row.package,
		version: row.version,
		title: row.title,
		state,
		since: sinceOf(row, state),
		bytes,
		sent: sentOf(row),
		fault: row.fault,
		submission: row.submission,
		askedAt: row.askedAt,
		replaced
	};
}

function stateOf({ task, submission, withdrawnAt, uploads, arrived }: HandInRow): HandInState {
	if (withdrawnAt !== null) return 'withdrawn';
	if (task === 'withdraw') return 'withdrawing';
	// Review begins with the text: what experts do is worth more than that photos are still coming.
	if (submission && submission.state !== 'receiving') return submission.state;
	return submission || arrived.length > 0 || Object.keys(uploads).length > 0 ? 'sending' : 'here';
}

function sinceOf({ submission, withdrawnAt, createdAt }: HandInRow, state: HandInState): number {
	if (withdrawnAt !== null) return withdrawnAt;
	return submission && state === submission.state ? Date.parse(submission.since) : createdAt;
}

/** Bytes that have gone: blobs that arrived, and what of others. */
const sentOf = ({ blobs, arrived, uploads }: HandInRow): number =>
	blobs.reduce(
		(sum, { digest, size }) =>
			sum + (arrived.includes(digest) ? size : Math.min(size, uploads[digest]?.sent ?? 0)),
		0
	);
