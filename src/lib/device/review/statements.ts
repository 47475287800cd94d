/** What an expert signs about a version: exactly the parts that they were shown (REV-31, REV-60). */
import { uuidv7 } from '../../core/base/ids.ts';
import type { ReviewPage, SignedStatement } from '../../core/protocol/review.ts';
import {
	APPROVAL_TYPE,
	RECALL_TYPE,
	signStatement,
	STATEMENT_TYPE,
	type Statement
} from '../../core/trust/statement.ts';
import type { Signer } from '../../core/trust/types.ts';

type Version = Pick<ReviewPage, 'submission' | 'shared'>;

/** The day as the person who signs counts it. */
const today = (now: Date): string =>
	[now.getFullYear(), now.getMonth() + 1, now.getDate()]
		.map((part) => String(part).padStart(2, '0'))
		.join('-');

function subjectOf({ submission, shared }: Version, parts: readonly string[]): Statement['subject'] {
	const digests = new Map(submission.languages.map(({ language, part }) => [language, part]));
	digests.set('shared', shared.digest);
	return parts.map((name) => ({ name, digest: { sha256: digests.get(name)! } }));
}

const about = ({ submission }: Version, now: Date) => ({
	...{ packageId: submission.package, version: submission.version, date: today(now) }
});

const sealed = async (statement: Statement, signer: Signer): Promise<SignedStatement> =>
	(await signStatement(statement, [signer])) as SignedStatement;

/** An approval of the shared part together with the languages that this expert has read, and no other. */
export function signApproval(
	version: Version,
	languages: readonly string[],
	signer: Signer,
	now = new Date()
): Promise<SignedStatement> {
	const parts = ['shared', ...languages];
	return sealed(
		{
			...{ _type: STATEMENT_TYPE, predicateType: APPROVAL_TYPE, subject: subjectOf(version, parts) },
			predicate: { ...about(version, now), decision: 'approve', read: parts }
		},
		signer
	);
}

export interface RecallWords {
	reason: string;
	/** None: the whole version. */
	units: readonly string[];
	replacement: string | null;
}

/** A recall of the shared part, which holds in every language. */
export const recallStatement = (
	version: Version,
	{ reason, units, replacement }: RecallWords,
	now = new Date()
): Statement => ({
	...{ _type: STATEMENT_TYPE, predicateType: RECALL_TYPE, subject: subjectOf(version, ['shared']) },
	predicate: {
		...{ ...about(version, now), decision: 'recall', reason },
		...(units.length > 0 ? { units: [...units] } : {}),
		...(replacement ? { replacement } : {})
	}
});

export const signRecall = (
	version: Version,
	words: RecallWords,
	signer: Signer,
	now = new Date()
): Promise<SignedStatement> => sealed(recallStatement(version, words, now), signer);

/** A lifting of one recall, of the very parts that it names. */
export function signLifting(
	version: Version,
	{ digest, parts }: { digest: string; parts: readonly string[] },
	signer: Signer,
	now = new Date()
): Promise<SignedStatement> {
	return sealed(
		{
			...{ _type: STATEMENT_TYPE, predicateType: RECALL_TYPE, subject: subjectOf(version, parts) },
			predicate: { ...about(version, now), decision: 'lift', lifts: digest, read: [...parts] }
		},
		signer
	);
}

/** An id that the browser gives a comment, so that the same one sent twice is one. */
export const newCommentId = (): string => uuidv7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
