import { expect, test } from 'vitest';
import type { UnitPage } from '../../core/lessons/unit-page.ts';
import { createFormat } from '../../i18n/format.ts';
import type { Translate } from '../../i18n/translate.ts';
import { labelOf } from './labels.ts';
import { rowsOf, runsOf } from './rows.ts';

const say = {
	t: ((key, params) => `${key}${params ? JSON.stringify(params) : ''}`) as Translate,
	format: createFormat('en')
};
const paragraph = (text: string) => ({
	type: 'paragraph' as const,
	inlines: [{ type: 'text' as const, text }]
});

function page(texts: string[], { right = 'a', prompt = 'How tight?' } = {}): UnitPage {
	return {
		package: { title: 'Solar' },
		unit: { kind: 'theory', title: 'Rails', summary: 'How rails are fixed.', minutes: 5 },
		contributors: [],
		blocks: texts.map(paragraph),
		figures: {},
		videos: {},
		glossary: {},
		practice: null,
		simulation: null,
		mainVideo: null,
		quiz: {
			rule: { shuffle: false, passPercent: 70 },
			items: [
				{
					key: { kind: 'single', id: 'q1', options: ['a', 'b'], key: right },
					words: { prompt, options: { a: '14 N·m', b: '40 N·m' }, feedback: { a: 'Right.', b: 'Too tight.' } }
				}
			]
		}
	} as unknown as UnitPage;
}

const text = (cell: { pieces: { kind: string; text: string }[] } | null | undefined) =>
	cell?.pieces
		.map(({ kind, text }) => (kind === 'same' ? text : kind === 'new' ? `+${text}+` : `-${text}-`))
		.join('');

test('puts the paragraphs of two languages beside each other, whichever of them changed', () => {
	const rows = rowsOf(
		[
			{
				language: 'en',
				before: page(['One rail here.', 'Two.']),
				now: page(['One long rail here.', 'New words.', 'Two.'])
			},
			{ language: 'th', before: page(['หนึ่งราง', 'สอง']), now: page(['หนึ่งราง', 'คำใหม่', 'สอง']) }
		],
		say
	);
	const blocks = rows.filter(({ part }) => part === 'text');
	expect(blocks.map(({ key, kind, cells }) => [key, kind, text(cells[0]), text(cells[1])])).toEqual([
		['b0', 'changed', 'One +long +rail here.', ''],
		['b1', 'new', '+New words.+', '+คำใหม่+'],
		['b2', 'same', '', '']
	]);
});

test('a paragraph that is gone stands where it was, without an anchor', () => {
	const rows = rowsOf(
		[{ language: 'en', before: page(['One.', 'Gone now.', 'Three.']), now: page(['One.', 'Three.']) }],
		say
	);
	const blocks = rows.filter(({ part }) => part === 'text');
	expect(blocks.map(({ key, anchor, kind }) => [key, anchor, kind])).toEqual([
		['b0', 'b0', 'same'],
		['gone1', null, 'old'],
		['b1', 'b1', 'same']
	]);
});

test('says which answer is right, before and now, and numbers questions as learners see them', () => {
	const [before, now] = [page(['One.']), page(['One.'], { right: 'b' })];
	const rows = rowsOf([{ language: 'en', before, now }], say);
	const key = rows.find(({ place }) => place === 'item:q1/key')!;
	expect(key).toMatchObject({ part: 'quiz', anchor: 'item:q1', kind: 'changed' });
	expect(text(key.cells[0])).toMatch(/-A-\+B\+/);
	expect(labelOf('item:q1/feedback:b', now, say)).toBe(
		'review.place-item{"number":"1"} · review.place-feedback{"letter":"B"}'
	);
});

test('folds what is as before, except where it is talked about', () => {
	const unit = page(['One.', 'Two.', 'Three.']);
	const rows = rowsOf([{ language: 'en', before: unit, now: unit }], say).filter(
		({ part }) => part === 'text'
	);
	expect(runsOf(rows, () => false).map(({ folded, rows }) => [folded, rows.length])).toEqual([[true, 3]]);
	expect(
		runsOf(rows, ({ anchor }) => anchor === 'b1').map(({ folded, rows }) => [folded, rows.length])
	).toEqual([
		[true, 1],
		[false, 1],
		[true, 1]
	]);
});
