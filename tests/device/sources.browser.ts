/** Media and packs from a hub beside the origin, on a real phone's store (docs/spec/device.md, DEV-60 to DEV-69). */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { openProfile } from '../factories/browser.ts';
import { startLink, type LinkProxy } from '../factories/link-proxy.ts';
import { openPhone, resume, save, startSaving, stored, until } from '../factories/phone.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';

const ID = 'rooftop-solar';
const VIDEO = { languages: ['en'], tier: 'video', video: '144p' } as const;
const NOTHING = `/blob/${'0'.repeat(64)}`;

let server: RunningServer;
let origin: LinkProxy;
let hub: LinkProxy;
let folder: string;
let context: BrowserContext;
let page: Page;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server?.dispose());

test.beforeEach(async () => {
	[origin, hub] = await Promise.all([startLink(server.origin), startLink(server.origin)]);
	folder = await mkdtemp(join(tmpdir(), 'setara-phone-'));
	context = await openProfile(folder, { serviceWorkers: 'block' });
	page = await openPhone(context, origin.origin);
	expect(await add(hub.origin)).toBe(hub.origin);
});
test.afterEach(async () => {
	await context.close();
	await Promise.all([origin.close(), hub.close()]);
	await rm(folder, { recursive: true, force: true });
});

const add = (text: string) =>
	page.evaluate(async (text) => {
		const added = await setara.sources.addSource(text);
		return added.ok ? added.value : added.fault.code;
	}, text);
const found = () => page.evaluate((address) => setara.sources.testSource(address), hub.origin);
const leftOut = (on = page) =>
	on.evaluate(
		() =>
			new Promise<string[]>((done) => {
				const end = setara.sources.watchAdded((all) => {
					done(all.filter(setara.sources.isLeftOut).map(({ address }) => address));
					setTimeout(() => end());
				});
			})
	);
const isBlob = (url: string) => url.startsWith('/blob/');
const media = () => origin.bytesOf('/blob/') + hub.bytesOf('/blob/');
/** Bytes of media that the saved package has. */
const mediaOf = async () => {
	const { packages } = await page.evaluate(async () => (await setara.packages()).storage());
	const { audio, pictures, video } = packages[0]!.bytes;
	return audio + pictures + video;
};

test('DEV-61 hub and origin complement each other, and no byte comes twice', async () => {
	for (const link of [origin, hub])
		link.rule = (url) => (isBlob(url) ? { bytesPerSecond: 150_000 } : undefined);
	expect((await save(page, ID, VIDEO)).state).toBe('saved');
	expect(media()).toBe(await mediaOf());
	for (const link of [origin, hub]) expect(link.bytesOf('/blob/')).toBeGreaterThan(200_000);
});

