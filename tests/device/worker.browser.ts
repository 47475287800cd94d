/** The service worker with no link at all, and with a new version waiting (docs/spec/device.md, DEV-32 to DEV-54). */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { SIMULATION_CSP } from '../../src/lib/core/lessons/simulation.ts';
import { openProfile } from '../factories/browser.ts';
import { startLink, type LinkProxy } from '../factories/link-proxy.ts';
import { openPhone, save } from '../factories/phone.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import { hydrated, word, workerReady } from '../factories/student.ts';

const ID = 'rooftop-solar';

let server: RunningServer;
let link: LinkProxy;
let folder: string;
let context: BrowserContext;
let page: Page;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
	server = await startServer();
	link = await startLink(server.origin);
	folder = await mkdtemp(join(tmpdir(), 'setara-worker-'));
	context = await openProfile(folder);
	page = await context.newPage();
	await page.goto(`${link.origin}/en/library`);
	await workerReady(page);
});
test.afterAll(async () => {
	await context?.close();
	await link?.close();
	await server?.dispose();
	await rm(folder, { recursive: true, force: true });
});

const kept = (name: RegExp) =>
	page.evaluate(async (pattern) => {
		const found: string[] = [];
		for (const name of await caches.keys()) {
			for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
		}
		return found.filter((path) => new RegExp(pattern).test(path));
	}, name.source);

test('DEV-51 a first visit keeps the app and one language; lessons come when a package is looked at', async () => {
	await expect.poll(() => kept(/\/words\//)).toEqual([expect.stringMatching(/\/words\/en\./)]);
	expect(await kept(/^\/shell$|\/chunks\/app\./)).toHaveLength(2);
	expect(await kept(/\/chunks\/(reader|open|save)\./)).toEqual([]);
	expect(await kept(/\.woff2?$/)).toEqual([]);
	await page.goto(`${link.origin}/en/library/${ID}`);
	await expect.poll(() => kept(/\/chunks\/(reader|open|save)\./)).toHaveLength(3);
});

test('DEV-50 with a package on the phone its pages come from the phone, under the whole policy', async () => {
	const phone = await openPhone(context, link.origin);
	expect((await save(phone, ID, { languages: ['en'], tier: 'video' })).state).toBe('saved');
	await context.close();
	await server.stop();
	context = await openProfile(folder);
	page = await context.newPage();
	const answer = await page.goto(`${link.origin}/en/library/${ID}/string-sizing`);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	const policy = answer!.headers()['content-security-policy']!;
	expect(policy).toContain("frame-ancestors 'none'");
	expect(policy).toMatch(/script-src 'self' 'sha256-/);
	await page.goto(`${link.origin}/en/library/photograph-what-you-sell`);
	const sentence = JSON.parse(await readFile('locales/en/faults.json', 'utf8')) as Record<string, string>;
	await expect(page.getByText(sentence['library/not-here-offline']!)).toBeVisible();
});

test('DEV-32 stored media answer byte ranges across chunks, exactly', async () => {
	await page.goto(`${link.origin}/en/library/${ID}/dc-connectors`);
	const url = await page.evaluate(async (id) => {
		const response = indexedDB.open('setara');
		const db = await new Promise<IDBDatabase>((done) => (response.onsuccess = () => done(response.result)));
		const installs = db.transaction('blobs').objectStore('blobs').getAll();
		const blobs = await new Promise<{ bytes: Uint8Array }[]>(
			(done) => (installs.onsuccess = () => done(installs.result as { bytes: Uint8Array }[]))
		);
		db.close();
		for (const { bytes } of blobs) {
			const text = new TextDecoder().decode(bytes);
			if (!text.includes('"part":"shared"') || !text.includes(`"package":"${id}"`)) continue;
			const part = JSON.parse(text) as { files: { digest: string; path: string }[] };
			return `/media/${part.files.find(({ path }) => path.endsWith('mate-connector.360p.mp4'))!.digest}.mp4`;
		}
		return '';
	}, ID);
	const ask = (range: string | null) =>
		page.evaluate(
			async ([url, range]) => {
				const response = await fetch(url!, { headers: range ? { range } : {} });
				const bytes = [...new Uint8Array(await response.arrayBuffer())];
				return { status: response.status, range: response.headers.get('content-range'), bytes };
			},
			[url, range] as const
		);
	const file = await readFile(join('content', ID, 'shared/media/mate-connector.360p.mp4'));
	const part = await ask('bytes=262100-262200');
	expect([part.status, part.range]).toEqual([206, `bytes 262100-262200/${file.length}`]);
	expect(part.bytes).toEqual([...file.subarray(262100, 262201)]);
	const end = await ask('bytes=-100');
	expect(end.bytes).toEqual([...file.subarray(-100)]);
	expect((await ask(`bytes=${file.length}-`)).status).toBe(416);
	const whole = await ask(null);
	expect([whole.status, whole.bytes.length]).toEqual([200, file.length]);
	expect((await ask('bytes=500000-')).bytes).toEqual([...file.subarray(500000)]);
});

const SIMULATION = `/sim/${ID}/string-sizing/en`;

test('DEV-33 a simulation comes from the phone in its own sandbox', async () => {
	await page.goto(`${link.origin}/en/library/${ID}/string-sizing-lab`);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	// It is laid there while the text is drawn; a person taps after that.
	await expect
		.poll(() => page.evaluate(async (url) => (await caches.match(url)) !== undefined, SIMULATION))
		.toBe(true);
	const answer = await page.evaluate(async (url) => {
		const response = await fetch(url);
		return { policy: response.headers.get('content-security-policy'), html: await response.text() };
	}, SIMULATION);
	expect(answer.policy).toBe(SIMULATION_CSP);
	expect(answer.html).toContain('RTCPeerConnection');
	expect(answer.html).toContain('id="words"');
});

test('DEV-53 a new version waits until the person agrees, and never ends a lesson', async () => {
	await server.start();
	const lesson = page;
	await lesson.goto(`${link.origin}/en/library/${ID}/string-sizing`);
	await hydrated(lesson);
	const home = await context.newPage();
	await home.goto(`${link.origin}/en/me`);
	await hydrated(home);
	const script = await (await fetch(`${server.origin}/service-worker.js`)).text();
	link.rule = (url) =>
		url.startsWith('/service-worker.js') ? { body: Buffer.from(`${script}\n// new`) } : undefined;
	await home.evaluate(async () => {
		Object.assign(globalThis, { old: true });
		await (await navigator.serviceWorker.ready).update();
	});
	const isOld = () => home.evaluate(() => 'old' in globalThis);
	const update = home.getByRole('button', { name: word('en', 'settings', 'new-version') });
	await update.click({ timeout: 30_000 });
	const faults = JSON.parse(await readFile('locales/en/faults.json', 'utf8')) as Record<string, string>;
	await expect(home.getByText(faults['app/in-lesson']!)).toBeVisible();
	expect(await isOld()).toBe(true);
	await lesson.close();
	await update.click();
	await expect.poll(() => isOld().catch(() => true), { timeout: 20_000 }).toBe(false);
});
