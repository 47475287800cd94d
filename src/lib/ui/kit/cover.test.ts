import { expect, test } from 'vitest';
import { SECTORS } from '../../core/base/vocabulary.ts';
import { cover, strokes } from './cover.ts';

test('the same id gives the same cloth, another id another', () => {
	const draw = (id: string) => {
		const { cell, period, ground } = cover(id, 'energy');
		return ground + strokes(period, period, cell, 1) + strokes(period, period, cell, 2);
	};
	expect(draw('rooftop-solar')).toBe(draw('rooftop-solar'));
	expect(draw('rooftop-solar')).not.toBe(draw('battery-care'));
});

test.each(SECTORS)('the cloth of %s is mirrored both ways and repeats', (sector) => {
	const { cell, period } = cover('equal', sector);
	for (let y = 0; y < period; y++)
		for (let x = 0; x < period; x++) {
			expect(cell(x, y)).toBe(cell(period - x, y));
			expect(cell(x, y)).toBe(cell(x, period - y));
			expect(cell(x, y)).toBe(cell(x + 3 * period, y - period));
		}
});

test('a cover costs less than 1.5 KB in a page', () => {
	for (const sector of SECTORS)
		for (const id of ['rooftop-solar', 'isolate-and-lock', 'photograph-what-you-sell', 'plc-sensors']) {
			const { cell, period } = cover(id, sector);
			// Half is drawn, half mirrored.
			const drawn = strokes(period, period / 2 + 1, cell, 1) + strokes(period, period / 2 + 1, cell, 2);
			expect(drawn.length).toBeLessThan(1500);
		}
});

test('the hanging edge narrows to nothing', () => {
	const { edge, edgeRows, period } = cover('rooftop-solar', 'energy');
	const width = (y: number) =>
		Array.from({ length: period }, (_, x) => edge(x, y)).filter((c) => c !== null).length;
	expect(width(0)).toBe(period);
	expect(width(edgeRows - 1)).toBeLessThanOrEqual(2);
});
