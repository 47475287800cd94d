import { expect, test } from 'vitest';
import type { ReviewPage } from '../../core/protocol/review.ts';
import {
	changedUnits,
	lackingOf,
	leftBehind,
	openedMark,
	reasonsOf,
	signableOf,
	signersOf,
	toOpen
} from './standing.ts';

const malee = { name: 'Malee', party: 'College', country: 'TH', date: '2026-11-24', demonstration: false };
const language = (tag: string, signatures = [malee], approved = false) => ({
	...{ language: tag, title: tag, part: 'a'.repeat(64), published: false, unchanged: false },
	...{ approved, signatures }
});
const review = {
	submission: { state: 'in-review', languages: [language('lo'), language('th'), language('zh-Hans', [])] },
	before: { version: '1.3', manifest: 'b'.repeat(64) },
	units: [
		{ id: 'one', kind: 'theory', titles: {}, changed: [] },
		{ id: 'two', kind: 'theory', titles: {}, changed: ['lo', 'zh-Hans'] },
		{ id: 'three', kind: 'theory', titles: {}, changed: ['shared', 'lo', 'th', 'zh-Hans'] }
	],
	me: { counts: { lo: null, th: 'review/out-of-scope', 'zh-Hans': null } }
} as unknown as ReviewPage;

test('names each signer once, with the languages', () => {
	expect(signersOf(review)).toEqual([{ ...malee, languages: ['lo', 'th'] }]);
});

test('counts the signatures that are lacking', () => {
	expect(lackingOf(review)).toBe(1);
	expect(lackingOf({ submission: { languages: [language('lo', [])] } } as unknown as ReviewPage)).toBe(2);
	expect(lackingOf({ submission: { languages: [language('lo')] } } as ReviewPage)).toBe(1);
	expect(lackingOf({ submission: { languages: [language('lo', [malee], true)] } } as ReviewPage)).toBe(0);
});

test('tells before signing what would not count', () => {
	expect(signableOf(review)).toEqual(['lo', 'zh-Hans']);
	expect(reasonsOf(review)).toEqual([['review/out-of-scope', ['th']]]);
	const halted = { ...review, submission: { ...review.submission, state: 'changes-asked' } } as ReviewPage;
	expect(signableOf(halted)).toEqual([]);
});

test('asks for every changed unit of a language to be opened, none else', () => {
	const opened = new Set([openedMark('two', 'lo')]);
	expect(toOpen(review, 'lo', opened)).toEqual(['three']);
	// What is shared changed in every language.
	expect(toOpen(review, 'th', opened)).toEqual(['three']);
	expect(toOpen({ ...review, before: null }, 'th', opened)).toEqual(['one', 'two', 'three']);
	expect(changedUnits(review).map(({ id }) => id)).toEqual(['two', 'three']);
});

test('finds translations that stayed behind their source', () => {
	expect(leftBehind(review)).toEqual([['th', ['two']]]);
	expect(leftBehind({ ...review, before: null })).toEqual([]);
});
