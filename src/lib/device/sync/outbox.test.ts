import { expect, it } from 'vitest';
import { eventText } from '../../../../tests/factories/people.ts';
import { readEvent, type Happening } from '../../core/progress/event.ts';
import { eventRow } from '../progress/log.ts';
import { groupOutbox } from './outbox.ts';

const c = { l: 'th', d: 'a'.repeat(64), a: '019ab000-0000-7000-8000-000000000000' };
const o = { p: 'solar', u: 'final' };
const passed: Happening = { v: 'passed', o, r: { n: 8, m: 10, a: {} }, c };
const answered: Happening = {
	v: 'answered',
	o: { ...o, q: 'q1' },
	r: { a: { kind: 'single', choice: 'a' }, y: true },
	c
};
const completed: Happening = { v: 'completed', o, c: { l: 'th' } };

function row(happening: Happening, seq: number, refused: string | null = null) {
	const text = eventText(happening);
	const event = readEvent(text);
	if (!event.ok) throw new Error();
	return { ...eventRow('me', event.value, text, seq, 0), refused };
}

it('SYN-75 names tests one by one, counts the rest, and says where each stands', () => {
	const groups = groupOutbox(
		[
			row(passed, 1),
			row(answered, 2),
			row(passed, 3, 'progress/score-not-given'),
			row(answered, 4),
			row(answered, 5),
			row(completed, 6),
			row(passed, 7),
			row(completed, 0)
		],
		3
	);
	expect(groups.map(({ kind, count, state }) => [kind, count, state])).toEqual([
		['test', 1, 'waits'],
		['done', 1, 'waits'],
		['answers', 2, 'waits'],
		['test', 1, 'refused'],
		['test', 1, 'arrived']
	]);
	expect(groups[0]).toMatchObject({ correct: 8, of: 10 });
	expect(groups[3]!.code).toBe('progress/score-not-given');
});
