import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { FIGURE } from '../../../../tests/factories/package-source.ts';
import { figureKeys, figureSize, figureSource, fillFigure } from './figure.ts';
import { checkFigure } from './svg-check.ts';

const svg = (inner: string, root = 'viewBox="0 0 328 100"') =>
	`<svg xmlns="http://www.w3.org/2000/svg" ${root}>\n${inner}\n</svg>`;
const faults = (text: string) => checkFigure(text).map(({ code, line }) => `${line} ${code}`);

describe('a figure with its words', () => {
	it('SRC-8: has them where it asks for them, in the language that shapes them', () => {
		expect(fillFigure(FIGURE, { sun: 'ដួងអាទិត្យ' }, 'km')).toBe(
			FIGURE.replace('<svg', '<svg lang="km"').replace('font-size="14"/>', 'font-size="14">ដួងអាទិត្យ</text>')
		);
		expect(figureKeys(FIGURE)).toEqual(['sun']);
		expect(figureSize(FIGURE)).toEqual({ width: 328, height: 100 });
	});

	it('SRC-8: takes any words without one of them becoming a tag', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (words) => {
				const parser = new SaxesParser();
				const tags: string[] = [];
				parser.on('error', (error) => {
					throw error;
				});
				parser.on('opentag', ({ name }) => tags.push(name));
				parser.write(fillFigure(FIGURE, { sun: words.toWellFormed() }, 'en')).close();
				expect(tags).toEqual(['svg', 'text', 'text']);
			})
		);
		expect(fillFigure(FIGURE, { sun: '<script>$&$1' }, 'en')).toContain('>&lt;script&gt;$&amp;$1</text>');
	});

	it('leaves a slot empty that has no words, also one called constructor', () => {
		const asks = svg('<text data-t="constructor"></text>');
		expect(fillFigure(asks, {}, 'en')).toContain('<text data-t="constructor"></text>');
	});

	it('becomes an address that gives back the drawing', () => {
		const source = figureSource('<svg a="50%" b=\'#x\'>\nกขค</svg>');
		expect(source).toMatch(/^data:image\/svg\+xml;charset=utf-8,[^"#\n]*$/);
		expect(decodeURIComponent(source.split(',')[1]!)).toBe('<svg a="50%" b=\'#x\'>\nกขค</svg>');
	});
});

describe('a figure as it is drawn', () => {
	it('SRC-8: of shapes, texts, gradients and references inside is admitted', () => {
		const drawing = svg(
			'<defs><marker id="m"><path d="M0 0"/></marker><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs><g fill="url(#g)"><use href="#m" x="1"/></g><path d="M0 0" marker-end="url(#m)"/><text data-t="a" x="1"/><text>40 kWh<tspan font-size="10">oc</tspan></text>'
		);
		expect(faults(drawing)).toEqual([]);
	});

	it.each([
		['<script>alert(1)</script>', '2 figure/element-refused'],
		['<style>text{}</style>', '2 figure/element-refused'],
		['<foreignObject/>', '2 figure/element-refused'],
		['<image href="a.png"/>', '2 figure/element-refused'],
		['<a href="https://a.example"/>', '2 figure/element-refused'],
		['<animate attributeName="href"/>', '2 figure/element-refused'],
		['<SCRIPT/>', '2 figure/element-refused'],
		['<x:script xmlns:x="http://www.w3.org/2000/svg"/>', '2 figure/element-refused'],
		['<rect onclick="x"/>', '2 figure/attribute-refused'],
		['<rect style="fill:url(https://a.example)"/>', '2 figure/attribute-refused'],
		['<use xlink:href="#a"/>', '2 figure/attribute-refused'],
		['<rect data-t="a"/>', '2 figure/attribute-refused'],
		['<use href="https://a.example/x.svg#a"/>', '2 figure/reference-refused'],
		['<use href="data:image/svg+xml,x"/>', '2 figure/reference-refused'],
		['<rect fill="url(https://a.example)"/>', '2 figure/reference-refused'],
		['<rect fill="u\\72l(https://a.example)"/>', '2 figure/reference-refused'],
		['<text data-t="a">word</text>', '2 figure/slot-not-empty'],
		['<text data-t="a"><tspan/></text>', '2 figure/slot-not-empty'],
		['<text>Shaded cell</text>', '2 figure/words-in-drawing'],
		['<text>แดด</text>', '2 figure/words-in-drawing'],
		['<text font-size="9">1</text>', '2 figure/text-too-small'],
		['<?xml-stylesheet href="https://a.example"?>', '2 figure/element-refused'],
		['<g>', '3 figure/not-xml'],
		['&xxe;', '2 figure/not-xml']
	])('SRC-8: %s is refused with its line', (inner, fault) => {
		expect(faults(svg(inner))).toContain(fault);
	});

	it('SRC-8: with a document type, an entity, no viewBox, another width, or over 64 KB is refused', () => {
		const entity = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n' + svg('');
		expect(faults(entity)).toContain('1 figure/element-refused');
		expect(faults(svg('', ''))).toEqual(['1 figure/bad-viewbox']);
		expect(faults(svg('', 'viewBox="0 0 400 100"'))).toEqual(['1 figure/bad-viewbox']);
		expect(faults(svg(`<path d="${'M0 0'.repeat(20_000)}"/>`))).toEqual(['1 figure/too-large']);
	});
});
