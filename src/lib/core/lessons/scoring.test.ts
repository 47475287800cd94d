import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { ItemKey } from './content.ts';
import { parseNumber } from './number.ts';
import { ItemResponse, score } from './scoring.ts';

const single: ItemKey = { id: 'q', kind: 'single', options: ['a', 'b', 'c'], key: 'b' };
const multiple: ItemKey = { id: 'q', kind: 'multiple', options: ['a', 'b', 'c', 'd'], key: ['a', 'c'] };
const numeric: ItemKey = { id: 'q', kind: 'numeric', value: 40.5, tolerance: 0.5, symbol: 'V' };
const ordering: ItemKey = { id: 'q', kind: 'ordering', key: ['isolate', 'lock', 'prove'] };
const matching: ItemKey = {
	id: 'q',
	kind: 'matching',
	left: ['voc', 'isc'],
	right: ['volt', 'ampere', 'watt'],
	key: { voc: 'volt', isc: 'ampere' }
};

describe('scoring', () => {
	it('PKG-70: single: the one option', () => {
		expect(score(single, { kind: 'single', choice: 'b' })).toMatchObject({
			correct: true,
			marks: { b: 'right' }
		});
		expect(score(single, { kind: 'single', choice: 'a' })).toMatchObject({
			correct: false,
			marks: { a: 'wrong', b: 'missed' }
		});
	});

	it('PKG-70: multiple: all of them and no other, in any order', () => {
		expect(score(multiple, { kind: 'multiple', choices: ['c', 'a'] }).correct).toBe(true);
		fc.assert(
			fc.property(fc.subarray(multiple.options), (choices) => {
				const right = choices.length === 2 && choices.includes('a') && choices.includes('c');
				expect(score(multiple, { kind: 'multiple', choices }).correct).toBe(right);
			})
		);
	});

	it.each([
		[40, true],
		[41, true],
		[39.99, false],
		[41.01, false]
	])('PKG-70: numeric: %d within the tolerance, both ends in: %s', (value, correct) => {
		expect(score(numeric, { kind: 'numeric', value }).correct).toBe(correct);
	});

	it('PKG-70: numeric: binary fractions do not make a right answer wrong', () => {
		const key: ItemKey = { id: 'q', kind: 'numeric', value: 0.2, tolerance: 0.1, symbol: '' };
		expect(score(key, { kind: 'numeric', value: 0.3 }).correct).toBe(true);
	});

	it('PKG-70: ordering: every step in its place', () => {
		expect(score(ordering, { kind: 'ordering', order: ['isolate', 'lock', 'prove'] }).correct).toBe(true);
		expect(score(ordering, { kind: 'ordering', order: ['lock', 'isolate', 'prove'] }).marks).toEqual({
			isolate: 'wrong',
			lock: 'wrong',
			prove: 'right'
		});
		expect(score(ordering, { kind: 'ordering', order: ['isolate', 'lock'] }).correct).toBe(false);
	});

	it('PKG-70: matching: every pair', () => {
		expect(score(matching, { kind: 'matching', pairs: { voc: 'volt', isc: 'ampere' } }).correct).toBe(true);
		expect(score(matching, { kind: 'matching', pairs: { voc: 'watt' } }).marks).toEqual({
			voc: 'wrong',
			isc: 'missed'
		});
	});

	it.each([
		['another kind', single, { kind: 'numeric', value: 1 }],
		['an option that there is not', single, { kind: 'single', choice: 'z' }],
		['one option twice', multiple, { kind: 'multiple', choices: ['a', 'a'] }],
		['a step twice', ordering, { kind: 'ordering', order: ['lock', 'lock', 'prove'] }],
		['a side that there is not', matching, { kind: 'matching', pairs: { constructor: 'volt' } }]
	] as [string, ItemKey, ItemResponse][])(
		'PKG-71: an answer with %s fits no item and is not right',
		(_, key, response) => {
			expect(score(key, response)).toEqual({ fits: false, correct: false, marks: {} });
		}
	);

	it.each([
		{ kind: 'numeric', value: Infinity },
		{ kind: 'numeric', value: 'x' },
		{ kind: 'single', choice: 'b', correct: true },
		{ kind: 'multiple', choices: Array.from({ length: 41 }, (_, at) => `o${at}`) },
		{ kind: 'essay', text: 'x' },
		null
	])('PKG-71: %j is no answer', (response) => {
		expect(v.is(ItemResponse, response)).toBe(false);
	});
});

describe('a number as it is typed', () => {
	it.each([
		['40.5', 'en', 40.5],
		['40,5', 'en', 40.5],
		['40,5', 'id', 40.5],
		['40.5', 'vi', 40.5],
		['1,234', 'en', 1234],
		['1.234', 'en', 1.234],
		['1,234', 'id', 1.234],
		['1.234', 'pt', 1234],
		['0.500', 'id', 0.5],
		['1.234.567,8', 'id', 1_234_567.8],
		['1,234,567.8', 'th', 1_234_567.8],
		['๔๐.๕', 'th', 40.5],
		['၄၀.၅', 'my', 40.5],
		['៤០,៥', 'km', 40.5],
		['໔໐.໕', 'lo', 40.5],
		['௪௦.௫', 'ta', 40.5],
		['４０．５', 'zh-Hans', 40.5],
		[' −12 ', 'en', -12],
		['1 234,5', 'vi', 1234.5],
		['.5', 'en', 0.5],
		['40.5 V', 'en', 40.5],
		['40.5V', 'en', 40.5]
	])('PKG-72: %j in %s is %d', (typed, language, value) => {
		expect(parseNumber(typed, language, 'V')).toBe(value);
	});

	it.each([
		'',
		'V',
		'forty',
		'4O',
		'1.2.3',
		'1,2,3',
		'1.23,4.5',
		'--1',
		'1e3',
		'0x10',
		'5.',
		'Infinity',
		'1'.repeat(41)
	])('PKG-72: %j is none', (typed) => {
		expect(parseNumber(typed, 'en', 'V')).toBeNull();
	});

	it('PKG-72: reads back every number that a language writes', () => {
		const languages = ['en', 'id', 'vi', 'th', 'pt', 'zh-Hans', 'km', 'lo', 'ms', 'fil', 'ta'];
		fc.assert(
			fc.property(
				fc.constantFrom(...languages),
				fc.integer({ min: -1e9, max: 1e9 }),
				(language, thousandths) => {
					const value = thousandths / 1000;
					const typed = new Intl.NumberFormat(language, {
						useGrouping: false,
						maximumFractionDigits: 3
					}).format(value);
					// One group of three digits is the language's to decide: 1.234 is 1234 in Portuguese, and so on.
					expect(parseNumber(typed, language)).toBeCloseTo(value, 6);
				}
			)
		);
	});
});
