/** A simulation that was approved and turns out hostile: nothing leaves its frame, it is let go of, progress stays. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { openProfile } from '../factories/browser.ts';
import { writeSource } from '../factories/ground.ts';
import { ALIVE, disguised, makeHostileSource, reaching } from '../factories/hostile-source.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import { hydrated, savePackage, word } from '../factories/student.ts';
import { startTrap, type Trap } from '../factories/trap.ts';

const w = (key: string) => word('en', 'lesson', key);
const ID = 'little-sun';

let trap: Trap;
let server: RunningServer;
let content: string;
let profile: string;
let phone: BrowserContext;
let page: Page;
/** Addresses that answered a page or frame and that only a hostile simulation asks for. */
const answered: string[] = [];

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
	trap = await startTrap();
	content = await mkdtemp(join(tmpdir(), 'setara-content-'));
	profile = await mkdtemp(join(tmpdir(), 'setara-hostile-'));
	const go = (to: string) =>
		`${ALIVE} document.querySelector('button').onclick = () => { location.href = ${to}; };`;
	const source = makeHostileSource({
		reach: `${ALIVE} ${reaching(trap, '')}`,
		flood: `${ALIVE} document.querySelector('button').onclick = () => setInterval(() => { for (let i = 0; i < 5000; i++) tell({ type: 'state', state: 'x'.repeat(4000) }); }, 0);`,
		leave: go(`'${trap.origin}/leave'`),
		home: go(`'/en/me/data?caught'`),
		other: go(`'/sim/${ID}/flood/en'`),
		data: go(`'data:text/html,<script>new Image().src="${trap.origin}/data"</' + 'script>'`),
		early: `location.href = '${trap.origin}/early';`,
		stall: `${ALIVE} document.querySelector('button').onclick = () => { for (;;); };`,
		loop: 'for (;;);'
	});
	await writeSource(content, source);
	server = await startServer({ CONTENT_DIR: content });
	if (!(await fetch(`${server.origin}/api/library/${ID}?lang=en`)).ok) throw new Error(server.output());
	trap.free = disguised(reaching(trap, ''));
	await openPhone();
});

test.afterAll(async () => {
	await phone?.close();
	await server?.dispose();
	trap?.close();
	await Promise.all([content, profile].map((each) => each && rm(each, { recursive: true, force: true })));
});

async function openPhone(...args: string[]): Promise<void> {
	phone = await openProfile(profile, { args });
	phone.on('response', (response) => {
		if (response.url().includes('caught')) answered.push(response.url());
	});
	page = phone.pages()[0] ?? (await phone.newPage());
	page.on('download', (download) => answered.push(download.url()));
}

const unit = (id: string) => `${server.origin}/en/library/${ID}/${id}`;

async function begin(id: string, button = 'start-simulation'): Promise<void> {
	await page.goto(unit(id));
	await hydrated(page);
	await page
		.getByRole('button', { name: w(button) })
		.last()
		.click();
}

const tap = () => page.frameLocator('iframe').getByRole('button', { name: 'Go' }).click();

/** The run was ended with this sentence, its frame is gone, and nothing came of it. */
async function endedAs(why: 'flooded' | 'left' | 'silent', id: string): Promise<void> {
	await expect(page.getByRole('alert').getByText(w(`ended-${why}`))).toBeVisible({ timeout: 15_000 });
	await expect(page.locator('iframe')).toHaveCount(0);
	await expect(page.getByRole('dialog').getByText(`What ${id} teaches (en).`)).toBeVisible();
	await nothingLeft();
}

/** Neither the trap nor a page of ours was reached, and what the student did before still stands. */
async function nothingLeft(): Promise<void> {
	expect(trap.caught).toEqual([]);
	expect(answered).toEqual([]);
	expect(phone.pages()).toHaveLength(1);
	await page.goto(unit('hands'));
	await hydrated(page);
	await expect(page.getByRole('checkbox').first()).toBeChecked();
}

