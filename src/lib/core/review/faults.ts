/** What review can answer with besides what it asks for; each code has one sentence (locales, `faults.<code>`). */
import type { Fault, Result } from '../base/result.ts';
import type { NOT_COUNTING } from '../protocol/review.ts';

export const REVIEW_FAULTS = [
	// who
	'review/not-yours',
	// what
	'review/unknown-submission',
	'review/unknown-unit',
	'review/unknown-replacement',
	'review/unknown-file',
	'review/unknown-comment',
	'review/wrong-state',
	'review/changed-meanwhile',
	'review/publishing',
	'review/not-approved',
	'review/not-complete',
	'review/too-many-comments',
	// signatures
	'review/bad-statement',
	'review/wrong-date',
	'review/bad-signature',
	'review/recall-too-large',
	// keys and the register
	'review/bad-proof',
	'review/key-taken',
	'review/name-taken',
	'review/no-institution',
	'review/register-refused',
	'review/register-older'
] as const;

type ReviewCode =
	| (typeof REVIEW_FAULTS)[number]
	| (typeof NOT_COUNTING)[number]
	/** Said of every right (server/start/rights.ts). */
	| 'people/not-allowed'
	| 'people/suspended';
export type ReviewFault = Fault<ReviewCode>;
export type Reviewed<Value> = Result<Value, ReviewFault>;
