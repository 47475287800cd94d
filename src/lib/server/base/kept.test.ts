import { describe, expect, it } from 'vitest';
import { keep } from './kept.ts';

const make = (value: string) => () => Promise.resolve(value);

describe('keep', () => {
	it('makes a value once, also for two who ask at once', async () => {
		let made = 0;
		const kept = keep<string>(100, (value) => value.length);
		const work = async () => `value ${++made}`;
		const both = await Promise.all([kept.get('a', work), kept.get('a', work)]);
		expect(both).toEqual(['value 1', 'value 1']);
		expect(await kept.get('a', work)).toBe('value 1');
	});

	it('lets go of what was used longest ago', async () => {
		const kept = keep<string>(4, (value) => value.length);
		await kept.get('a', make('aa'));
		await kept.get('b', make('bb'));
		await kept.get('a', make('not made'));
		await kept.get('c', make('cc'));
		expect(await kept.get('a', make('anew'))).toBe('aa');
		expect(await kept.get('b', make('anew'))).toBe('anew');
	});

	it('does not keep a failure', async () => {
		const kept = keep<string>(100, () => 1);
		await expect(kept.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
		expect(await kept.get('a', make('yes'))).toBe('yes');
	});
});