async function reachesNothing(): Promise<void> {
	await begin('reach');
	await tap();
	await expect(page.frameLocator('iframe').locator('output')).toHaveText('Reached: ', { timeout: 20_000 });
	expect(page.url()).toBe(unit('reach'));
	await expect(page.locator('iframe')).toBeVisible();
	await nothingLeft();
}

async function isLetGoOf(id: string, why: 'flooded' | 'left'): Promise<void> {
	await begin(id);
	await tap();
	await endedAs(why, id);
}

test('the trap catches what nothing holds', async () => {
	await page.goto(`${trap.origin}/free`);
	trap.caught.length = 0;
	await page.getByRole('button').click();
	await expect(page.locator('output')).toBeVisible({ timeout: 20_000 });
	const ways =
		'fetch xhr image svg-image media poster script import sheet css-url css-import font socket events beacon worker ping object embed frame made-frame prefetch preload module rules'.split(
			' '
		);
	expect(ways.filter((way) => !trap.caught.includes(`/${way}`))).toEqual([]);
	expect(trap.caught).toContain('stun');
	await page.goto('about:blank');
	trap.caught.length = 0;
});

test('saves the package, and something is learned', async () => {
	await savePackage(page, server.origin, { id: ID, tier: 'pictures' });
	await page.goto(unit('hands'));
	await hydrated(page);
	await page.getByRole('checkbox').first().click();
	await expect(page.getByRole('checkbox').first()).toBeChecked();
	await nothingLeft();
});

test('reaches no network, no page and no store', () => reachesNothing());

test('is stopped when it floods', () => isLetGoOf('flood', 'flooded'));

for (const id of ['leave', 'home', 'other', 'data'])
	test(`is stopped when it navigates itself away: ${id}`, () => isLetGoOf(id, 'left'));

/** Its frame then loads only once: its silence gives it away. */
test('can be stopped when it goes away before it has loaded', async () => {
	await begin('early');
	await expect(page.getByText(w('silent'))).toBeVisible({ timeout: 25_000 });
	await page.getByRole('button', { name: w('stop') }).click();
	await endedAs('silent', 'early');
});

test('can be stopped when it stalls, for its page lives in another process', async () => {
	await begin('stall');
	// The tap itself never comes back.
	void tap().catch(() => undefined);
	await expect(page.getByText(w('silent'))).toBeVisible({ timeout: 15_000 });
	await page.getByRole('button', { name: w('stop') }).click();
	await endedAs('silent', 'stall');
});

test('with no server too, from the phone through its worker', async () => {
	await phone.close();
	await server.stop();
	await openPhone();
	await reachesNothing();
	await isLetGoOf('flood', 'flooded');
	for (const id of ['leave', 'home', 'other']) await isLetGoOf(id, 'left');
});

test('gives the text after it froze a phone that keeps frames and pages together', async () => {
	await phone.close();
	await openPhone('--disable-site-isolation-trials');
	const soon = (time: number) => new Promise<false>((done) => setTimeout(() => done(false), time));
	const alive = () => Promise.race([page.evaluate(() => true).catch(() => false), soon(2000)]);
	// What asked a frozen page may never come back.
	await Promise.race([begin('loop').catch(() => undefined), soon(8000)]);
	await expect.poll(alive, { timeout: 20_000 }).toBe(false);
	// Nobody kills a frozen phone at once; Chromium writes its store to disk after five seconds.
	await soon(6000);
	await killBrowser();
	await openPhone();
	await page.goto(unit('loop'));
	await hydrated(page);
	await expect(page.getByText(w('hung')).first()).toBeVisible();
	await expect(page.getByText('What loop teaches (en).')).toBeVisible();
	await expect(page.getByRole('button', { name: w('start-anyway') }).first()).toBeVisible();
	await nothingLeft();
});

/** Ends the browser of this profile as a person, or the system, ends an app that does not answer. */
async function killBrowser(): Promise<void> {
	const closed = phone.waitForEvent('close');
	for (const id of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
		const words = (await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')).split('\0');
		if (words.includes(`--user-data-dir=${profile}`) && !words.some((each) => each.startsWith('--type='))) {
			process.kill(Number(id), 'SIGKILL');
		}
	}
	await closed;
}
