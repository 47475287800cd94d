import { describe, expect, it } from 'vitest';
import type { UnitPage } from '../../core/lessons/unit-page.ts';
import { completes, onward } from './onward.ts';

const page = (parts: object) =>
	({
		practice: null,
		simulation: null,
		quiz: null,
		mainVideo: null,
		next: null,
		...parts
	}) as unknown as UnitPage;
const lab = page({ simulation: {}, quiz: {}, next: { id: 'n', title: 'N' } });
const outcome = (passed: boolean) => ({ correct: passed ? 5 : 2, of: 5, passed });

describe('what a unit asks next', () => {
	it('is the simulation, then its questions, then the next unit', () => {
		expect(onward(lab, null)).toBe('simulation');
		expect(onward(lab, { state: 'begun', best: null })).toBe('simulation');
		expect(onward(lab, { state: 'done', best: null })).toBe('quiz');
		expect(onward(lab, { state: 'done', best: outcome(false) })).toBe('quiz');
		expect(onward(lab, { state: 'done', best: outcome(true) })).toBe('next');
	});

	it('does not lead into a simulation that hung', () => {
		expect(onward(lab, { state: 'begun', best: null }, true)).toBe('quiz');
	});

	it('ends with the last unit', () => {
		expect(onward(page({}), { state: 'done', best: null })).toBe('end');
	});
});

describe('a unit is done', () => {
	it('by reading when it is only text, and not by reading past its questions', () => {
		expect(completes(page({}), 'read')).toBe(true);
		expect(completes(page({ quiz: {} }), 'read')).toBe(false);
		expect(completes(page({ quiz: {} }), 'asked')).toBe(false);
		expect(completes(page({ mainVideo: 'v' }), 'read')).toBe(false);
		expect(completes(page({ mainVideo: 'v' }), 'asked')).toBe(true);
	});

	it('by the last step of a guide, by a score of a simulation', () => {
		expect(completes(page({ practice: {} }), 'steps')).toBe(true);
		expect(completes(page({ practice: {} }), 'asked')).toBe(false);
		expect(completes(lab, 'score')).toBe(true);
	});
});
