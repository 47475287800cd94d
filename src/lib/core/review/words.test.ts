import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffWords, wordsOf, type Piece } from './words.ts';

const show = (pieces: readonly Piece[]): string =>
	pieces.map(({ kind, text }) => ({ same: text, old: `[-${text}-]`, new: `[+${text}+]` })[kind]).join('');
const side = (pieces: readonly Piece[], gone: 'old' | 'new'): string =>
	pieces.flatMap(({ kind, text }) => (kind === gone ? [] : [text])).join('');

describe('diffWords (REV-71)', () => {
	it('shows words that went and words that came, not letters', () => {
		expect(show(diffWords('Cover the panel.', 'Cover both panels.', 'en'))).toBe(
			'Cover [-the panel-][+both panels+].'
		);
		expect(diffWords('same', 'same', 'en')).toEqual([{ kind: 'same', text: 'same' }]);
		expect(diffWords('', 'all new', 'en')).toEqual([{ kind: 'new', text: 'all new' }]);
		expect(diffWords('', '', 'en')).toEqual([]);
	});

	it.each([
		['lo', 'ປິດແຜງໂຊລາເຊວກ່ອນ', 'ປິດແຜງໂຊລາເຊວທຸກຄັ້ງ'],
		['th', 'ปิดแผงโซลาร์เซลล์ก่อน', 'ปิดแผงโซลาร์เซลล์ทุกครั้ง'],
		['km', 'បិទបន្ទះសូឡាមុន', 'បិទបន្ទះសូឡាជានិច្ច'],
		['my', 'နေရောင်ခြည်ပြားကို ဖုံးပါ', 'နေရောင်ခြည်ပြားများကို ဖုံးပါ'],
		['zh-Hans', '先遮住光伏板。', '每次都遮住光伏板。']
	])('cuts %s into words, which it writes without spaces', (language, before, now) => {
		expect(wordsOf(before, language).length).toBeGreaterThan(2);
		const pieces = diffWords(before, now, language);
		expect(pieces.some(({ kind, text }) => kind === 'same' && text.length > 3)).toBe(true);
		expect([side(pieces, 'new'), side(pieces, 'old')]).toEqual([before, now]);
	});

	it('keeps what stayed and what came, to the letter', () => {
		const text = fc.array(fc.constantFrom('a', 'bc', ' ', '.', '光', 'ກ', '\n'), { maxLength: 30 });
		fc.assert(
			fc.property(text, text, (a, b) => {
				const [before, now] = [a.join(''), b.join('')];
				const pieces = diffWords(before, now, 'lo');
				expect([side(pieces, 'new'), side(pieces, 'old')]).toEqual([before, now]);
			})
		);
	});
});
