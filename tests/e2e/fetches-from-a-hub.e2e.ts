/**
 * A student at a school with a hub: a page from the internet, a server on the local network without a certificate. The
 * browser is told which is which; what it then lets through is what it lets through at a school (DEV-66, DEV-67).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { openProfile } from '../factories/browser.ts';
import { startLink, type LinkProxy } from '../factories/link-proxy.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import { hydrated, saved, savePackage, word, workerReady } from '../factories/student.ts';

const HUB = 'hub.local';
const LESSON = '/en/library/rooftop-solar/dc-connectors';
const NOTHING = `/blob/${'0'.repeat(64)}`;
const w = (...[namespace, key]: [Parameters<typeof word>[1], string]) => word('en', namespace, key);

let server: RunningServer;
let origin: LinkProxy;
let hub: LinkProxy;
let profile: string;
let phone: BrowserContext;
let page: Page;
let address: string;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
	server = await startServer();
	[origin, hub] = await Promise.all([startLink(server.origin), startLink(server.origin)]);
	profile = await mkdtemp(join(tmpdir(), 'setara-hub-'));
	const [site, school] = [origin, hub].map((link) => new URL(link.origin).port);
	address = `http://${HUB}:${school}`;
	phone = await openProfile(profile, {
		locale: 'en',
		args: [
			`--host-resolver-rules=MAP ${HUB} 127.0.0.1`,
			`--ip-address-space-overrides=127.0.0.1:${site}=public,127.0.0.1:${school}=local`
		]
	});
	page = phone.pages()[0] ?? (await phone.newPage());
	await page.goto(`${origin.origin}/en/library`);
	await workerReady(page);
});

test.afterAll(async () => {
	await phone?.close();
	await Promise.all([origin?.close(), hub?.close()]);
	await server?.dispose();
	if (profile) await rm(profile, { recursive: true, force: true });
});

const says = (key: string) => expect(page.getByRole('status').filter({ hasText: w('sources', key) }));
async function add(text: string): Promise<void> {
	await page.getByLabel(w('sources', 'address')).fill(text);
	await page.getByRole('button', { name: w('sources', 'add') }).click();
}

test('is told what is no address, and that the browser keeps the site from the network', async () => {
	await phone.grantPermissions([]);
	await page.goto(`${origin.origin}/en/me`);
	await hydrated(page);
	await page.getByRole('link', { name: w('settings', 'sources') }).click();
	await add('the hub');
	await expect(page.getByRole('alert')).toHaveText(w('sources', 'bad-address'));
	await add('http://mirror.example');
	await expect(page.getByRole('alert')).toHaveText(w('sources', 'not-secure'));
	await add(`${HUB}:${new URL(hub.origin).port}`);
	await says('forbidden').toBeVisible();
	expect(hub.carried).toEqual([]);
});

test('allows it, tests again, and saves a package whose media come from the hub', async () => {
	await phone.grantPermissions(['local-network-access']);
	await page.getByRole('button', { name: `${w('sources', 'test')} ${address}` }).click();
	await says('answers').toBeVisible();
	// The link to the internet is too dear for more than words.
	origin.rule = (url) => (url.startsWith('/blob/') ? { as: NOTHING } : undefined);
	await savePackage(page, origin.origin, { tier: 'video' });
	expect([origin.bytesOf('/pack/'), hub.bytesOf('/blob/') > 1_000_000]).toEqual([0, true]);
	await page.goto(`${origin.origin}/en/me/sources`);
	await page.getByRole('button', { name: `${w('sources', 'test')} ${address}` }).click();
	await says('has').toBeVisible();
});

test('opens what came, and the page of sources, with no link at all', async () => {
	await server.stop();
	origin.isCut = hub.isCut = true;
	await page.goto(origin.origin + LESSON);
	await page.getByRole('link', { name: w('lesson', 'play') }).click();
	await expect
		.poll(() => page.locator('video').evaluate((video: HTMLVideoElement) => video.readyState), {
			timeout: 30_000
		})
		.toBeGreaterThanOrEqual(2);
	await page.goto(`${origin.origin}/en/me/sources`);
	await hydrated(page);
	await page.getByRole('button', { name: `${w('sources', 'test')} ${address}` }).click();
	await says('silent').toBeVisible();
	origin.isCut = hub.isCut = false;
	await server.start();
});

test('is told of a hub that gives wrong data, and gets the right ones from the origin', async () => {
	origin.rule = (url) => (url.startsWith('/blob/') ? { bytesPerSecond: 200_000 } : undefined);
	hub.rule = () => ({ flip: 1000 });
	await page.goto(`${origin.origin}/en/library/isolate-and-lock`);
	await hydrated(page);
	await page.getByRole('button', { name: w('library', 'save') }).click();
	await saved(page);
	// In the same visit: opened anew, the app would give it another chance.
	await expect(page.getByText(w('library', 'source-lied'))).toBeVisible();
	await page.getByRole('link', { name: w('settings', 'sources') }).click();
	await says('lies').toBeVisible();
	await page.getByRole('button', { name: `${w('sources', 'remove')} ${address}` }).click();
	await expect(page.getByText(address)).toHaveCount(0);
});
