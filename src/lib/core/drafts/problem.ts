/** One thing that a draft lacks: its code, which has one sentence in the catalogues, and where it is put right. */

export const DRAFT_PROBLEMS = [
	'draft/no-title',
	'draft/no-goal',
	'draft/no-occupation',
	'draft/no-contributor',
	'draft/no-units',
	'draft/no-text',
	'draft/bad-text',
	'draft/no-summary',
	'draft/no-practice-goal',
	'draft/no-steps',
	'draft/no-step-words',
	'draft/no-evidence-words',
	'draft/no-tool-words',
	'draft/no-safety-words',
	'draft/no-question',
	'draft/no-prompt',
	'draft/too-few-options',
	'draft/no-key',
	'draft/no-option-words',
	'draft/no-feedback',
	'draft/no-explanation',
	'draft/no-alt',
	'draft/no-transcript',
	'draft/dead-link',
	'draft/structure-differs',
	'draft/no-release-notes',
	'draft/no-file',
	'draft/bad-field'
] as const;

type DraftProblemCode = (typeof DRAFT_PROBLEMS)[number];

/** One thing that is missing, and where it is put right. */
export interface DraftProblem {
	code: DraftProblemCode;
	/** Null: the same in every language. */
	language: string | null;
	unit: string | null;
	/** `step:<id>`, `item:<id>`, `file:<id>`, `tool:<id>`, `safety:<id>`, or null: the unit's or draft's own. */
	place: string | null;
	params?: Record<string, string | number>;
}

/** Says that something is missing at one place. */
export type Say = (
	code: DraftProblemCode,
	place?: string | null,
	params?: Record<string, string | number>
) => void;
