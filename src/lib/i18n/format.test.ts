import { describe, expect, it } from 'vitest';
import { LANGUAGE_TAGS } from '../core/base/languages.ts';
import { LACKING, readCldr } from './cldr.ts';
import { createFormat } from './format.ts';

const DAY = new Date(2026, 10, 25, 9, 5);

describe('createFormat', () => {
	it('writes sizes with the comma of the language', () => {
		expect(createFormat('en').bytes(1_843_220)).toBe('1.84 MB');
		expect(createFormat('vi').bytes(1_843_220)).toBe('1,84 MB');
		expect(createFormat('en').bytes(212_000)).toBe('212 KB');
		expect(createFormat('en').bytes(10_737_000_000)).toBe('10.7 GB');
		expect(createFormat('en').exactBytes(1_843_220)).toBe('1,843,220 bytes');
	});

	it('writes Tetun as Portuguese does, on every machine', () => {
		expect(createFormat('tet').country('VN')).toBe('Vietname');
	});

	for (const language of LACKING) {
		it(`writes ${language} from its catalogue, never in another language`, () => {
			const format = createFormat(language, readCldr(language));
			const own = { km: /\p{Script=Khmer}/u, lo: /\p{Script=Lao}/u, my: /\p{Script=Myanmar}/u }[
				language as 'km'
			];
			for (const text of [
				format.day(DAY),
				format.dayAndTime(DAY),
				format.country('LA'),
				format.minutes(45)
			]) {
				expect(text).toMatch(own);
				expect(text).not.toMatch(/\p{Script=Thai}|\{/u);
			}
			expect(format.day(DAY)).toContain('2026');
			expect(format.dayAndTime(DAY)).toContain('09:05');
			expect(format.bytes(1_843_220)).toMatch(/^1[.,]84 MB$/);
			expect(format.list(['A', 'B', 'C'])).toMatch(/^A.+B.+C$/);
		});
	}

	it('takes one language from the catalogue and the others from Intl', () => {
		for (const language of LANGUAGE_TAGS) expect(createFormat(language).number(7)).not.toBe('');
	});
});
