import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measured, narrowed, newWindow, type Window } from './window.ts';

/** A link that carries `each` bytes a second a request, `all` of them together. */
const link = (each: number, all: number) => (window: Window) => Math.min(each * window.size, all);

function after(measurements: number, rate: (window: Window) => number, from = newWindow(4)): Window[] {
	const windows = [from];
	for (let n = 0; n < measurements; n++) windows.push(measured(windows.at(-1)!, rate(windows.at(-1)!)));
	return windows;
}
const share = (windows: readonly Window[], size: number) =>
	windows.filter((window) => window.size === size).length / windows.length;

describe('requests at once (DEV-62)', () => {
	it('is one on 2G, whatever happens', () => {
		for (const rate of [1_000, 6_250, 15_999]) {
			expect(new Set(after(200, () => rate).map(({ size }) => size))).toEqual(new Set([1]));
		}
	});

	it('grows to the limit where each brings as much as the first', () => {
		expect(after(8, link(200_000, Infinity)).at(-1)?.size).toBe(4);
	});

	it('goes back to one where one fills the link, and tries more seldom each time', () => {
		const windows = after(200, link(100_000, 100_000));
		expect(share(windows, 1)).toBeGreaterThan(0.95);
		expect(Math.max(...windows.map(({ size }) => size))).toBe(2);
	});

	it('stays at what the link bears', () => {
		const windows = after(200, link(50_000, 110_000)).slice(10);
		expect(share(windows, 2)).toBeGreaterThan(0.9);
	});

	it('is halved by a break and grows anew', () => {
		const wide = after(8, link(200_000, Infinity)).at(-1)!;
		expect(narrowed(wide).size).toBe(2);
		expect(narrowed(narrowed(narrowed(wide))).size).toBe(1);
		expect(after(12, link(200_000, Infinity), narrowed(wide)).at(-1)?.size).toBe(4);
	});

	it('stays between one and its limit, and finds again a link that has become better', () => {
		const steps = fc.array(fc.oneof(fc.nat(2_000_000), fc.constant('break' as const)), { maxLength: 300 });
		fc.assert(
			fc.property(steps, fc.integer({ min: 1, max: 6 }), (steps, limit) => {
				let window = newWindow(limit);
				for (const step of steps) {
					window = step === 'break' ? narrowed(window) : measured(window, step);
					expect(window.size).toBeGreaterThanOrEqual(1);
					expect(window.size).toBeLessThanOrEqual(limit);
				}
				expect(after(120, link(300_000, Infinity), window).at(-1)?.size).toBe(limit);
			}),
			{ seed: 20261125 }
		);
	});
});
