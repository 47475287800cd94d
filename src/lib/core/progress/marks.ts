/** What a learner can say of a place in a unit (FBK-1). No schema: the reader carries this file. */
export const MARKS = ['unclear', 'wrong', 'does-not-work-here', 'thank-you'] as const;
export type Mark = (typeof MARKS)[number];

/** Characters of the words beside a mark. */
export const MAX_MARK_WORDS = 500;
