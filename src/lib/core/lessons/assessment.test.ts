import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
	Attempt,
	attemptResult,
	giveAnswer,
	moveTo,
	optionOrder,
	resumeAttempt,
	startAttempt,
	type Quiz
} from './assessment.ts';
import type { ItemKey } from './content.ts';
import { seeded, shuffled } from './draw.ts';

const DIGEST = 'ab'.repeat(32);
const item = (id: string): ItemKey => ({ id, kind: 'single', options: ['a', 'b', 'c', 'd'], key: 'b' });
const quizOf = (size: number, rule: Partial<Quiz> = {}): Quiz => ({
	shuffle: true,
	passPercent: 80,
	items: Array.from({ length: size }, (_, at) => item(`q${at}`)),
	...rule
});
const start = (quiz: Quiz, id = 'attempt-1') => startAttempt(quiz, 'exam', DIGEST, id);

describe('a try at a quiz', () => {
	it('PKG-73: draws as many different items as the rule says, the same ones for the same id', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 60 }),
				fc.integer({ min: 1, max: 60 }),
				fc.uuid(),
				(size, draw, id) => {
					const quiz = quizOf(size, { draw: Math.min(draw, size) });
					const attempt = start(quiz, id);
					expect(new Set(attempt.items).size).toBe(Math.min(draw, size));
					expect(start(quiz, id)).toEqual(attempt);
					expect(v.is(Attempt, attempt)).toBe(true);
				}
			)
		);
	});

	it('PKG-73: without shuffle keeps the order of the pool', () => {
		const quiz = quizOf(30, { shuffle: false, draw: 10 });
		const places = start(quiz).items.map((id) => quiz.items.findIndex((each) => each.id === id));
		expect(places).toEqual([...places].sort((a, b) => a - b));
	});

	it('PKG-73: gives every item its turn', () => {
		const quiz = quizOf(10, { draw: 3 });
		const seen = new Set(Array.from({ length: 60 }, (_, at) => start(quiz, `attempt-${at}`).items).flat());
		expect(seen.size).toBe(10);
	});

	it('PKG-73: draws what it drew before on every engine: these numbers may never change', () => {
		const next = seeded('0199a1b2-0000-7000-8000-000000000000');
		expect(Array.from({ length: 6 }, () => next(100))).toMatchInlineSnapshot(`
			[
			  60,
			  22,
			  30,
			  17,
			  81,
			  70,
			]
		`);
		expect(shuffled(['a', 'b', 'c', 'd', 'e', 'f'], 'seed')).toMatchInlineSnapshot(`
			[
			  "b",
			  "e",
			  "d",
			  "a",
			  "c",
			  "f",
			]
		`);
	});

	it('PKG-74: shows steps to be ordered never in the order that is right, and every option once', () => {
		fc.assert(
			fc.property(fc.integer({ min: 2, max: 8 }), fc.uuid(), (size, id) => {
				const key = Array.from({ length: size }, (_, at) => `s${at}`);
				const order = optionOrder({ shuffle: false }, { id: 'q', kind: 'ordering', key }, id);
				expect(order).not.toEqual(key);
				expect([...order].sort()).toEqual([...key].sort());
			})
		);
	});

	it('PKG-74: shuffles options where the quiz says so, without regard to language or place', () => {
		const orders = new Set(
			Array.from({ length: 40 }, (_, at) => optionOrder({ shuffle: true }, item('q1'), `t${at}`).join(''))
		);
		expect(orders.size).toBeGreaterThan(10);
		expect(optionOrder({ shuffle: false }, item('q1'), 't')).toEqual(['a', 'b', 'c', 'd']);
	});

	it('PKG-75: is the same however the answers came in, and is passed at the share that the rule names', () => {
		const quiz = quizOf(5);
		const attempt = start(quiz);
		const answered = (right: number) =>
			attempt.items.reduce(
				(so, id, at) => giveAnswer(so, id, { kind: 'single', choice: at < right ? 'b' : 'a' }),
				attempt
			);
		expect(attemptResult(quiz, answered(4))).toMatchObject({ correct: 4, of: 5, percent: 80, passed: true });
		expect(attemptResult(quiz, answered(3))).toMatchObject({ percent: 60, passed: false });
	});

	it('PKG-75: with an item left open is not passed', () => {
		const quiz = quizOf(5);
		const attempt = start(quiz);
		const open = attempt.items
			.slice(1)
			.reduce((so, id) => giveAnswer(so, id, { kind: 'single', choice: 'b' }), attempt);
		expect(attemptResult(quiz, open)).toMatchObject({ answered: 4, percent: 80, passed: false });
	});

	it('takes no answer to an item that it does not show, and no place beyond its end', () => {
		const attempt = start(quizOf(5, { draw: 2 }));
		expect(giveAnswer(attempt, 'nowhere', { kind: 'single', choice: 'b' })).toBe(attempt);
		expect([moveTo(attempt, 99).position, moveTo(attempt, -1).position]).toEqual([2, 0]);
	});

	it('PKG-76: resumed after an update keeps the items and answers that still fit', () => {
		const quiz = quizOf(3);
		const first = start(quiz);
		const attempt = giveAnswer(giveAnswer(first, 'q0', { kind: 'single', choice: 'd' }), 'q1', {
			kind: 'single',
			choice: 'b'
		});
		const shorter = { ...item('q0'), options: ['a', 'b'] } as ItemKey;
		const resumed = resumeAttempt(attempt, { ...quiz, items: [shorter, item('q1')] });
		expect(resumed?.items).toEqual(first.items.filter((id) => id !== 'q2'));
		expect(resumed?.answers).toEqual({ q1: { kind: 'single', choice: 'b' } });
		expect(resumeAttempt(attempt, { ...quiz, items: [item('other')] })).toBeNull();
	});
});
