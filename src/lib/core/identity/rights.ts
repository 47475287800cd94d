/**
 * Who may do what: one table of role and action, which a test walks cell by cell (docs/spec/people.md). What depends on
 * more than the role (own draft, contributor, scope of an expert) is decided where it is done, after this.
 */
import type { Role } from '../base/vocabulary.ts';

export { ROLES, type Role } from '../base/vocabulary.ts';

const RIGHTS = {
	/** Make a micro-course or work case and hand it in. */
	'hand-in': ['teacher', 'engineer', 'expert', 'administrator'],
	/** See what waits for review, and how it stands. */
	'review/read': ['expert', 'administrator', 'observer'],
	'review/comment': ['expert'],
	'review/ask-changes': ['expert'],
	'review/approve': ['expert'],
	'review/recall': ['expert'],
	/** See what learners marked in one's own work. */
	'feedback/own': ['teacher', 'engineer', 'expert', 'administrator'],
	/** See who is there, as far as one's rights reach. */
	'people/read': ['teacher', 'administrator'],
	'people/invite': ['administrator'],
	/** A one-time code for a forgotten password: a teacher for learners of the same institution. */
	'people/reset-password': ['teacher', 'administrator'],
	'people/set-role': ['administrator'],
	'people/suspend': ['administrator'],
	'institutions/manage': ['administrator'],
	/** Take a signed register of parties and experts in. */
	'register/manage': ['administrator'],
	'audit/read': ['administrator', 'observer']
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof RIGHTS;
export const ACTIONS = Object.keys(RIGHTS) as Action[];

export const may = (role: Role, action: Action): boolean =>
	(RIGHTS[action] as readonly Role[]).includes(role);
