import { describe, expect, it } from 'vitest';
import type { ItemKey } from '../../../core/lessons/content.ts';
import { chosen, draftOf, emptyDraft, moved, responseOf } from './draft.ts';

const single: ItemKey = { id: 'q1', kind: 'single', options: ['a', 'b'], key: 'b' };
const multiple: ItemKey = { id: 'q2', kind: 'multiple', options: ['a', 'b', 'c'], key: ['a', 'c'] };
const numeric: ItemKey = { id: 'q3', kind: 'numeric', value: 40.5, tolerance: 0.5, symbol: 'V' };
const ordering: ItemKey = { id: 'q4', kind: 'ordering', key: ['stop', 'lock', 'try'] };
const matching: ItemKey = {
	id: 'q5',
	kind: 'matching',
	left: ['voc', 'isc'],
	right: ['volt', 'ampere'],
	key: { voc: 'volt', isc: 'ampere' }
};

describe('an answer in the making', () => {
	it('is none before anything was done', () => {
		for (const item of [single, multiple, numeric, ordering, matching]) {
			expect(responseOf(item, emptyDraft(item, ['lock', 'stop', 'try']), 'en')).toBeNull();
		}
	});

	it('keeps one choice of single and many of multiple', () => {
		const one = chosen(chosen(emptyDraft(single, []), 'a', true, false), 'b', true, false);
		expect(responseOf(single, one, 'en')).toEqual({ kind: 'single', choice: 'b' });
		const many = chosen(chosen(emptyDraft(multiple, []), 'a', true, true), 'c', true, true);
		expect(responseOf(multiple, many, 'en')).toEqual({ kind: 'multiple', choices: ['a', 'c'] });
		expect(responseOf(multiple, chosen(many, 'a', false, true), 'en')).toEqual({
			kind: 'multiple',
			choices: ['c']
		});
	});

	it('reads a number as its language writes it', () => {
		const typed = { ...emptyDraft(numeric, []), typed: '40,5 V' };
		expect(responseOf(numeric, typed, 'vi')).toEqual({ kind: 'numeric', value: 40.5 });
		expect(responseOf(numeric, { ...typed, typed: '៤០.៥' }, 'km')).toEqual({ kind: 'numeric', value: 40.5 });
		expect(responseOf(numeric, { ...typed, typed: 'forty' }, 'en')).toBeNull();
	});

	it('moves a step, and not past the ends; the order shown counts once it was touched', () => {
		const shown = emptyDraft(ordering, ['lock', 'stop', 'try']);
		expect(moved(shown, 'stop', -1).ids).toEqual(['stop', 'lock', 'try']);
		const held = moved(shown, 'lock', -1);
		expect(held.ids).toEqual(['lock', 'stop', 'try']);
		expect(responseOf(ordering, held, 'en')).toEqual({ kind: 'ordering', order: ['lock', 'stop', 'try'] });
	});

	it('matches only when every left side has its right', () => {
		const half = { ...emptyDraft(matching, []), pairs: { voc: 'volt' } };
		expect(responseOf(matching, half, 'en')).toBeNull();
		const whole = { ...half, pairs: { voc: 'volt', isc: 'ampere' } };
		expect(responseOf(matching, whole, 'en')).toEqual({ kind: 'matching', pairs: whole.pairs });
	});

	it('shows a given answer again as it was', () => {
		const response = { kind: 'numeric' as const, value: 40.5 };
		const again = draftOf(numeric, response, (value) => String(value).replace('.', ','));
		expect(again.typed).toBe('40,5');
		expect(responseOf(numeric, again, 'vi')).toEqual(response);
	});
});
