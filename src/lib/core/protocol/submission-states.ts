/** Where something handed in stands (docs/spec/review.md). Who may move it where: `policy.ts`. */

export const SUBMISSION_STATES = [
	/** The server knows of it; its text is not whole yet. */
	'receiving',
	/** The machine checks refused it: the author gets the faults. */
	'refused',
	/** Its text is whole and passed the checks: experts read it. Media may still come. */
	'in-review',
	'changes-asked',
	/** At least one language has its joint approval; publishing follows by itself. */
	'approved',
	'published',
	'superseded',
	'recalled',
	'withdrawn'
] as const;
export type SubmissionState = (typeof SUBMISSION_STATES)[number];

/** What happens to it; each is one row of the append-only log. */
export const SUBMISSION_ACTIONS = [
	'hand-in',
	'pass-checks',
	'fail-checks',
	'receive-all',
	'comment',
	'resolve',
	'ask-changes',
	'sign',
	'approve',
	'publish',
	'replace',
	'withdraw',
	'recall',
	'lift'
] as const;
export type SubmissionAction = (typeof SUBMISSION_ACTIONS)[number];
