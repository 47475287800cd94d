/** Newer releases of the app and the week's data, with the real worker and real releases (docs/spec/budget.md, BUD-9 to BUD-12). */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import type { Bill } from '../../src/lib/core/budget/bill.ts';
import { openProfile } from '../factories/browser.ts';
import { startLink, type LinkProxy } from '../factories/link-proxy.ts';
import { openPhone } from '../factories/phone.ts';
import { copyProject, type Project } from '../factories/project.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import { hydrated, savePackage, word, wordPattern, workerReady } from '../factories/student.ts';

/** Is in the largest files of the app. */
const COMPONENT = 'src/lib/ui/lessons/Colophon.svelte';
const PLACE = '<nav aria-label={i18n.t(';
const says = (release: string) => `<p>This is ${release}.</p>`;
/** Left of the week: a fraction of what a release takes. */
const LEFT = 9_000;
const DAY = 24 * 60 * 60 * 1000;

let project: Project;
let server: RunningServer;
let link: LinkProxy;
let profile: string;
let phone: BrowserContext;
let page: Page;

test.describe.configure({ mode: 'serial' });
// A release is a build of its own, of half a minute and more.
test.setTimeout(180_000);

test.beforeAll(async () => {
	test.setTimeout(180_000);
	project = await copyProject();
	server = await startServer({}, project.folder);
	link = await startLink(server.origin);
	profile = await mkdtemp(join(tmpdir(), 'setara-week-'));
	await openApp();
	await page.goto(`${link.origin}/en/library`);
	await workerReady(page);
	await savePackage(page, link.origin, { tier: 'pictures' });
	await allow(LEFT);
});

test.afterAll(async () => {
	await phone?.close();
	await link?.close();
	await server?.dispose();
	await project?.dispose();
	if (profile) await rm(profile, { recursive: true, force: true });
});

async function openApp(): Promise<void> {
	phone = await openProfile(profile);
	page = phone.pages()[0] ?? (await phone.newPage());
}

/** Allows so many bytes more this week than went. */
async function allow(more: number): Promise<void> {
	const { spent } = await bill();
	await withTools((tools) => tools.evaluate((bytes) => setara.allowInWeek(bytes), spent + more));
}

const bill = (): Promise<Bill> =>
	withTools((tools) =>
		tools.evaluate(
			() =>
				new Promise<Bill>((done) => {
					const end = setara.watchBill((bill) => {
						done(bill);
						setTimeout(() => end());
					});
				})
		)
	);

async function withTools<Value>(work: (tools: Page) => Promise<Value>): Promise<Value> {
	const tools = await openPhone(phone, link.origin);
	try {
		return await work(tools);
	} finally {
		await tools.close();
	}
}

const setting = (key: string) =>
	page.evaluate(async (key) => {
		const open = indexedDB.open('setara');
		const db = await new Promise<IDBDatabase>((done) => (open.onsuccess = () => done(open.result)));
		const row = db.transaction('settings').objectStore('settings').get(key) as IDBRequest<
			{ value: unknown } | undefined
		>;
		await new Promise((done) => (row.onsuccess = done));
		db.close();
		return row.result?.value;
	}, key);

const ofApp = ({ lines }: Bill) => lines.find(({ what }) => what === 'app')?.bytes ?? 0;

/** Set aside for a file of the app; pages that were left in the midst of a request leave 32 KB each (BUD-4). */
const leasedByWorker = ({ lines }: Bill) =>
	(lines.find(({ what }) => what === 'unsure')?.bytes ?? 0) % (32 * 1024);

/** Builds and serves the next release. */
async function release(from: string, to: string): Promise<void> {
	await server.stop();
	await project.change(COMPONENT, from, to);
	await server.start();
	link.carried.length = 0;
}

