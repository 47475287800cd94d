import { describe, expect, it } from 'vitest';
import { chooseEncoding } from './encoding.ts';

describe('chooseEncoding (SRV-7)', () => {
	it.each([
		['gzip, deflate, br, zstd', 'br'],
		['gzip, deflate', 'gzip'],
		['zstd', 'zstd'],
		['br;q=0, gzip', 'gzip'],
		['*', 'br'],
		['identity', null],
		['', null],
		[null, null],
		['br;q=nonsense', null],
		['GZIP', 'gzip']
	])('%s', (accept, encoding) => expect(chooseEncoding(accept)).toBe(encoding));
});
