import { expect, it } from 'vitest';
import { isLater } from './version.ts';

it.each([
	['1.0.10', '1.0.9', true],
	['1.1.0', '1.0.99', true],
	['1.0.0', '1.0.0', false],
	['1.9.9', '2.0.0', false]
])('%s after %s: %s, counted as numbers and not as letters', (version, than, is) => {
	expect(isLater(version, than)).toBe(is);
});