/** Opens "me", and asks for a new release as an open page does every six hours; answers how that ended. */
async function ask(): Promise<'installed' | 'redundant'> {
	await page.goto(`${link.origin}/en/me`);
	await hydrated(page);
	return page.evaluate(async () => {
		const registration = await navigator.serviceWorker.ready;
		const ended = new Promise<'installed' | 'redundant'>((done) => {
			const follow = () => {
				const worker = registration.installing;
				worker?.addEventListener('statechange', () => {
					if (worker.state === 'installed' || worker.state === 'redundant') done(worker.state);
				});
			};
			registration.addEventListener('updatefound', follow);
			follow();
		});
		await registration.update();
		return ended;
	});
}

const section = () => page.getByRole('region', { name: word('en', 'week', 'app-waits') });
const button = () => page.getByRole('button', { name: wordPattern('en', 'week', 'app-now') });
const newVersion = () => page.getByRole('button', { name: word('en', 'settings', 'new-version') });

async function agree(): Promise<void> {
	await Promise.all([page.waitForEvent('load'), newVersion().click()]);
	await hydrated(page);
}

const isOfRelease = (url: string) =>
	url === '/shell' || (url.includes('/immutable/') && !url.includes('/worker/'));
/** What was carried of the app: files of the release, and the worker's own. */
const carriedOf = (own: boolean) =>
	link.carried.filter(({ url }) => (own ? url.includes('/immutable/worker/') : isOfRelease(url)));
const bytesOf = (carried: { bytes: number }[]) => carried.reduce((sum, { bytes }) => sum + bytes, 0);

test('BUD-9 a release that the week has not left waits, and the page says so with its size', async () => {
	await release(PLACE, says('release two') + PLACE);
	expect(await ask()).toBe('redundant');
	expect(carriedOf(false)).toEqual([]);
	await expect(section()).toBeVisible();
	await expect(section().getByText(wordPattern('en', 'week', 'app-week'))).toBeVisible();
	await expect(button()).toBeVisible();
	await expect(newVersion()).toBeHidden();
	const outside = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
	expect(outside).toBe(false);
});

test('BUD-12 what the worker itself took stands on the bill, once', async () => {
	const first = ofApp(await bill());
	expect(first).toBeGreaterThanOrEqual(bytesOf(carriedOf(true)));
	expect(first).toBeLessThan(20_000);
	link.carried.length = 0;
	expect(await ask()).toBe('redundant');
	expect(carriedOf(true)).toEqual([]);
	expect(ofApp(await bill())).toBe(first);
});

test('BUD-9 the app that is here goes on, without a link too, and a second tab says the same', async () => {
	link.isCut = true;
	await page.goto(`${link.origin}/en/library/rooftop-solar/string-sizing`);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await expect(page.getByText('This is release two.')).toBeHidden();
	link.isCut = false;
	await page.goto(`${link.origin}/en`);
	await expect(section()).toBeVisible();
	const other = await phone.newPage();
	await other.goto(`${link.origin}/en/me`);
	await expect(other.getByText(word('en', 'week', 'app-waits'))).toBeVisible();
	await other.close();
});

test('BUD-11 on a word it comes all the same, and what it took is billed as the app itself', async () => {
	const before = await bill();
	link.carried.length = 0;
	await page.goto(`${link.origin}/en/me`);
	await button().click();
	await expect(newVersion()).toBeVisible();
	await expect(section()).toBeHidden();
	const after = await bill();
	const carried = carriedOf(false);
	expect(carried.length).toBeGreaterThan(0);
	const took = ofApp(after) - ofApp(before);
	expect(took).toBe(bytesOf(carried) + 1500 * carried.length);
	expect(leasedByWorker(after)).toBe(0);
	await agree();
	await page.goto(`${link.origin}/en/me/week`);
	await expect(page.getByText(word('en', 'week', 'app'), { exact: true })).toBeVisible();
	await page.goto(`${link.origin}/en/library/rooftop-solar/string-sizing`);
	await expect(page.getByText('This is release two.')).toBeVisible();
});

