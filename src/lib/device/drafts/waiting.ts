/** What of a teacher's work is on this phone alone, and since when (DRA-60). */
import { liveQuery } from 'dexie';
import { aloneSince, bytesOfDraft, LONG, type Elsewhere } from '../../core/drafts/unsent.ts';
import type { DraftRow, HandInRow } from '../db/draft-tables.ts';
import { openDatabases, type SafeDb } from '../db/schema.ts';
import { owners } from './dexie-drafts.ts';

/** Work that has waited for long. */
export interface Waiting {
	/** Of the draft. */
	id: string;
	since: number;
	/** Bytes of its texts, pictures and recordings. */
	bytes: number;
}

/** Calls with what has waited for long, now and after each change; answers what ends it. */
export function watchWaiting(
	listener: (waiting: Waiting[]) => void,
	db: SafeDb = openDatabases().safe
): () => void {
	const subscription = liveQuery(async () => waitingWork(db, Date.now())).subscribe({
		next: listener,
		error: () => {}
	});
	return () => subscription.unsubscribe();
}

/** Drafts of the profile in use, longest first; also what was handed in of one that is off the list. */
export async function waitingWork(db: SafeDb, now: number): Promise<Waiting[]> {
	const profiles = await owners(db);
	const rows = await db.drafts.where('profile').anyOf(profiles).toArray();
	const handIns = await db.handIns.where('profile').anyOf(profiles).toArray();
	const here = rows.filter(({ removedAt }) => removedAt === null);
	const gone = handIns.filter((each) => isUnsent(each) && !here.some(({ id }) => id === each.draft));
	const waits = [
		...here.map((row) => ({ draft: row.draft, since: sinceOf(row, handIns) })),
		...gone.flatMap(({ handed, filedAt, createdAt }) =>
			handed ? [{ draft: handed, since: filedAt === undefined ? createdAt : null }] : []
		)
	];
	return waits
		.flatMap(({ draft, since }) =>
			since !== null && now - since > LONG ? [{ id: draft.id, since, bytes: bytesOfDraft(draft) }] : []
		)
		.sort((one, other) => one.since - other.since);
}

/** It has not come to the server whole, and is meant to. */
export const isUnsent = ({ task, withdrawnAt }: HandInRow): boolean =>
	task === 'send' && withdrawnAt === null;

function sinceOf({ id, draft, filed, from }: DraftRow, handIns: readonly HandInRow[]): number | null {
	const arrived = handIns
		.filter((each) => each.draft === id && each.task === 'none' && hasArrived(each))
		.map(({ createdAt, handed }): Elsewhere => ({
			at: createdAt,
			changedAt: handed?.changedAt ?? createdAt
		}));
	return aloneSince(draft, [...arrived, ...(filed ? [filed] : []), ...(from ? [from] : [])]);
}

/** Of what was taken back the server keeps no pictures. */
const hasArrived = ({ submission }: HandInRow): boolean =>
	submission !== null && submission.state !== 'receiving' && submission.state !== 'withdrawn';
