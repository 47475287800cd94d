/** What a draft still lacks before it can be handed in, and which languages lag behind (DRA-10 to DRA-13). */

export const DRAFT_PROBLEMS = [
	'draft/no-title',
	'draft/no-goal',
	'draft/no-occupation',
	'draft/no-contributor',
	'draft/no-partner',
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
	'draft/no-release-notes'
] as const;

export type DraftProblemCode = (typeof DRAFT_PROBLEMS)[number];

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
