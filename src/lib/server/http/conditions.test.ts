import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRange } from '../../core/base/byte-range.ts';
import { isUnchanged, mayAnswerRange } from './conditions.ts';

describe('parseRange (SRV-21)', () => {
	it.each([
		['bytes=0-0', { start: 0, end: 0 }],
		['bytes=0-99', { start: 0, end: 99 }],
		['bytes=50-', { start: 50, end: 99 }],
		['bytes=-10', { start: 90, end: 99 }],
		['bytes=-1000', { start: 0, end: 99 }],
		['bytes=90-1000', { start: 90, end: 99 }],
		['Bytes=1-2', { start: 1, end: 2 }]
	])('%s of 100 bytes', (header, range) => expect(parseRange(header, 100)).toEqual(range));

	it.each(['bytes=100-', 'bytes=100-200', 'bytes=-0', 'bytes=10737418240-'])(
		'%s of 100 bytes lies outside',
		(header) => expect(parseRange(header, 100)).toBe('unsatisfiable')
	);

	it.each([
		null,
		'',
		'bytes=',
		'bytes=-',
		'bytes=5-2',
		'bytes=0-1,5-6',
		'items=0-1',
		'bytes=a-b',
		'bytes=0x1-2'
	])('%s asks for the whole', (header) => expect(parseRange(header, 100)).toBeNull());

	it('never leaves the bytes that there are, whatever is asked', () => {
		const number = fc.oneof(fc.constant(''), fc.bigInt({ min: 0n, max: 10n ** 30n }).map(String));
		fc.assert(
			fc.property(number, number, fc.nat(2 ** 31), (first, last, size) => {
				const range = parseRange(`bytes=${first}-${last}`, size);
				if (!range || range === 'unsatisfiable') return;
				expect(range.start).toBeGreaterThanOrEqual(0);
				expect(range.end).toBeLessThan(size);
				expect(range.start).toBeLessThanOrEqual(range.end);
			})
		);
	});

	it('gives back every byte once when the ranges asked for lie in a row', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 999 }), (size, step) => {
				const bytes = Array.from({ length: size }, (_, index) => index);
				const got: number[] = [];
				for (let at = 0; at < size; at += step) {
					const range = parseRange(`bytes=${at}-${at + step - 1}`, size);
					if (!range || range === 'unsatisfiable') throw new Error('no range');
					got.push(...bytes.slice(range.start, range.end + 1));
				}
				expect(got).toEqual(bytes);
			})
		);
	});

	it('takes any text at all', () => {
		fc.assert(fc.property(fc.string(), fc.nat(), (header, size) => void parseRange(header, size)));
	});
});

describe('conditions (SRV-22)', () => {
	it('knows its ETag in a list, weak or strong, and the star', () => {
		expect(isUnchanged('"a", W/"b"', '"b"')).toBe(true);
		expect(isUnchanged('*', '"b"')).toBe(true);
		expect(isUnchanged('"a"', '"b"')).toBe(false);
		expect(isUnchanged(null, '"b"')).toBe(false);
	});

	it('answers a range only for the very bytes that the client has begun', () => {
		expect(mayAnswerRange(null, '"a"')).toBe(true);
		expect(mayAnswerRange('"a"', '"a"')).toBe(true);
		expect(mayAnswerRange('"b"', '"a"')).toBe(false);
		expect(mayAnswerRange('W/"a"', '"a"')).toBe(false);
		expect(mayAnswerRange('Tue, 24 Nov 2026 23:27:49 GMT', '"a"')).toBe(false);
	});
});
