import { describe, expect, it } from 'vitest';
import words from '../../../../locales/en/faults.json';
import { explainThrown, START_FAULTS } from './faults.ts';

describe('faults of the start (SRV-2)', () => {
	it.each(START_FAULTS)('%s has a sentence', (code) => expect(words).toHaveProperty([code]));

	it.each([
		[{ code: 'ENOSPC' }, 'start/disk-full'],
		[{ code: '53100' }, 'start/disk-full'],
		[{ message: 'could not write: No space left on device' }, 'start/disk-full'],
		[{ code: 'EACCES' }, 'start/folder-unwritable'],
		[{ code: 'EROFS' }, 'start/folder-unwritable'],
		[{ code: 'ECONNREFUSED' }, 'start/database-unreachable'],
		[{ code: '28P01' }, 'start/database-unreachable']
	])('%o is %s', (error, code) => expect(explainThrown(error, '/data')?.code).toBe(code));

	it('leaves a bug a bug', () => expect(explainThrown(new TypeError('x is not a function'), '/')).toBeNull());
});
