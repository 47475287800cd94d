import { describe, expect, it } from 'vitest';
import { readSettings } from './settings.ts';

describe('readSettings (SRV-1)', () => {
	it('needs nothing', () => {
		const settings = readSettings({});
		expect(settings).toMatchObject({ ok: true, value: { PORT: 3000, HOST: '0.0.0.0', SETARA_DEMO: true } });
	});

	it('takes an empty one as not set', () => {
		expect(readSettings({ PORT: '', DATABASE_URL: '' })).toMatchObject({ ok: true, value: { PORT: 3000 } });
	});

	it.each([
		['PORT', '0'],
		['PORT', '65536'],
		['PORT', '3000; rm -rf'],
		['ORIGIN', 'learn.example.org'],
		['ORIGIN', 'https://learn.example.org/'],
		['ORIGIN', 'https://learn.example.org/path'],
		['ORIGIN', 'javascript:alert(1)'],
		['DATABASE_URL', 'mysql://localhost/x'],
		['SETARA_DEMO', 'maybe']
	])('names %s when it is %s', (name, value) =>
		expect(readSettings({ [name]: value })).toEqual({
			ok: false,
			fault: { code: 'start/bad-setting', params: { name, value } }
		})
	);
});