test('BUD-9 it goes on by itself in the next week', async () => {
	await allow(LEFT);
	await release(says('release two'), says('release three'));
	expect(await ask()).toBe('redundant');
	// As if all that was spent, and the day on which weeks are counted from, had been seven days ago.
	const weekAgo = new Date(Date.now() - 7 * DAY).toISOString().slice(0, 10);
	await page.evaluate(async (day) => {
		const open = indexedDB.open('setara');
		const db = await new Promise<IDBDatabase>((done) => (open.onsuccess = () => done(open.result)));
		const transaction = db.transaction(['spent', 'settings'], 'readwrite');
		const [spent, settings] = [transaction.objectStore('spent'), transaction.objectStore('settings')];
		const lines = spent.getAll() as IDBRequest<{ day: string }[]>;
		lines.onsuccess = () => {
			spent.clear();
			for (const line of lines.result) spent.put({ ...line, day });
			settings.put({ key: 'budget', value: { bytes: 50_000, since: day } });
		};
		await new Promise((done) => (transaction.oncomplete = done));
		db.close();
	}, weekAgo);
	// The browser's own look after a page was opened may have begun before the week did.
	await expect.poll(ask).toBe('installed');
	await expect(newVersion()).toBeVisible();
	await expect(section()).toBeHidden();
	await agree();
});

test('BUD-9 while the browser is to spare data a release waits, whatever is left', async () => {
	await allow(200_000);
	await release(says('release three'), says('release four'));
	const inspector = await phone.newCDPSession(page);
	await inspector.send('Emulation.setDataSaverOverride', { dataSaverEnabled: true });
	await page.reload();
	await expect.poll(() => setting('saves-data')).toBe(true);
	expect(await ask()).toBe('redundant');
	expect(carriedOf(false)).toEqual([]);
	await expect(section().getByText(wordPattern('en', 'week', 'app-saver'))).toBeVisible();
	await inspector.send('Emulation.setDataSaverOverride', { dataSaverEnabled: false });
});

test('BUD-10 where others spend what was left meanwhile, what came is kept, and the rest waits', async () => {
	link.rule = (url) => {
		// Slow from the first file on, so that there is a meanwhile.
		if (isOfRelease(url)) link.rate = 100;
		return undefined;
	};
	const ended = ask();
	await expect.poll(() => carriedOf(false).length).toBe(1);
	await page.evaluate(async () => {
		const open = indexedDB.open('setara');
		const db = await new Promise<IDBDatabase>((done) => (open.onsuccess = () => done(open.result)));
		const settings = db.transaction('settings', 'readwrite').objectStore('settings');
		const budget = settings.get('budget') as IDBRequest<{ value: { bytes: number; since: string } }>;
		budget.onsuccess = () =>
			settings.put({ key: 'budget', value: { bytes: 1, since: budget.result.value.since } });
		await new Promise((done) => (settings.transaction.oncomplete = done));
		db.close();
	});
	expect(await ended).toBe('redundant');
	link.rate = Infinity;
	link.rule = () => undefined;
	expect(carriedOf(false).map(({ status }) => status)).toEqual([200]);
	await expect(section().getByText(wordPattern('en', 'week', 'app-large'))).toBeVisible();
});

test('BUD-10 a worker that is killed loses nothing from the bill, and fetches no file twice that it has', async () => {
	const first = carriedOf(false).map(({ url }) => url);
	const before = await bill();
	link.carried.length = 0;
	link.rule = (url) => (isOfRelease(url) ? { silent: true } : undefined);
	// What waits is asked for again when the person allows more.
	await allow(200_000);
	await expect.poll(() => carriedOf(false).length).toBe(1);
	await phone.close();
	link.rule = () => undefined;
	await openApp();
	await expect.poll(ask).toBe('installed');
	const after = await bill();
	const carried = carriedOf(false);
	expect(carried.filter(({ url }) => first.includes(url))).toEqual([]);
	const whole = carried.filter(({ bytes }) => bytes > 0).map(({ url }) => url);
	expect(new Set(whole).size).toBe(whole.length);
	expect(ofApp(after) - ofApp(before)).toBeGreaterThanOrEqual(bytesOf(carried));
	expect(leasedByWorker(after)).toBeGreaterThan(0);
});
