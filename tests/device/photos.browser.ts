/** Photos and sounds of what a phone made, in a browser: from the server, out of the phone, and where they are not (SRC-13, SRC-14). */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type BrowserContext, type Page } from '@playwright/test';
import { CHROMIUM_FLAGS, openProfile } from '../factories/browser.ts';
import { writeSource } from '../factories/ground.ts';
import { phoneCourseBy } from '../factories/handed-in.ts';
import { startLink, type LinkProxy } from '../factories/link-proxy.ts';
import { openPhone, save } from '../factories/phone.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import { workerReady } from '../factories/student.ts';

/** One pixel that any browser can draw. */
const PHOTO = Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64');
const ALT = 'A knot';

let server: RunningServer;
let link: LinkProxy;
let root: string;
let id: string;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
	root = await mkdtemp(join(tmpdir(), 'setara-photos-'));
	const source = phoneCourseBy('Khamla').put('shared/media/knot.webp', new Uint8Array(PHOTO));
	id = (JSON.parse(source.text('package.json')) as { id: string }).id;
	await writeSource(join(root, 'content'), source);
	server = await startServer({ CONTENT_DIR: join(root, 'content') });
	link = await startLink(server.origin);
});
test.afterAll(async () => {
	await link?.close();
	await server?.dispose();
	await rm(root, { recursive: true, force: true });
});

const address = (tag: string) => `${link.origin}/${tag}/library/${id}/hands`;
const drawn = (page: Page) =>
	page
		.getByRole('img', { name: ALT })
		.first()
		.evaluate((image: HTMLImageElement) => image.naturalWidth);

/** A phone with the course saved, and then no link. */
async function phoneWith(
	tag: string,
	tier: 'text' | 'pictures'
): Promise<{ context: BrowserContext; page: Page }> {
	const folder = join(root, `profile-${tier}`);
	let context = await openProfile(folder);
	const first = await context.newPage();
	await first.goto(`${link.origin}/${tag}/library`);
	await workerReady(first);
	const phone = await openPhone(context, link.origin);
	expect((await save(phone, id, { languages: [tag], tier })).state).toBe('saved');
	await first.goto(address(tag));
	await context.close();
	await server.stop();
	context = await openProfile(folder);
	const page = await context.newPage();
	await page.goto(address(tag));
	return { context, page };
}

test('SRC-13 without scripts a photo comes from the server, where the lesson is', async () => {
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: CHROMIUM_FLAGS
	});
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto(address('th'));
	await page.getByRole('img', { name: ALT }).first().scrollIntoViewIfNeeded();
	const image = page.getByRole('img', { name: ALT }).first();
	expect(await image.getAttribute('src')).toMatch(/^\/media\/[0-9a-f]{64}\.webp$/);
	const bytes = await context.request.get(link.origin + (await image.getAttribute('src'))!);
	expect([bytes.status(), bytes.headers()['content-type']]).toEqual([200, 'image/webp']);
	await expect(page.locator('audio')).toHaveAttribute('src', /^\/media\/[0-9a-f]{64}\.webm$/);
	await browser.close();
});

test('SRC-13 a saved photo is drawn with no link, and can be enlarged', async () => {
	const { context, page } = await phoneWith('th', 'pictures');
	await page.getByRole('img', { name: ALT }).first().scrollIntoViewIfNeeded();
	await expect.poll(() => drawn(page)).toBe(1);
	const words = JSON.parse(await readFile('locales/th/lesson.json', 'utf8')) as Record<string, string>;
	await page.getByRole('button', { name: words['enlarge']!, exact: true }).first().click();
	const large = page.getByRole('dialog').getByRole('img', { name: ALT });
	await expect(large).toBeVisible();
	expect(await large.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
	await context.close();
	await server.start();
});

test('SRC-13 where only the text was saved, words and size stand in its place', async () => {
	const { context, page } = await phoneWith('en', 'text');
	const away = page.locator('.away').first();
	await away.scrollIntoViewIfNeeded();
	await expect(away).toContainText(ALT);
	await expect(away).toContainText(/42/);
	await expect(page.getByRole('img', { name: ALT })).toHaveCount(0);
	await context.close();
	await server.start();
});
