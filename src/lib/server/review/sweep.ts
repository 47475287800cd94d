/** Takes away media that nobody needs here any more (HND-17). */
import { inTransaction } from '../db/transaction.ts';
import type { HandInGround } from './checks.ts';
import { forgetMedia, lockIncoming } from './repository.ts';

/** After a hand-in was closed: long enough to find out that it was a mistake. */
const KEPT_FOR = 30 * 24 * 3_600_000;

/** Answers how many blobs went. Text stays: it is small, and what was said about it is read beside it. */
export async function sweepIncoming({ database, incoming }: HandInGround, now: number): Promise<number> {
	const digests = await inTransaction(database.pool, async (client) => {
		await lockIncoming(client, 'alone');
		return forgetMedia(client, new Date(now - KEPT_FOR));
	});
	// A crash from here on leaves files that no row names; they cost room and nothing else.
	for (const digest of digests) await incoming.remove(digest);
	return digests.length;
}
