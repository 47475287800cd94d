/** The committee's work as routes ask for it (docs/spec/review.md). */
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';
import type {
	ApproveRequest,
	AskChangesRequest,
	CommentRequest,
	ExpertKey,
	KeyRequest,
	Queue,
	QueueQuery,
	ReviewPage,
	SignedStatement
} from '../../core/protocol/review.ts';
import type { ReviewUnit } from '../../core/review/unit.ts';
import type { EnrolmentRequest } from '../../core/trust/enrolment.ts';
import { takeTargets } from '../trust/enrol.ts';
import { approve } from './approve.ts';
import { askChanges, comment, resolve } from './comments.ts';
import { enrolmentOf, expertOf, keyOf, requestKey, revokeKey } from './experts.ts';
import type { ReviewGround } from './ground.ts';
import type { ReviewPerson } from './people.ts';
import { publishApproved, publishWaiting } from './publish.ts';
import { readQueue } from './queue.ts';
import { publishRecalls, recall } from './recall.ts';
import { readReview, readReviewFile, readReviewUnit, withReviewBy, type ReviewFile } from './review.ts';
import { takeIn } from './taken-in.ts';

type Answer<Value> = Promise<Result<Value, Fault>>;

export interface Committee {
	queue: (person: ReviewPerson, query: QueueQuery, language: string) => Answer<Queue>;
	page: (person: ReviewPerson, id: string) => Answer<ReviewPage>;
	unit: (person: ReviewPerson, at: { id: string; unit: string; language: string }) => Answer<ReviewUnit>;
	file: (person: ReviewPerson, id: string, digest: string) => Answer<ReviewFile>;
	/** Each of these answers the page as it is afterwards. */
	comment: (person: ReviewPerson, id: string, request: CommentRequest) => Answer<ReviewPage>;
	resolve: (person: ReviewPerson, id: string, comment: string) => Answer<ReviewPage>;
	askChanges: (person: ReviewPerson, id: string, request: AskChangesRequest) => Answer<ReviewPage>;
	approve: (person: ReviewPerson, id: string, request: ApproveRequest) => Answer<ReviewPage>;
	recall: (person: ReviewPerson, id: string, statement: SignedStatement) => Answer<ReviewPage>;
	key: (person: ReviewPerson) => Promise<ExpertKey>;
	requestKey: (person: ReviewPerson, request: KeyRequest) => Answer<ExpertKey>;
	revokeKey: (person: ReviewPerson, expert: string | null) => Answer<ExpertKey>;
	enrolment: (person: ReviewPerson) => Answer<EnrolmentRequest>;
	/** A signed `N.targets.json`, by an administrator; answers its version. */
	takeRegister: (bytes: Uint8Array) => Answer<{ version: number }>;
	/** Finishes what a crash left; answers what it could not. */
	reconcile: () => Promise<{ id: string; fault: Fault }[]>;
}

export function createCommittee(ground: ReviewGround, clock: () => number = Date.now): Committee {
	/** Does it, then reads the page anew. */
	const then = async (person: ReviewPerson, id: string, done: Result<unknown, Fault>): Answer<ReviewPage> =>
		done.ok ? readReview(ground, person, id) : done;

	return {
		async queue(person, query, language) {
			const known = await expertOf(ground, person.id);
			const reviewer = { account: person.id, expert: known?.expert ?? null };
			const read = await readQueue(ground.database, ground.credits, reviewer, query, language);
			return read.ok && query.show === 'published' ? ok(await withReviewBy(ground, read.value)) : read;
		},
		page: (person, id) => readReview(ground, person, id),
		unit: (person, at) => readReviewUnit(ground, person, at),
		file: (person, id, digest) => readReviewFile(ground, person, id, digest),
		comment: async (person, id, request) =>
			then(person, id, await comment(ground, person, id, request, clock())),
		resolve: async (person, id, commentId) =>
			then(person, id, await resolve(ground, person, id, commentId, clock())),
		askChanges: async (person, id, request) =>
			then(person, id, await askChanges(ground, person, id, request, clock())),
		async approve(person, id, request) {
			const signed = await approve(ground, person, id, request, clock());
			if (!signed.ok) return signed;
			if (signed.value.approved.length > 0) {
				const out = await publishApproved(ground, id, clock());
				// The signature counts whatever became of it; the next start tries again.
				if (!out.ok) console.error(`review: ${id} is approved and not published: ${out.fault.code}`);
			}
			return readReview(ground, person, id);
		},
		recall: async (person, id, statement) =>
			then(person, id, await recall(ground, person, id, statement, clock())),
		key: (person) => keyOf(ground, person.id),
		requestKey: (person, request) => requestKey(ground, person, request, clock()),
		revokeKey: (person, expert) => revokeKey(ground, person, expert, clock()),
		enrolment: (person) => enrolmentOf(ground, person),
		async takeRegister(bytes) {
			const taken = await takeTargets(ground.trust, bytes, clock());
			if (taken.ok) return ok({ version: taken.value });
			const isOlder = taken.fault.code === 'trust/rollback';
			return fail(isOlder ? 'review/register-older' : 'review/register-refused');
		},
		async reconcile() {
			await publishRecalls(ground, clock());
			const left = await publishWaiting(ground, clock());
			await takeIn(ground, clock());
			return left;
		}
	};
}
