import { expect, it } from 'vitest';
import { ACTIONS, may, ROLES, type Action } from './rights.ts';

/** The table of docs/spec/people.md, once more by hand: l learner, t teacher, e engineer, x expert, a administrator, o observer. */
const TABLE: Record<Action, string> = {
	'hand-in': '-texa-',
	'review/read': '---xao',
	'review/comment': '---x--',
	'review/ask-changes': '---x--',
	'review/approve': '---x--',
	'review/recall': '---x--',
	'feedback/own': '-texa-',
	'people/read': '-t--a-',
	'people/invite': '----a-',
	'people/reset-password': '-t--a-',
	'people/set-role': '----a-',
	'people/suspend': '----a-',
	'institutions/manage': '----a-',
	'register/manage': '----a-',
	'audit/read': '----ao'
};

it('PPL-10 has a row for every action', () => {
	expect(Object.keys(TABLE).sort()).toEqual([...ACTIONS].sort());
});

for (const action of ACTIONS) {
	for (const [column, role] of ROLES.entries()) {
		const letter = TABLE[action]?.[column] ?? '-';
		it(`PPL-10 ${role} ${letter === '-' ? 'may not' : 'may'} ${action}`, () => {
			expect(may(role, action)).toBe(letter !== '-');
		});
	}
}
