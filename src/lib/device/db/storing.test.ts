import { describe, expect, it } from 'vitest';
import { storageFault, storing } from './storing.ts';

const named = (name: string, more: object = {}) => Object.assign(new Error(name), { name, ...more });

describe('what the store throws (DEV-6)', () => {
	it.each([
		['no room', named('QuotaExceededError'), 'storage/full'],
		[
			'no room, under an aborted transaction',
			named('AbortError', { inner: named('QuotaExceededError') }),
			'storage/full'
		],
		[
			'no room for one of many',
			named('BulkError', { failures: [named('QuotaExceededError')] }),
			'storage/full'
		],
		['private browsing', named('OpenFailedError', { inner: named('InvalidStateError') }), 'storage/closed'],
		['closed by an upgrade', named('DatabaseClosedError'), 'storage/closed']
	])('%s', (_, error, code) => expect(storageFault(error)?.code).toBe(code));

	it('lets a bug of ours through', async () => {
		expect(storageFault(new TypeError('x is not a function'))).toBeNull();
		await expect(storing(() => Promise.reject(new TypeError('bug')))).rejects.toThrow('bug');
	});

	it('answers what was stored', async () => {
		expect(await storing(() => Promise.resolve(3))).toEqual({ ok: true, value: 3 });
		expect(await storing(() => Promise.reject(named('QuotaExceededError')))).toEqual({
			ok: false,
			fault: { code: 'storage/full' }
		});
	});
});
