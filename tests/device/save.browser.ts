/** Saving a package on a real phone's store, over links that lie and break (docs/spec/device.md, DEV-10 to DEV-23). */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { openProfile } from '../factories/browser.ts';
import { startLink, type LinkProxy } from '../factories/link-proxy.ts';
import {
	killTab,
	openPhone,
	readUnit,
	resume,
	save,
	startSaving,
	stored,
	until
} from '../factories/phone.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';

const ID = 'rooftop-solar';
const UNIT = 'sunlight-to-current';
const TEXT = { languages: ['en'], tier: 'text' } as const;
const VIDEO = { languages: ['en'], tier: 'video', video: '144p' } as const;
const SLACK = 96 * 1024;

let server: RunningServer;
let link: LinkProxy;
let folder: string;
let context: BrowserContext;
let page: Page;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server?.dispose());

test.beforeEach(async () => {
	link = await startLink(server.origin);
	folder = await mkdtemp(join(tmpdir(), 'setara-phone-'));
	context = await openProfile(folder, { serviceWorkers: 'block' });
	page = await openPhone(context, link.origin);
});
test.afterEach(async () => {
	await context.close();
	await link.close();
	await rm(folder, { recursive: true, force: true });
});

const slowMedia = (url: string) => (url.startsWith('/blob/') ? { bytesPerSecond: 150_000 } : undefined);

test('DEV-18 a unit opens, checked by this phone, while media still come', async () => {
	link.rule = slowMedia;
	await startSaving(page, ID, VIDEO);
	const now = await until(page, ID, (each) => each?.readable.includes('en') ?? false);
	expect(now?.state).toBe('fetching');
	expect(await readUnit(page, 'en', ID, UNIT)).toBe('ok this-phone en');
	link.rule = () => undefined;
	const done = await until(page, ID, (each) => each?.state === 'saved');
	expect(done?.bytes.done).toBe(done?.bytes.total);
	expect(done?.bytes.exact).toBe(true);
});

test('DEV-15 a killed tab costs the last few kilobytes, in a frame and in a chunk', async () => {
	link.rule = (url) => (url.startsWith('/pack/') ? { bytesPerSecond: 20_000 } : slowMedia(url));
	await startSaving(page, ID, VIDEO);
	await until(page, ID, () => link.bytesOf('/pack/') > 45_000);
	await kill();
	await startSaving(page, ID, VIDEO);
	await until(page, ID, () => link.bytesOf('/blob/') > 400_000, 60);
	await kill();
	link.rule = () => undefined;
	const done = await resume(page, ID);
	expect(done.state).toBe('saved');
	expect(link.carried.some(({ url, range }) => url.startsWith('/pack/') && range !== null)).toBe(true);
	const carried = link.bytesOf('/pack/') + link.bytesOf('/blob/');
	expect(carried).toBeGreaterThanOrEqual(done.bytes.total);
	expect(carried).toBeLessThan(done.bytes.total + SLACK);
});

async function kill(): Promise<void> {
	await killTab(page);
	page = await openPhone(context, link.origin);
}

test('DEV-14 a flipped byte in a frame is refused, and nothing of it opens', async () => {
	link.rule = (url) => (url.startsWith('/pack/') ? { flip: 9000 } : undefined);
	const stopped = await save(page, ID, TEXT);
	expect(stopped.state).toBe('stopped');
	expect(['package/bad-digest', 'package/bad-frame']).toContain(stopped.fault?.code);
	expect(stopped.readable).toEqual([]);
	expect(await readUnit(page, 'en', ID, UNIT)).toBe('library/not-saved');
	link.rule = () => undefined;
	expect((await resume(page, ID)).state).toBe('saved');
});

test('DEV-16 a flipped byte in a chunk is refused, the good chunks are kept', async () => {
	// The byte at 300,000 of every file, wherever an answer begins.
	link.rule = (url, range) =>
		url.startsWith('/blob/') ? { flip: 300_000 - Number(/\d+/.exec(range ?? '')) } : undefined;
	const stopped = await save(page, ID, { languages: ['en'], tier: 'video' });
	expect(stopped.fault?.code).toBe('package/bad-digest');
	expect(stopped.readable).toEqual(['en']);
	expect(await readUnit(page, 'en', ID, UNIT)).toBe('ok this-phone en');
	link.rule = () => undefined;
	await link.settled();
	const before = link.bytesOf('/blob/');
	const missing = stopped.bytes.total - stopped.bytes.done;
	expect((await resume(page, ID)).state).toBe('saved');
	expect(link.bytesOf('/blob/') - before).toBe(missing);
	expect(missing).toBeLessThan(stopped.bytes.total - 256 * 1024);
});

test('DEV-17 a truncated body is continued; a link that always breaks is said', async () => {
	link.rule = (url) => (url.startsWith('/blob/') ? { cut: 150_000 } : undefined);
	expect((await save(page, ID, VIDEO)).state).toBe('saved');
	expect(link.bytesOf('/blob/')).toBeLessThan((await stored(page, ID))!.bytes.total + SLACK);
	await page.evaluate(async (id) => (await setara.packages()).remove(id), ID);
	link.rule = (url) => (url.startsWith('/package/') ? { cut: 500 } : undefined);
	const stopped = await save(page, ID, TEXT);
	expect([stopped.state, stopped.fault?.code]).toEqual(['stopped', 'network/cut']);
});

