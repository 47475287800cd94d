/** What the phone takes of a catalogue, and how a newer version takes an older one's place (DEV-10, DEV-18, DEV-24). */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { openProfile } from '../factories/browser.ts';
import { startLink, type LinkProxy } from '../factories/link-proxy.ts';
import { openPhone, readUnit, save, startSaving, stored, until } from '../factories/phone.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';

const ID = 'isolate-and-lock';
const UNIT = 'why-lock';
const TEXT = { languages: ['en'], tier: 'text' } as const;

test.describe.configure({ mode: 'serial' });

let server: RunningServer;
let content: string;
let link: LinkProxy;
let folder: string;
let context: BrowserContext;
let page: Page;

test.beforeAll(async () => {
	content = await mkdtemp(join(tmpdir(), 'setara-content-'));
	await cp(join('content', ID), join(content, ID), { recursive: true });
	server = await startServer({ CONTENT_DIR: content });
	link = await startLink(server.origin);
	folder = await mkdtemp(join(tmpdir(), 'setara-phone-'));
	context = await openProfile(folder, { serviceWorkers: 'block' });
	page = await openPhone(context, link.origin);
});
test.afterAll(async () => {
	await context?.close();
	await link?.close();
	await server?.dispose();
	await Promise.all([folder, content].map((each) => rm(each, { recursive: true, force: true })));
});

/** Publishes the package again with another title, as its authors would. */
async function publish(version: string): Promise<void> {
	await server.stop();
	const change = async (path: string, change: (json: Record<string, unknown>) => void) => {
		const file = join(content, ID, path);
		const json = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
		change(json);
		await writeFile(file, JSON.stringify(json, null, '\t'));
	};
	await change('package.json', (json) => (json.version = version));
	await change('en/package.json', (json) => (json.title = `Version ${version}`));
	const text = join(content, ID, 'en', 'units', `${UNIT}.md`);
	await writeFile(text, `${(await readFile(text, 'utf8')).trimEnd()} Read it again.\n`);
	await server.start();
}

const title = () =>
	page.evaluate(async (id) => {
		const answer = await setara.libraries.device.package({ language: 'en' }, id);
		return answer.ok ? answer.value.title : answer.fault.code;
	}, ID);

const bundle = async () =>
	Buffer.from(await (await fetch(`${server.origin}/tuf/bundle?root=0&ts=0&roles=recalls,en`)).arrayBuffer());

test('DEV-18 an update is fetched aside; the old version opens until the new one is whole', async () => {
	expect((await save(page, ID, TEXT)).version).toBe('1.0.0');
	const old = await title();
	const before = await bundle();
	await publish('1.1.0');
	const updates = await page.evaluate(async () => (await setara.packages()).findUpdates());
	expect(updates).toEqual({ ok: true, value: [ID] });

	const whole = link.bytesOf('/pack/0/');
	const quoted = await page.evaluate(async ([id, choice]) => (await setara.packages()).quote(id, choice), [
		ID,
		TEXT
	] as const);
	link.rule = (url) => (url.startsWith('/pack/') ? { cut: 10 } : undefined);
	await startSaving(page, ID, TEXT);
	const during = await until(page, ID, (each) => each?.update === '1.1.0');
	expect([during?.version, await title()]).toEqual(['1.0.0', old]);
	link.rule = () => undefined;
	await until(page, ID, (each) => each?.state === 'saved');
	expect([(await stored(page, ID))?.version, await title()]).toEqual(['1.1.0', 'Version 1.1.0']);
	// PCK-30: with the pack of the version before, in the bytes that were said before it was fetched.
	expect(link.bytesOf('/pack/0/')).toBe(whole);
	const update = link.bytesOf('/pack/') - whole;
	expect(update).toBeGreaterThan(0);
	expect(update).toBeLessThan(whole * 0.02);
	expect(quoted.ok && quoted.value.missing).toBeGreaterThanOrEqual(update);
	expect(quoted.ok && quoted.value.missing - update).toBeLessThan(8_000);
	const { packages } = await page.evaluate(async () => (await setara.packages()).storage());
	expect(packages).toHaveLength(1);

	await test.step('DEV-10 an older catalogue is refused', async () => {
		link.rule = (url) => (url.startsWith('/tuf/bundle') ? { body: before } : undefined);
		const refused = await save(page, ID, TEXT);
		expect([refused.state, refused.fault?.code]).toEqual(['stopped', 'trust/rollback']);
		expect(await readUnit(page, 'en', ID, UNIT)).toBe('ok this-phone en');
		link.rule = () => undefined;
		expect((await save(page, ID, TEXT)).state).toBe('saved');
	});
});

test('PCK-31 a frame that does not give the pack with its base is fetched without one', async () => {
	await publish('1.2.0');
	link.carried.length = 0;
	link.rule = (url) => (/^\/pack\/[0-9a-f]{64}\//.test(url) ? { flip: 24 } : undefined);
	const done = await save(page, ID, TEXT);
	link.rule = () => undefined;
	expect(done).toMatchObject({ state: 'saved', version: '1.2.0' });
	expect(link.bytesOf('/pack/0/')).toBeGreaterThan(0);
	expect(await title()).toBe('Version 1.2.0');
});

test('DEV-24 another root is said, nothing is taken from it, and the person may choose it', async () => {
	const other = await startServer({ CONTENT_DIR: content });
	link.target = other.origin;
	const refused = await save(page, ID, TEXT);
	expect(refused.fault?.code).toBe('trust/another-root');
	expect(await readUnit(page, 'en', ID, UNIT)).toBe('ok this-phone en');
	expect((await page.evaluate(async () => (await setara.packages()).trust())).otherRoot).toBe(true);

	const chosen = await page.evaluate(async () => (await setara.packages()).acceptOtherRoot());
	expect(chosen.ok && [chosen.value.anchor, chosen.value.otherRoot]).toEqual(['first-use', false]);
	expect((await save(page, ID, TEXT)).state).toBe('saved');
	expect(await readUnit(page, 'en', ID, UNIT)).toBe('ok this-phone en');
	link.target = server.origin;
	await other.dispose();
});
