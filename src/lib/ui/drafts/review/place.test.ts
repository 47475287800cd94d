import { expect, test } from 'vitest';
import { parseLesson } from '../../../core/lessons/parse.ts';
import type { Comment } from '../../../core/protocol/hand-in.ts';
import { paragraphOf } from './place.ts';

const comment = (block: string | null, quote: string | null): Comment => ({
	id: '01900000-0000-7000-8000-000000000001',
	language: 'en',
	unit: 'unit-1',
	block,
	quote,
	text: 'Say how hot.',
	author: { name: 'Li Na', institution: null, country: null, isMaker: false },
	at: '2026-11-25T00:00:00Z',
	resolvedAt: null
});
const { blocks } = parseLesson('## Why\n\nA cut wire gets **hot**.\n\nSo strip it whole.\n');

test('a comment stands at its paragraph', () =>
	expect(paragraphOf(comment('b1', 'A cut wire gets hot.'), blocks)).toBe(1));

test('and goes with its words when paragraphs were put before them', () =>
	expect(paragraphOf(comment('b0', 'So strip it whole.'), blocks)).toBe(2));

test('when its words are gone it stands at no paragraph', () =>
	expect(paragraphOf(comment('b1', 'Wires are warm.'), blocks)).toBeNull());

test('one without words stands where it was made; one about a step or the whole at no paragraph', () => {
	expect(paragraphOf(comment('b2', null), blocks)).toBe(2);
	expect(paragraphOf(comment('b9', null), blocks)).toBeNull();
	expect(paragraphOf(comment('step:step-1', 'hot'), blocks)).toBeNull();
	expect(paragraphOf(comment(null, null), blocks)).toBeNull();
});
