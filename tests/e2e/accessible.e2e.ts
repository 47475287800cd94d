/** No page has a serious fault that axe can find, in Latin, Thai, Khmer and Burmese script and in each theme. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type BrowserContext } from '@playwright/test';
import { openProfile } from '../factories/browser.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import { hydrated } from '../factories/student.ts';

const PAGES = [
	'',
	'/library',
	'/library/rooftop-solar',
	'/library/rooftop-solar/string-sizing',
	'/library/rooftop-solar/string-sizing#quiz',
	'/library/isolate-and-lock/lock-one-machine',
	'/library/rooftop-solar/dc-connectors',
	'/library/rooftop-solar/iv-curve-lab',
	'/library/rooftop-solar/final-assessment',
	'/practise',
	'/status',
	'/me',
	'/me/storage',
	'/me/week',
	'/me/sources',
	'/me/file',
	'/me/sign-in',
	'/me/join',
	'/me/reset',
	'/me/data',
	'/no-such-page'
];

let server: RunningServer;
let profile: string;
let phone: BrowserContext;

test.beforeAll(async () => {
	server = await startServer();
	profile = await mkdtemp(join(tmpdir(), 'setara-axe-'));
	phone = await openProfile(profile);
});

test.afterAll(async () => {
	await phone?.close();
	await server?.dispose();
	if (profile) await rm(profile, { recursive: true, force: true });
});

async function seriousFaults(path: string): Promise<string[]> {
	const page = await phone.newPage();
	await page.goto(server.origin + path);
	// The page that asks for a language needs no script, and has none.
	if (path !== '/') await hydrated(page);
	await page.waitForTimeout(200);
	const { violations } = await new AxeBuilder({ page }).analyze();
	await page.close();
	return violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${path} ${id} ${target.join(' ')}`));
}

for (const language of ['en', 'th', 'km', 'my']) {
	test(`has no serious fault in ${language}`, async () => {
		test.setTimeout(240_000);
		const faults: string[] = [];
		for (const path of ['/', ...PAGES.map((page) => `/${language}${page}`)]) {
			faults.push(...(await seriousFaults(path)));
		}
		expect(faults).toEqual([]);
	});
}

for (const theme of ['dark', 'sun']) {
	test(`has no serious fault in the theme ${theme}`, async () => {
		await phone.addCookies([{ name: 'theme', value: theme, url: server.origin }]);
		const faults: string[] = [];
		for (const path of PAGES.slice(0, 6)) faults.push(...(await seriousFaults(`/en${path}`)));
		await phone.clearCookies({ name: 'theme' });
		expect(faults).toEqual([]);
	});
}
