import { describe, expect, it } from 'vitest';
import type { Block } from '../../../core/lessons/blocks.ts';
import { boldPieces, spokenText, withoutBold } from './plain.ts';

const text = (value: string) => ({ type: 'text' as const, text: value });

describe('words of a lesson without their marks', () => {
	it('reads every word of a callout, and nothing of a picture', () => {
		const callout: Block = {
			type: 'callout',
			kind: 'safety',
			title: [text('Stop')],
			blocks: [
				{
					type: 'paragraph',
					inlines: [text('Open the '), { type: 'strong', inlines: [text('DC')] }, text(' switch.')]
				},
				{
					type: 'list',
					ordered: false,
					start: 1,
					entries: [[{ type: 'paragraph', inlines: [text('Wait')] }]]
				},
				{ type: 'figure', figure: 'switch' }
			]
		};
		expect(spokenText(callout)).toBe('Stop\nOpen the DC switch.\nWait\n');
	});

	it('reads a table row by row', () => {
		const table: Block = {
			type: 'table',
			head: [[text('A')], [text('B')]],
			rows: [[[text('1')], [text('2')]]]
		};
		expect(spokenText(table)).toBe('A, B\n1, 2');
	});

	it('cuts bold out of a string and leaves lone marks alone', () => {
		expect(boldPieces('Turn **off** first')).toEqual([
			{ text: 'Turn ', bold: false },
			{ text: 'off', bold: true },
			{ text: ' first', bold: false }
		]);
		expect(boldPieces('2 ** 3 **')).toEqual([{ text: '2 ** 3 **', bold: false }]);
		expect(withoutBold('**ปิด**ก่อน')).toBe('ปิดก่อน');
	});
});