test('DEV-60 packs come from the hub, the catalogue and its documents from the origin', async () => {
	expect((await save(page, ID, VIDEO)).state).toBe('saved');
	expect(origin.bytesOf('/pack/')).toBe(0);
	expect(hub.bytesOf('/pack/')).toBeGreaterThan(50_000);
	expect(hub.carried.map(({ url }) => url).filter((url) => !/^\/(?:pack|blob)\//.test(url))).toEqual([]);
	expect(origin.carried.some(({ url }) => url.startsWith('/tuf/'))).toBe(true);
});

test('DEV-67 the hub learns nothing of the person, and leads nowhere else', async () => {
	const elsewhere = await startLink(server.origin);
	hub.rule = (url) => (url.startsWith('/pack/') ? { to: `${elsewhere.origin}${url}` } : undefined);
	expect((await save(page, ID, VIDEO)).state).toBe('saved');
	for (const { headers } of hub.carried) {
		expect([headers.cookie, headers.referer, headers.authorization]).toEqual([
			undefined,
			undefined,
			undefined
		]);
	}
	expect([elsewhere.carried.length, origin.bytesOf('/pack/') > 0]).toEqual([0, true]);
	await elsewhere.close();
});

test('DEV-65 a hub that lies is left out and said so; what was good of it stays', async () => {
	// Good at first: the byte at 100,000 of each answer that begins a file is turned over.
	hub.rule = (url, range) => (isBlob(url) && range?.startsWith('bytes=0-') ? { flip: 100_000 } : undefined);
	expect((await save(page, ID, VIDEO)).state).toBe('saved');
	expect(await leftOut()).toEqual([hub.origin]);
	const asked = hub.carried.length;
	await page.evaluate(async (id) => (await setara.packages()).remove(id), ID);
	expect((await save(page, ID, VIDEO)).state).toBe('saved');
	expect(hub.carried.length).toBe(asked);
	// Opened anew, it may show that it has become better.
	hub.rule = () => undefined;
	await page.close();
	page = await openPhone(context, origin.origin);
	expect(await leftOut()).toEqual([]);
	await page.evaluate(async (id) => (await setara.packages()).remove(id), ID);
	expect((await save(page, ID, VIDEO)).state).toBe('saved');
	expect(hub.carried.length).toBeGreaterThan(asked);
});

test('DEV-65 a hub whose frames are wrong is left out, and the pack comes from the origin', async () => {
	hub.rule = (url) => (url.startsWith('/pack/') ? { flip: 9000 } : undefined);
	expect((await save(page, ID, { languages: ['en'], tier: 'text' })).state).toBe('saved');
	expect(await leftOut()).toEqual([hub.origin]);
	expect(origin.bytesOf('/pack/')).toBeGreaterThan(50_000);
});

test('DEV-64 a hub that lacks files, stalls or is silent holds nothing up', async () => {
	hub.rule = (url) => (isBlob(url) ? { as: NOTHING } : undefined);
	expect((await save(page, ID, VIDEO)).state).toBe('saved');
	expect(await leftOut()).toEqual([]);
	for (const fault of [{ silent: true as const }, { bytesPerSecond: 500 }]) {
		await page.evaluate(async (id) => (await setara.packages()).remove(id), ID);
		hub.rule = (url) => (isBlob(url) ? fault : undefined);
		const begun = Date.now();
		expect((await save(page, ID, VIDEO)).state).toBe('saved');
		expect(Date.now() - begun).toBeLessThan(15_000);
	}
});

test('DEV-64 a hub goes on alone where the origin is lost in mid-download', async () => {
	for (const link of [origin, hub])
		link.rule = (url) => (isBlob(url) ? { bytesPerSecond: 120_000 } : undefined);
	await startSaving(page, ID, VIDEO);
	await until(page, ID, () => origin.bytesOf('/blob/') > 100_000 && hub.bytesOf('/blob/') > 100_000);
	origin.isCut = true;
	origin.cut();
	const done = await until(page, ID, (each) => each?.state === 'saved');
	expect(done?.bytes.done).toBe(done?.bytes.total);
	expect(media()).toBeLessThan((await mediaOf()) + 64 * 1024);
});

test('DEV-66 an address that comes or goes in mid-download counts at once', async () => {
	await page.evaluate((address) => setara.sources.removeSource(address), hub.origin);
	origin.rule = (url) => (isBlob(url) ? { bytesPerSecond: 60_000 } : undefined);
	await startSaving(page, ID, VIDEO);
	await until(page, ID, () => origin.bytesOf('/blob/') > 100_000);
	expect(hub.carried).toEqual([]);
	hub.rule = (url) => (isBlob(url) ? { bytesPerSecond: 20_000 } : undefined);
	expect(await add(hub.origin)).toBe(hub.origin);
	await until(page, ID, () => hub.bytesOf('/blob/') > 20_000);
	await page.evaluate((address) => setara.sources.removeSource(address), hub.origin);
	await page.waitForTimeout(1000);
	const left = hub.bytesOf('/blob/');
	await page.waitForTimeout(1000);
	expect(hub.bytesOf('/blob/')).toBe(left);
	origin.rule = () => undefined;
	expect((await until(page, ID, (each) => each?.state === 'saved'))?.state).toBe('saved');
});

test('DEV-67 what comes over the local network is not of the week’s data', async () => {
	await page.evaluate(() => setara.allowInWeek(150_000));
	origin.rule = (url) => (isBlob(url) ? { as: NOTHING } : undefined);
	const done = await save(page, ID, VIDEO);
	expect([done.state, done.fault]).toEqual(['saved', null]);
	expect(hub.bytesOf('/blob/')).toBe(await mediaOf());
});

test('DEV-66 a test says what it has, lacks, or answers wrongly; a right answer lets it in again', async () => {
	expect(await found()).toBe('answers');
	await save(page, ID, { languages: ['en'], tier: 'text' });
	expect(await found()).toBe('has');
	hub.rule = () => ({ as: NOTHING });
	expect(await found()).toBe('lacks');
	hub.rule = () => ({ flip: 10 });
	expect([await found(), await leftOut()]).toEqual(['lies', [hub.origin]]);
	hub.rule = () => ({ length: 10 ** 10 });
	expect(await found()).toBe('lies');
	hub.rule = () => undefined;
	expect([await found(), await leftOut()]).toEqual(['has', []]);
	hub.isCut = true;
	expect(await found()).toBe('silent');
});

test('DEV-66 no address twice, none too many, and not the one of the page', async () => {
	expect(await add(`${hub.origin}/en/library`)).toBe('source/known');
	expect(await add(origin.origin)).toBe('source/own-address');
	for (let n = 2; n <= 8; n++) expect(await add(`10.0.0.${n}`)).toBe(`http://10.0.0.${n}`);
	expect(await add('10.0.0.9')).toBe('source/too-many');
});

test('DEV-63 a network that comes back is used at once', async () => {
	await page.evaluate(async () => (await setara.packages()).resumeAll());
	for (const link of [origin, hub])
		link.rule = (url) => (isBlob(url) ? { bytesPerSecond: 80_000 } : undefined);
	await startSaving(page, ID, VIDEO);
	await until(page, ID, () => media() > 100_000);
	for (const link of [origin, hub]) {
		link.isCut = true;
		link.cut();
	}
	await until(page, ID, (each) => each?.state === 'stopped');
	expect((await stored(page, ID))?.fault?.code).toMatch(/^network\//);
	for (const link of [origin, hub]) [link.isCut, link.rule] = [false, () => undefined];
	await page.evaluate(() => window.dispatchEvent(new Event('online')));
	await until(page, ID, (each) => each?.state === 'saved', 5);
	expect((await resume(page, ID)).state).toBe('saved');
});
