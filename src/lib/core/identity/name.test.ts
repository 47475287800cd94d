import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookOf, nameFault, normaliseName } from './name.ts';

describe('SYN-101 a name may be in any script of the interface', () => {
	it.each([
		'somchai',
		'Nguyễn.An',
		'João_99',
		'สมชาย',
		'สมหญิงน้ำ',
		'ສົມສັກ',
		'សុខា',
		'ស្រីមុំ',
		'မောင်မောင်',
		'முத்து',
		'王小明',
		'王明',
		'budi-01'
	])('%s', (name) => expect(nameFault(name)).toBeNull());
});

describe('SYN-102 what it may not be', () => {
	it.each([
		['ab', 'account/name-short'],
		['王', 'account/name-short'],
		['a'.repeat(31), 'account/name-long'],
		['som chai', 'account/name-letters'],
		['som\u200bchai', 'account/name-letters'],
		['som\u202echai', 'account/name-letters'],
		['<script>', 'account/name-letters'],
		['соmrade', 'account/name-letters'],
		['a@b.example', 'account/name-letters'],
		['12345', 'account/name-letters'],
		['.somchai', 'account/name-letters'],
		['som..chai', 'account/name-letters'],
		['ินำ', 'account/name-letters'],
		['som🙂', 'account/name-letters'],
		['สมsom', 'account/name-mixed'],
		['ກขค', 'account/name-mixed']
	])('%s', (name, code) => expect(nameFault(name)).toBe(code));
});

describe('SYN-103 names that look alike are one', () => {
	it.each([
		['Somchai', 'somchai'],
		['ｓｏｍchai', 'somchai'],
		['budi01', 'budiol'],
		['budi-01', 'budi.01'],
		['karn', 'kam'],
		['เเดง', 'แดง'],
		['สมชาย๑', 'สมชาย1'],
		['မောင်၀', 'မောင်ဝ'],
		['กำ', 'กํา'],
		['é'.normalize('NFC'), 'é'.normalize('NFD')]
	])('%s, %s', (one, other) => expect(lookOf(one)).toBe(lookOf(other)));

	it.each([
		['somchai', 'somchay'],
		['nguyễn', 'nguyen'],
		['สมชาย', 'สมชาม']
	])('and not %s, %s', (one, other) => expect(lookOf(one)).not.toBe(lookOf(other)));
});

it('SYN-104 comparing twice changes nothing', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), (name) => {
			expect(normaliseName(normaliseName(name))).toBe(normaliseName(name));
			expect(lookOf(lookOf(name))).toBe(lookOf(name));
		})
	);
});
