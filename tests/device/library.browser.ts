/** The one library of the pages, answered by the server and by the phone (docs/spec/device.md, LIB). */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { libraryContract, type AskedLibrary } from '../contract/library.ts';
import { openProfile } from '../factories/browser.ts';
import { openPhone, save } from '../factories/phone.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';

const ID = 'isolate-and-lock';
const LANGUAGES = ['en', 'km'] as const;
const UNITS = ['why-lock', 'lock-one-machine'] as const;

let server: RunningServer;
let folder: string;
let context: BrowserContext;
let page: Page;

test.beforeAll(async () => {
	server = await startServer();
	folder = await mkdtemp(join(tmpdir(), 'setara-library-'));
	context = await openProfile(folder, { serviceWorkers: 'block' });
	page = await openPhone(context, server.origin);
	const saved = await save(page, ID, { languages: LANGUAGES, tier: 'text' });
	expect(saved.state).toBe('saved');
});
test.afterAll(async () => {
	await context?.close();
	await server?.dispose();
	await rm(folder, { recursive: true, force: true });
});

const backend = (name: 'http' | 'device' | 'choose'): AskedLibrary => ({
	library: (asked) =>
		page.evaluate(([name, asked]) => setara.libraries[name].library(asked), [name, asked] as const),
	package: (asked, id) =>
		page.evaluate(([name, asked, id]) => setara.libraries[name].package(asked, id), [
			name,
			asked,
			id
		] as const),
	unit: (asked, id, unit) =>
		page.evaluate(([name, asked, id, unit]) => setara.libraries[name].unit(asked, id, unit), [
			name,
			asked,
			id,
			unit
		] as const)
});

const of = { id: ID, languages: LANGUAGES, units: UNITS };
libraryContract('the server', {
	...{ checked: 'online', package: of, absent: 'library/not-found' },
	open: () => backend('http')
});
libraryContract('the phone', {
	...{ checked: 'this-phone', package: of, absent: 'library/not-saved' },
	open: () => backend('device')
});

test('LIB-6 the phone answers for what it has, the server for the rest; with no link what to do is said', async () => {
	const choose = backend('choose');
	const checked = async (id: string) => {
		const answer = await choose.package({ language: 'en' }, id);
		return answer.ok ? answer.value.checked : answer.fault.code;
	};
	expect(await checked(ID)).toBe('this-phone');
	expect(await checked('photograph-what-you-sell')).toBe('online');
	expect(await checked('no-such-package')).toBe('library/not-found');
	await server.stop();
	expect(await checked(ID)).toBe('this-phone');
	expect(await checked('photograph-what-you-sell')).toBe('library/not-here-offline');
	const library = await choose.library({ language: 'en' });
	expect(library.ok && library.value.packages.map(({ id }) => id)).toEqual([ID]);
	await server.start();
});
