/**
 * Whether a figure is only a drawing (SRC-8): an allowlist of elements and attributes, over a real XML parser. For the
 * build and the server; the phone draws figures as images, where none of what is refused here would run either.
 */
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { figureSize } from './figure.ts';

export const FIGURE_FAULTS = [
	'figure/not-xml',
	'figure/element-refused',
	'figure/attribute-refused',
	'figure/reference-refused',
	'figure/bad-viewbox',
	'figure/text-too-small',
	'figure/words-in-drawing',
	'figure/slot-not-empty',
	'figure/too-large'
] as const;

type FigureFaultCode = (typeof FIGURE_FAULTS)[number];
export interface FigureFault {
	code: FigureFaultCode;
	line: number;
	params?: Record<string, string>;
}

const MAX_FIGURE_BYTES = 64 * 1024;
const COLUMN = 328;
const SMALLEST_TEXT = 13;

const ELEMENTS = new Set(
	(
		'svg g defs symbol use path rect circle ellipse line polyline polygon text tspan ' +
		'linearGradient radialGradient stop marker clipPath mask pattern'
	).split(' ')
);
const ATTRIBUTES = new Set(
	(
		'xmlns version viewBox width height x y x1 y1 x2 y2 cx cy r rx ry fx fy d points dx dy rotate id href transform ' +
		'fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-dasharray ' +
		'stroke-dashoffset stroke-miterlimit opacity color display visibility font-family font-size font-weight font-style ' +
		'letter-spacing text-anchor dominant-baseline baseline-shift text-decoration data-t offset stop-color stop-opacity ' +
		'gradientUnits gradientTransform spreadMethod marker-start marker-mid marker-end markerWidth markerHeight ' +
		'markerUnits refX refY orient clip-path clip-rule clipPathUnits mask maskUnits maskContentUnits patternUnits ' +
		'patternContentUnits patternTransform preserveAspectRatio overflow paint-order vector-effect shape-rendering ' +
		'textLength lengthAdjust'
	).split(' ')
);

/** Every fault of a drawing, with its line; none for one that may be used. */
export function checkFigure(svg: string): FigureFault[] {
	if (svg.length > MAX_FIGURE_BYTES) return [{ code: 'figure/too-large', line: 1 }];
	const faults: FigureFault[] = [];
	const parser = new SaxesParser({ xmlns: false });
	const open: SaxesTagPlain[] = [];
	const report = (code: FigureFaultCode, text: string) =>
		faults.push({ code, line: parser.line, params: { text: text.trim().slice(0, 60) } });
	parser.on('error', (error) => {
		// One is enough: what follows a broken tag is noise.
		if (!faults.some((each) => each.code === 'figure/not-xml')) report('figure/not-xml', error.message);
	});
	parser.on('doctype', () => report('figure/element-refused', '<!DOCTYPE>'));
	parser.on('processinginstruction', ({ target }) => report('figure/element-refused', `<?${target}?>`));
	parser.on('cdata', (text) => report('figure/element-refused', text));
	parser.on('opentag', (tag) => {
		if (open.length === 0 && tag.name !== 'svg') report('figure/element-refused', tag.name);
		const slot = open.at(-1);
		if (slot && isSlot(slot)) report('figure/slot-not-empty', slot.attributes['data-t']!);
		checkTag(tag, report);
		open.push(tag);
	});
	parser.on('closetag', () => open.pop());
	parser.on('text', (text) => {
		const parent = open.at(-1);
		if (text.trim() === '' || !parent) return;
		if (isSlot(parent)) report('figure/slot-not-empty', parent.attributes['data-t']!);
		else if (hasWords(text)) report('figure/words-in-drawing', text);
	});
	parser.write(svg).close();
	if (figureSize(svg)?.width !== COLUMN || !/\sviewBox="0 0 /.test(svg)) {
		faults.push({ code: 'figure/bad-viewbox', line: 1 });
	}
	return faults;
}

const isSlot = (tag: SaxesTagPlain) => tag.attributes['data-t'] !== undefined;

function checkTag(tag: SaxesTagPlain, report: (code: FigureFaultCode, text: string) => void): void {
	if (!ELEMENTS.has(tag.name)) return void report('figure/element-refused', `<${tag.name}>`);
	for (const [name, value] of Object.entries(tag.attributes)) {
		if (!ATTRIBUTES.has(name)) report('figure/attribute-refused', `${name}="${value}"`);
		else if (isOutside(name, value)) report('figure/reference-refused', `${name}="${value}"`);
		else if (name === 'data-t' && (!['text', 'tspan'].includes(tag.name) || !/^[\w.-]{1,64}$/.test(value))) {
			report('figure/attribute-refused', `${name}="${value}"`);
		} else if (name === 'font-size' && tag.name !== 'tspan' && !(parseFloat(value) >= SMALLEST_TEXT)) {
			report('figure/text-too-small', value);
		}
	}
}

/** References stay inside the drawing: `#id`, `url(#id)`. No backslash, so that no CSS escape can hide one. */
function isOutside(name: string, value: string): boolean {
	if (name === 'xmlns') return value !== 'http://www.w3.org/2000/svg';
	if (name === 'href') return !/^#[\w-]+$/.test(value);
	return (
		/[\\<]|\/\*|:\/\/|@import|expression|image\(|image-set|src\(/i.test(value) ||
		/url\((?!#[\w-]+\))/i.test(value)
	);
}

/** Numbers, symbols of units and quantities (`V`, `kWh`, `Voc`, `MPPT`) may stand in a drawing, words may not. */
const hasWords = (text: string) =>
	/\p{Ll}{4,}|[^\P{L}\p{sc=Latin}\p{sc=Greek}]/u.test(text.replaceAll('kbit', ''));
