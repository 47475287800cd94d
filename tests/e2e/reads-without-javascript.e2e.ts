/** A browser without JavaScript (Opera Mini, say) reads the library, a package and a unit, and a chat shows a card. */
import { chromium, expect, test, type Browser, type Page } from '@playwright/test';
import { CHROMIUM_FLAGS } from '../factories/browser.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import { word } from '../factories/student.ts';

let server: RunningServer;
let browser: Browser;
let page: Page;

test.beforeAll(async () => {
	server = await startServer();
	browser = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: CHROMIUM_FLAGS
	});
	const context = await browser.newContext({
		javaScriptEnabled: false,
		locale: 'th',
		viewport: { width: 360, height: 740 }
	});
	page = await context.newPage();
});

test.afterAll(async () => {
	await browser?.close();
	await server?.dispose();
});

test('reads from the first page to a unit by links alone', async () => {
	await page.goto(server.origin);
	await expect(page.locator('html')).toHaveAttribute('lang', 'th');
	await page.getByRole('link', { name: word('th', 'common', 'continue-in-language') }).click();
	await expect(page).toHaveURL(/\/th\/library$/);
	await page.locator('main a[href$="/library/rooftop-solar"]').click();
	// Found by its element: Playwright's text search passes over `noscript`.
	const note = page.locator('noscript p').first();
	await expect(note).toBeVisible();
	expect(await note.textContent()).toBe(word('th', 'library', 'no-script'));
	await page.locator('main a[href$="/rooftop-solar/string-sizing"]').click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText(/[\u0E00-\u0E7F]/u);
	await expect(page.locator('main table').first()).toBeVisible();
	await expect(page.locator('main img[src^="data:image/svg+xml"]').first()).toBeVisible();
	await expect(page.getByText(word('th', 'lesson', 'online'))).toBeVisible();
});

test('shows title, cover and size where a link is shared', async () => {
	await page.goto(`${server.origin}/th/library/rooftop-solar`);
	const meta = (name: string) => page.locator(`meta[property="og:${name}"]`).getAttribute('content');
	expect(await meta('title')).toMatch(/[\u0E00-\u0E7F]/u);
	expect(await meta('description')).toMatch(/\d/u);
	const image = await fetch(new URL((await meta('image')) ?? '', server.origin));
	expect(image.headers.get('content-type')).toBe('image/png');
});

test('draws nothing by a style attribute, which the policy would drop', async () => {
	for (const path of [
		'/',
		'/th/library',
		'/th/library/rooftop-solar',
		'/th/library/rooftop-solar/string-sizing'
	]) {
		const html = await (await fetch(server.origin + path)).text();
		expect(html.match(/<[^>]+\sstyle=/)?.[0], path).toBeUndefined();
	}
});

test('asks nobody but this server for anything', async () => {
	for (const path of [
		'/',
		'/th/library',
		'/th/library/rooftop-solar',
		'/th/library/rooftop-solar/dc-connectors'
	]) {
		const html = await (await fetch(server.origin + path)).text();
		const sources = Array.from(
			html.matchAll(/<(?:script|img|link|iframe|video|source)[^>]+(?:src|href)="(https?:[^"]+)"/g)
		);
		const foreign = sources.map((match) => match[1]!).filter((address) => !address.startsWith(server.origin));
		expect(foreign, path).toEqual([]);
	}
});
