/** Chromium 111, the oldest that we promise: first visit, a package saved, its lesson and quiz with no link. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type BrowserContext, type Page } from '@playwright/test';
import { CHROMIUM_FLAGS } from '../factories/browser.ts';
import { OLD_CHROMIUM_FLAGS, oldChromium } from '../factories/old-chromium.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import { hydrated, savePackage, word, workerReady } from '../factories/student.ts';

const w = (...[namespace, key]: [Parameters<typeof word>[1], string]) => word('en', namespace, key);

const ID = 'photograph-what-you-sell';

let server: RunningServer;
let profile: string;
let phone: BrowserContext;
let page: Page;
const broken: string[] = [];

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
	server = await startServer();
	profile = await mkdtemp(join(tmpdir(), 'setara-old-'));
	await openPhone();
});

test.afterAll(async () => {
	await phone?.close();
	await server?.dispose();
	if (profile) await rm(profile, { recursive: true, force: true });
});

async function openPhone(): Promise<void> {
	phone = await chromium.launchPersistentContext(profile, {
		executablePath: await oldChromium(),
		args: [...CHROMIUM_FLAGS, ...OLD_CHROMIUM_FLAGS],
		locale: 'en',
		viewport: { width: 360, height: 740 }
	});
	page = phone.pages()[0] ?? (await phone.newPage());
	page.on('pageerror', (error) => broken.push(String(error)));
}

const unit = (id: string) => `${server.origin}/en/library/${ID}/${id}`;

/** The lines, columns and colours that an unknown rule would have dropped. */
async function isDrawn(): Promise<void> {
	const { wide, colours, lines } = await page.evaluate(() => ({
		wide: document.documentElement.scrollWidth - innerWidth,
		colours: new Set(
			['color', 'background-color'].map((name) => getComputedStyle(document.body).getPropertyValue(name))
		).size,
		lines: document.querySelectorAll('main *').length
	}));
	expect(wide).toBeLessThanOrEqual(0);
	expect(colours).toBe(2);
	expect(lines).toBeGreaterThan(5);
}

test('is that browser, whose WebCrypto knows no Ed25519', async () => {
	await page.goto(server.origin);
	expect(await page.evaluate(() => navigator.userAgent)).toContain('Chrome/111.');
	const knows = await page.evaluate(() =>
		crypto.subtle.importKey('raw', new Uint8Array(32), 'Ed25519', false, ['verify']).then(
			() => 'knows',
			(error: Error) => error.name
		)
	);
	expect(knows).toBe('NotSupportedError');
});

test('chooses a language and saves a package, its signatures checked without WebCrypto', async () => {
	await page.getByRole('link', { name: w('common', 'continue-in-language') }).click();
	await page.waitForURL('**/en/library');
	await isDrawn();
	await workerReady(page);
	const noble = page.waitForResponse((response) => response.url().includes('ed25519'));
	await savePackage(page, server.origin, { id: ID, tier: 'pictures' });
	expect((await noble).ok()).toBe(true);
	await isDrawn();
});

test('reads and answers with the server gone and the browser started anew', async () => {
	await phone.close();
	await server.stop();
	await openPhone();
	await page.goto(unit('light-and-background'));
	await page.reload();
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await expect(page.locator('img[src^="data:image/svg+xml"]').first()).toBeVisible();
	await isDrawn();
	await page.goto(`${unit('take-five-photos')}#quiz`);
	await hydrated(page);
	await page.locator('main label').first().click();
	await expect(page.getByRole('radio').first()).toBeChecked();
	await page.getByRole('button', { name: w('lesson', 'check') }).click();
	await expect(
		page
			.getByText(w('lesson', 'right'))
			.or(page.getByText(w('lesson', 'not-right')))
			.first()
	).toBeVisible();
	await isDrawn();
});

test('throws nothing', () => expect(broken).toEqual([]));
