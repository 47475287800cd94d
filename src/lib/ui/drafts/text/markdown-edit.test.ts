import { describe, expect, it } from 'vitest';
import { parseLesson } from '../../../core/lessons/parse.ts';
import { bold, callout, insert, lines, picture, table, type Selected } from './markdown-edit.ts';

const WORDS = { heading: 'Heading', column: 'Column', safety: 'What can hurt', tip: 'Tip' };
/** `[` and `]` stand for the selection, `|` for a caret. */
function at(marked: string): Selected {
	if (marked.includes('|')) {
		const start = marked.indexOf('|');
		return { text: marked.replace('|', ''), start, end: start };
	}
	const start = marked.indexOf('[');
	const end = marked.indexOf(']') - 1;
	return { text: marked.replace('[', '').replace(']', ''), start, end };
}
const show = ({ text, start, end }: Selected) =>
	start === end
		? `${text.slice(0, start)}|${text.slice(start)}`
		: `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`;

describe('bold', () => {
	it('marks what is selected, without the spaces around it', () =>
		expect(show(bold(at('Cut [the power ]first')))).toBe('Cut **[the power]** first'));
	it('takes it off again', () =>
		expect(show(bold(at('Cut **[the power]** first')))).toBe('Cut [the power] first'));
	it('takes the word that the caret is in', () =>
		expect(show(bold(at('Cut pow|er first')))).toBe('Cut **[power]** first'));
	it('finds a word of Lao, which has no spaces, and the lesson reads it as bold', () => {
		const done = bold(at('ຕັດໄຟ|ກ່ອນ'));
		expect(done.text.replaceAll('*', '')).toBe('ຕັດໄຟກ່ອນ');
		const [block] = parseLesson(done.text).blocks;
		expect(JSON.stringify(block)).toContain('"strong"');
	});
	it('leaves a place to write in where there is no word', () => expect(show(bold(at('|')))).toBe('**|**'));
});

describe('lines', () => {
	it('makes a heading and a plain line of it again', () => {
		const heading = lines(at('Why thi|s matters'), 'heading');
		expect(heading.text).toBe('## Why this matters');
		expect(lines(heading, 'heading').text).toBe('Why this matters');
	});
	it('makes one list of all lines, apart from the paragraphs around it', () =>
		expect(lines(at('Take:\n[pliers\nknife]\nThen go.'), 'list').text).toBe(
			'Take:\n\n- pliers\n- knife\n\nThen go.'
		));
	it('turns a list into a numbered one', () =>
		expect(lines(at('[- one\n- two]'), 'numbered').text).toBe('1. one\n2. two'));
	it('begins a list on an empty line', () => expect(show(lines(at('|'), 'list'))).toBe('- |'));
});

describe('insert', () => {
	it('puts a block with room around it and selects what is to be written', () =>
		expect(show(insert(at('One.|\nTwo.'), callout('safety', WORDS), WORDS.safety))).toBe(
			'One.\n\n> [!SAFETY] [What can hurt]\n> \n\nTwo.'
		));
	it('writes only what a lesson may have', () => {
		let now: Selected = { text: '', start: 0, end: 0 };
		for (const block of [
			table(WORDS),
			callout('tip', WORDS),
			callout('safety', WORDS),
			picture('picture-1')
		]) {
			now = insert({ ...now, start: now.text.length, end: now.text.length }, block, '');
		}
		const lesson = parseLesson(now.text);
		expect(lesson.faults).toEqual([]);
		expect(lesson.blocks.map(({ type }) => type)).toEqual(['table', 'callout', 'callout', 'figure']);
	});
});
