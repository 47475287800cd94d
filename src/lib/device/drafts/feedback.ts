/** What learners say of one's own package: asked of the server, and what was seen last kept with its time (FBK-31). */
import * as v from 'valibot';
import { ok, type Result } from '../../core/base/result.ts';
import { PackageFeedback } from '../../core/protocol/feedback.ts';
import { ask, type AskFault } from '../ask.ts';
import { openDatabases } from '../db/schema.ts';

const Seen = v.object({ at: v.number(), feedback: PackageFeedback });
export type SeenFeedback = v.InferOutput<typeof Seen>;

/** By account: another person's on the same phone is not shown. */
const keyOf = (account: string, id: string): string => `feedback ${account} ${id}`;

/** What was seen last, or null. */
export async function seenFeedback(account: string, id: string): Promise<SeenFeedback | null> {
	const row = await openDatabases().safe.settings.get(keyOf(account, id));
	const seen = v.safeParse(Seen, row?.value);
	return seen.success ? seen.output : null;
}

export async function askFeedback(account: string, id: string): Promise<Result<SeenFeedback, AskFault>> {
	const answer = await ask(`/api/teach/packages/${encodeURIComponent(id)}/feedback`, PackageFeedback);
	if (!answer.ok) return answer;
	const seen = { at: Date.now(), feedback: answer.value };
	// Where the disk is full it is shown all the same.
	await openDatabases()
		.safe.settings.put({ key: keyOf(account, id), value: seen })
		.catch(() => {});
	return ok(seen);
}