test('DEV-7 a length of 10 GB is refused before a byte of it is taken', async () => {
	for (const prefix of ['/tuf/', '/package/', '/pack/', '/blob/']) {
		link.rule = (url) => (url.startsWith(prefix) ? { length: 10 * 1024 ** 3 } : undefined);
		const stopped = await save(page, ID, VIDEO);
		expect([prefix, stopped.state, stopped.fault?.code]).toEqual([prefix, 'stopped', 'package/too-large']);
	}
	link.rule = () => undefined;
	expect((await resume(page, ID)).state).toBe('saved');
});

test('DEV-12 documents that are not what the catalogue names are refused', async () => {
	const response = await fetch(`${server.origin}/tuf/bundle?root=0&ts=0&roles=en`);
	const other = Buffer.from(await response.arrayBuffer());
	link.rule = (url) => (url.startsWith('/package/') ? { body: other } : undefined);
	const stopped = await save(page, ID, TEXT);
	expect(stopped.fault?.code).toMatch(/^package\//);
	expect(stopped.readable).toEqual([]);
});

test('DEV-20 two tabs: one downloads, both show it, and a closed one hands over', async () => {
	link.rule = slowMedia;
	const second = await openPhone(context, link.origin);
	await startSaving(page, ID, VIDEO);
	await until(page, ID, (each) => each?.phase === 'media');
	await startSaving(second, ID, VIDEO);
	const seen = await until(second, ID, (each) => (each?.bytes.done ?? 0) > 200_000);
	expect(seen?.state).toBe('fetching');
	await page.close();
	link.rule = () => undefined;
	const done = await until(second, ID, (each) => each?.state === 'saved');
	expect(link.bytesOf('/blob/') + link.bytesOf('/pack/')).toBeLessThan(done!.bytes.total + SLACK);
});

test('DEV-21 pause keeps what is here, cancel goes back to what was whole, remove frees it', async () => {
	expect((await save(page, ID, TEXT)).state).toBe('saved');
	link.rule = slowMedia;
	await startSaving(page, ID, VIDEO);
	await until(page, ID, (each) => each!.choice.tier === 'video' && each!.bytes.done > 200_000);
	await page.evaluate(async (id) => (await setara.packages()).pause(id), ID);
	const paused = await until(page, ID, (each) => each?.state === 'paused');
	await new Promise((done) => setTimeout(done, 500));
	const carried = link.bytesOf('/blob/');
	await new Promise((done) => setTimeout(done, 500));
	expect(link.bytesOf('/blob/')).toBe(carried);
	expect(paused?.readable).toEqual(['en']);
	await page.evaluate(async (id) => (await setara.packages()).cancel(id), ID);
	const back = await stored(page, ID);
	expect([back?.state, back?.choice.tier, back?.readable]).toEqual(['saved', 'text', ['en']]);
	const { packages } = await page.evaluate(async () => (await setara.packages()).storage());
	expect(packages[0]?.bytes).toMatchObject({ audio: 0, video: 0 });
	expect(packages[0]?.bytes.text).toBeGreaterThan(10_000);
	await page.evaluate(async (id) => (await setara.packages()).remove(id), ID);
	expect(await stored(page, ID)).toBeNull();
	expect(await readUnit(page, 'en', ID, UNIT)).toBe('library/not-saved');
});

test('DEV-6 a phone that fills up is told, what was whole opens, and it goes on when there is room', async () => {
	const inspector = await context.newCDPSession(page);
	await inspector.send('Storage.overrideQuotaForOrigin', { origin: link.origin, quotaSize: 1_000_000 });
	const stopped = await save(page, ID, { languages: ['en'], tier: 'video' });
	expect([stopped.state, stopped.fault?.code]).toEqual(['stopped', 'storage/full']);
	expect(await readUnit(page, 'en', ID, UNIT)).toBe('ok this-phone en');
	await inspector.send('Storage.overrideQuotaForOrigin', { origin: link.origin });
	expect((await resume(page, ID)).state).toBe('saved');
});

test('DEV-5 a newer app in another tab upgrades the store at once, in mid-download too, and nothing is lost', async () => {
	link.rate = 400_000;
	await startSaving(page, ID, VIDEO);
	await until(page, ID, () => link.bytesOf('/blob/') > 100_000);
	const other = await context.newPage();
	await other.goto(`${link.origin}/icon.svg`);
	const upgraded = await other.evaluate(async () => {
		const all = (await indexedDB.databases()).filter(({ name }) => name!.startsWith('setara'));
		const open = ({ name, version }: IDBDatabaseInfo) =>
			new Promise<string>((done, failed) => {
				const asked = indexedDB.open(name!, version! + 10);
				// Only the older tab could hold it up.
				const late = setTimeout(() => failed(new Error(`${name} is held`)), 5000);
				asked.onsuccess = () => {
					clearTimeout(late);
					asked.result.close();
					done(name!);
				};
				asked.onerror = () => failed(asked.error);
			});
		return Promise.all(all.map(open));
	});
	expect(upgraded).toContain('setara');
	await other.close();
	link.rate = Infinity;
	// As the person does who is told that the store was closed.
	await page.close();
	page = await openPhone(context, link.origin);
	expect((await resume(page, ID)).state).toBe('saved');
	expect(await readUnit(page, 'en', ID, UNIT)).toBe('ok this-phone en');
});
