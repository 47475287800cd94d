import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block, Inline } from './blocks.ts';
import { boldText, plainText } from './inline.ts';
import { parseLesson } from './parse.ts';

const codes = (markdown: string) => parseLesson(markdown).faults.map(({ code, line }) => `${line} ${code}`);
const paragraph = (markdown: string): Inline[] => {
	const [block] = parseLesson(markdown).blocks;
	if (block?.type !== 'paragraph') throw new Error(`not a paragraph: ${block?.type}`);
	return block.inlines;
};
const shapes = (blocks: readonly Block[]): string =>
	blocks
		.map((each) => {
			if (each.type === 'list') return `list[${each.entries.map(shapes).join('|')}]`;
			return each.type === 'callout' ? `${each.kind}[${shapes(each.blocks)}]` : each.type;
		})
		.join(' ');

describe('a lesson', () => {
	it('SRC-6: has headings, lists, tables, callouts, figures and videos', () => {
		const lesson = parseLesson(
			'## One\n\ntext\n\n- a\n  1. b\n- c\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n> [!SAFETY] Mind *this*\n> words\n>\n> - one\n\n![](figure:iv-curve)\n\n![](video:clip)\n'
		);
		expect(lesson.faults).toEqual([]);
		expect(shapes(lesson.blocks)).toBe(
			'heading paragraph list[paragraph list[paragraph]|paragraph] table safety[paragraph list[paragraph]] figure video'
		);
		expect(lesson.lines).toEqual([1, 3, 5, 9, 13, 18, 20]);
	});

	it('SRC-6: links to https, units and terms', () => {
		expect(paragraph('[a](https://a.example/b) [b](unit:one) [c](glossary:two)')).toMatchObject([
			{ type: 'link', href: 'https://a.example/b' },
			{ text: ' ' },
			{ type: 'unit-link', unit: 'one' },
			{ text: ' ' },
			{ type: 'term', term: 'two' }
		]);
	});

	it.each([
		'javascript:alert(1)',
		'JaVaScRiPt:alert(1)',
		'java&#115;cript:alert(1)',
		'data:text/html,x',
		'vbscript:x',
		'http://a.example',
		'//a.example',
		'/api/me',
		'#top',
		'https:javascript:alert(1)',
		'https:\\\\a.example',
		'blob:https://a.example/1',
		'unit:../x',
		'glossary:A B',
		'mailto:a@b.example'
	])('SRC-6: a link to %s is a fault when built, and words alone when drawn', (href) => {
		const source = `[press](<${href}>)`;
		expect(codes(source)).toEqual(['1 lesson/link-refused']);
		expect(paragraph(source)).toEqual([{ type: 'text', text: 'press' }]);
	});

	it.each([
		['<script>alert(1)</script>', '1 lesson/html'],
		['a <b onclick=x>b</b>', '1 lesson/html'],
		['a <!-- hidden --> b', '1 lesson/html'],
		['<svg/onload=alert(1)>', '1 lesson/html'],
		['\n\n<iframe src="https://a.example"></iframe>', '3 lesson/html']
	])('SRC-6: %s is a fault when built, and its own letters when drawn', (source, fault) => {
		expect(codes(source)).toContain(fault);
		const [block] = parseLesson(source).blocks;
		expect(block).toMatchObject({ type: 'paragraph' });
		expect(plainText((block as { inlines: Inline[] }).inlines)).toContain('<');
	});

	it.each([
		['# Title', '1 lesson/heading-level'],
		['#### Deep', '1 lesson/heading-level'],
		['text ![](figure:a)', '1 lesson/image-refused'],
		['![](https://a.example/x.png)', '1 lesson/image-refused'],
		['- a\n  - b\n    - c', '3 lesson/too-deep'],
		['> said', '1 lesson/callout-unknown'],
		['> [!DANGER] x', '1 lesson/callout-unknown'],
		['```\ncode\n```', '1 lesson/not-supported'],
		['- [ ] task', '1 lesson/not-supported'],
		['---', '1 lesson/not-supported'],
		['a **b', '1 lesson/stray-marks'],
		['x'.repeat(70_000), '1 lesson/too-large'],
		['>'.repeat(30_000), '1 lesson/too-deep']
	])('SRC-6: %j has a fault with its line', (source, fault) => {
		expect(codes(source)).toContain(fault);
	});

	it('takes marks where scripts put no space: bold that ends in a bracket, beside a letter', () => {
		expect(paragraph('**开路电压（Voc）**是')).toEqual([
			{ type: 'strong', inlines: [{ type: 'text', text: '开路电压（Voc）' }] },
			{ type: 'text', text: '是' }
		]);
		expect(codes('แรงดัน**“วงจรเปิด”**คือ')).toEqual([]);
	});

	it('joins lines with a space, and without one where the script has none', () => {
		expect(plainText(paragraph('one\ntwo'))).toBe('one two');
		expect(plainText(paragraph('电压\n电流'))).toBe('电压电流');
		expect(plainText(paragraph('ไฟฟ้า\nกระแส'))).toBe('ไฟฟ้ากระแส');
	});

	it('keeps what only looks like marks: 5 * 3, a < b, R&amp;D', () => {
		expect(paragraph('5 * 3 * 2, a < b, R&amp;D')).toEqual([{ type: 'text', text: '5 * 3 * 2, a < b, R&D' }]);
	});

	it('reads anything at all without throwing, and never makes a link that is not https', () => {
		const piece = fc.constantFrom(
			'[',
			'](',
			')',
			'*',
			'**',
			'<',
			'>',
			'`',
			'\n',
			'- ',
			'> ',
			'|',
			'!',
			'a',
			' ',
			'javascript:',
			'https://a.b',
			'&#x6a;',
			'\\'
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
				const text = JSON.stringify(parseLesson(pieces.join('')).blocks);
				for (const [, href] of text.matchAll(/"href":"([^"]*)"/g)) expect(href).toMatch(/^https:\/\//i);
			})
		);
	});
});

describe('words of quizzes and guides', () => {
	it('SRC-5: have bold and nothing else', () => {
		expect(boldText('Turn **off** <b>now</b> [x](https://a.b)')).toEqual([
			{ type: 'text', text: 'Turn ' },
			{ type: 'strong', inlines: [{ type: 'text', text: 'off' }] },
			{ type: 'text', text: ' <b>now</b> [x](https://a.b)' }
		]);
	});

	it('lose no letter', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom('**', '*', 'a', ' ', '\n', 'ก')), (pieces) => {
				const plain = plainText(boldText(pieces.join('')));
				expect(plain.replaceAll('*', '')).toBe(pieces.join('').replaceAll('*', ''));
			})
		);
	});
});
