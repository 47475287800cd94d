import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { align } from './align.ts';

/** What a reader of the steps would put together again. */
const rebuilt = (before: readonly string[], now: readonly string[]) => {
	const steps = align(before, now);
	return {
		before: steps.flatMap((step) => (step.kind === 'new' ? [] : [before[step.before]!])),
		now: steps.flatMap((step) => (step.kind === 'old' ? [] : [now[step.now]!])),
		same: steps.filter((step) => step.kind === 'same').length
	};
};

describe('align (REV-70)', () => {
	it('loses nothing and invents nothing, whatever the two are', () => {
		const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });
		fc.assert(
			fc.property(words, words, (before, now) => {
				const steps = align(before, now);
				for (const step of steps) if (step.kind === 'same') expect(before[step.before]).toBe(now[step.now]);
				expect(rebuilt(before, now)).toMatchObject({ before, now });
			})
		);
	});

	it('keeps as much as can be kept: the longest common sequence', () => {
		const longest = (a: readonly string[], b: readonly string[]): number => {
			const row = new Array<number>(b.length + 1).fill(0);
			for (const each of a) {
				let diagonal = 0;
				b.forEach((other, at) => {
					const above = row[at + 1]!;
					row[at + 1] = each === other ? diagonal + 1 : Math.max(above, row[at]!);
					diagonal = above;
				});
			}
			return row[b.length]!;
		};
		const words = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 20 });
		fc.assert(
			fc.property(words, words, (before, now) => {
				expect(rebuilt(before, now).same).toBe(longest(before, now));
			})
		);
	});

	it('gives up on two texts that share next to nothing, and says so as old and new', () => {
		const many = (mark: string) => Array.from({ length: 4000 }, (_, at) => `${mark}${at}`);
		const started = performance.now();
		const { before, now, same } = rebuilt(many('a'), many('b'));
		expect([before.length, now.length, same]).toEqual([4000, 4000, 0]);
		expect(performance.now() - started).toBeLessThan(1000);
	});
});
