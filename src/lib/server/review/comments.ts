/** What is said of a paragraph, and what is asked to be changed (REV-20 to REV-24). */
import { fail, ok } from '../../core/base/result.ts';
import type { AskChangesRequest, CommentRequest } from '../../core/protocol/review.ts';
import type { Reviewed } from '../../core/review/faults.ts';
import { mayAct } from '../../core/review/policy.ts';
import { expertOf } from './experts.ts';
import { actorOf, type ReviewGround } from './ground.ts';
import { moveTo } from './log.ts';
import type { ReviewPerson } from './people.ts';
import { partsOf, type Snapshot } from './snapshot.ts';
import { findSubmission, type SubmissionRow } from './submission-rows.ts';

/** More than a committee ever wrote about a course; beyond it pages would grow too heavy for a phone. */
const MAX_COMMENTS = 500;
const COMMENTS_AN_HOUR = 60;
const HOUR = 3_600_000;

/** A submission with who asks for it, once the policy has let them. */
async function opened(
	ground: ReviewGround,
	person: ReviewPerson,
	id: string,
	action: 'comment' | 'resolve' | 'ask-changes'
): Promise<Reviewed<{ row: SubmissionRow; snapshot: Snapshot }>> {
	const row = await findSubmission(ground.database.pool, id);
	if (!row) return fail('review/unknown-submission');
	const snapshot = await ground.snapshots.byManifest(row.manifest);
	if (!snapshot) return fail('review/wrong-state', { state: row.state, action });
	const known = await expertOf(ground, person.id);
	const allowed = mayAct(action, actorOf(person, row.author, partsOf(snapshot), known));
	return allowed.ok ? ok({ row, snapshot }) : allowed;
}

/** Keeps a comment. The same one sent twice is one. */
export async function comment(
	ground: ReviewGround,
	person: ReviewPerson,
	id: string,
	request: CommentRequest,
	now: number
): Promise<Reviewed<null>> {
	const found = await opened(ground, person, id, 'comment');
	if (!found.ok) return found;
	const { shared, languages } = found.value.snapshot;
	const units = shared.part.modules.flatMap((module) => module.units.map((unit) => unit.id));
	if (request.unit !== null && !units.includes(request.unit)) return fail('review/unknown-unit');
	if (request.language !== null && !languages.has(request.language)) return fail('review/unknown-unit');
	const isHere = async (): Promise<boolean> => {
		const { rowCount } = await ground.database.pool.query(
			'select from review_comments where id = $1 and submission_id = $2 and author = $3',
			[request.id, id, person.id]
		);
		return rowCount === 1;
	};
	if (await isHere()) return ok(null);
	const moved = await moveTo(ground.database, {
		...{ submission: id, action: 'comment', actor: person.id, now, detail: { comment: request.id } },
		work: async (client) => {
			const { rows } = await client.query<{ here: string; lately: string }>(
				`select (select count(*) from review_comments where submission_id = $1) as here,
				        (select count(*) from review_comments where author = $2 and at > $3) as lately`,
				[id, person.id, new Date(now - HOUR)]
			);
			const { here, lately } = rows[0]!;
			if (Number(here) >= MAX_COMMENTS || Number(lately) >= COMMENTS_AN_HOUR) {
				return fail('review/too-many-comments');
			}
			const added = await client.query(
				`insert into review_comments (id, submission_id, author, language, unit, block, quote, text, at)
				 values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
				[
					...[request.id, id, person.id, request.language, request.unit, request.block],
					...[request.quote, request.text, new Date(now)]
				]
			);
			if (added.rowCount !== 1) return fail('review/unknown-comment');
		}
	});
	// Sent twice at one moment, it is here by the other; another comment's id is refused.
	return moved.ok || (moved.fault.code === 'review/unknown-comment' && (await isHere())) ? ok(null) : moved;
}

/** Closes a comment; closed ones stay. */
export async function resolve(
	ground: ReviewGround,
	person: ReviewPerson,
	id: string,
	commentId: string,
	now: number
): Promise<Reviewed<null>> {
	const found = await opened(ground, person, id, 'resolve');
	if (!found.ok) return found;
	const moved = await moveTo(ground.database, {
		...{ submission: id, action: 'resolve', actor: person.id, now, detail: { comment: commentId } },
		work: async (client) => {
			const { rowCount } = await client.query(
				`update review_comments set resolved_at = coalesce(resolved_at, $3), resolved_by = coalesce(resolved_by, $4)
				 where id = $1 and submission_id = $2`,
				[commentId, id, new Date(now), person.id]
			);
			if (rowCount !== 1) return fail('review/unknown-comment');
		}
	});
	return moved.ok ? ok(null) : moved;
}

/** Sends it back with what has to change, as long as it is what was looked at. */
export async function askChanges(
	ground: ReviewGround,
	person: ReviewPerson,
	id: string,
	{ manifest, text }: AskChangesRequest,
	now: number
): Promise<Reviewed<null>> {
	const found = await opened(ground, person, id, 'ask-changes');
	if (!found.ok) return found;
	const moved = await moveTo(ground.database, {
		...{ submission: id, action: 'ask-changes', actor: person.id, now, manifest, detail: { text } }
	});
	return moved.ok ? ok(null) : moved;
}
