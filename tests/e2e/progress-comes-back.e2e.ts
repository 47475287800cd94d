/** What was learned without an account is claimed, reaches the server, and stands on another phone (SYN-74 to SYN-81). */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { openProfile } from '../factories/browser.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import { hydrated, word } from '../factories/student.ts';

const w = (...[namespace, key]: [Parameters<typeof word>[1], string]) => word('en', namespace, key);
const NAME = 'สมชาย.ใจดี';
const PASSWORD = 'three dry roofs';

let server: RunningServer;
const folders: string[] = [];
const phones: BrowserContext[] = [];
let first: Page;
let second: Page;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
	server = await startServer();
	first = await newPhone();
	second = await newPhone();
});

test.afterAll(async () => {
	for (const phone of phones) await phone.close();
	await server?.dispose();
	for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function newPhone(): Promise<Page> {
	const folder = await mkdtemp(join(tmpdir(), 'setara-phone-'));
	folders.push(folder);
	const phone = await openProfile(folder, { locale: 'en' });
	phones.push(phone);
	return phone.pages()[0] ?? phone.newPage();
}

async function open(page: Page, path: string): Promise<void> {
	await page.goto(`${server.origin}/en/${path}`);
	await hydrated(page);
}

const steps = (page: Page) => page.getByRole('checkbox');
const GUIDE = 'library/rooftop-solar/mounting';

async function fill(page: Page, name: string, password: string, isNew = false): Promise<void> {
	await page.getByLabel(w('account', 'name')).fill(name);
	await page.getByLabel(w('account', isNew ? 'new-password' : 'password'), { exact: true }).fill(password);
}

async function signIn(page: Page, name = NAME, password = PASSWORD): Promise<void> {
	await open(page, 'me/sign-in');
	await fill(page, name, password);
	await page.getByRole('button', { name: w('account', 'sign-in') }).click();
}

const signedInAs = (page: Page, name = NAME) =>
	page.getByText(w('account', 'signed-in-as').replace('{{name}}', name));

/** Ticks a step; the mark stands once it is on this phone's disk. */
async function tick(page: Page, step: number): Promise<void> {
	await steps(page).nth(step).click();
	await expect(steps(page).nth(step)).toBeChecked();
}

/** Nothing waits: the server's receipt for all of it is on this phone. */
async function allSent(page: Page): Promise<void> {
	await open(page, 'status');
	await expect(page.getByText(w('sync', 'nothing-waits'))).toBeVisible({ timeout: 20_000 });
}

test('learns without an account', async () => {
	await open(first, GUIDE);
	await tick(first, 0);
	await first.reload();
	await expect(steps(first).first()).toBeChecked();
	await open(first, 'me');
	await expect(first.getByText(w('account', 'no-account'))).toBeVisible();
});

test('is told what is wrong with a name or password, in a sentence', async () => {
	await open(first, 'me/join');
	await fill(first, NAME, 'password123', true);
	await first.getByRole('button', { name: w('account', 'join') }).click();
	await expect(first.getByRole('alert')).toBeVisible();
});

test('makes an account, is asked once whether it is theirs, and sees it sent', async () => {
	await fill(first, NAME, PASSWORD, true);
	await first.getByRole('button', { name: w('account', 'join') }).click();
	await expect(first.getByRole('heading', { name: w('account', 'is-yours') })).toBeVisible();
	await expect(first.getByText(/Rooftop solar/)).toBeVisible();
	await first.getByRole('button', { name: w('account', 'yours-yes') }).click();
	await expect(signedInAs(first)).toBeVisible();
	await allSent(first);
});

test('sees the same progress on a second phone', async () => {
	await signIn(second);
	await expect(signedInAs(second)).toBeVisible();
	await open(second, GUIDE);
	await expect(steps(second).first()).toBeChecked({ timeout: 20_000 });
});

test('brings back what the second phone did', async () => {
	await tick(second, 1);
	await allSent(second);
	await open(first, GUIDE);
	await expect(steps(first).nth(1)).toBeChecked({ timeout: 20_000 });
});

test('hides it all when signed out, and what waits is sent all the same', async () => {
	// No answer reaches this phone while it is done, so it waits.
	await first.route('**/api/progress*', (route) => route.abort());
	await tick(first, 2);
	await open(first, 'me');
	await first.getByRole('button', { name: w('account', 'sign-out') }).click();
	await expect(first.getByText(w('account', 'no-account'))).toBeVisible();
	await open(first, GUIDE);
	await expect(steps(first).first()).not.toBeChecked();
	await first.unroute('**/api/progress*');
	await first.reload();
	await open(second, GUIDE);
	await expect(async () => {
		await second.reload();
		await expect(steps(second).nth(2)).toBeChecked({ timeout: 3000 });
	}).toPass({ timeout: 30_000 });
});

test('gets back in with a code from an administrator', async () => {
	const [, password] = /demo-administrator\s+(\S+)/.exec(server.output()) ?? [];
	const admin = await newPhone();
	await signIn(admin, 'demo-administrator', password);
	await expect(signedInAs(admin, 'demo-administrator')).toBeVisible();
	await admin.getByRole('link', { name: w('people', 'way-note') }).click();
	await admin.getByLabel(w('people', 'find')).fill(NAME);
	await admin.getByRole('button', { name: NAME }).click();
	await admin.getByRole('button', { name: w('people', 'make-code') }).click();
	const code = await admin.locator('.code').textContent();

	await open(first, 'me/reset');
	await fill(first, NAME, 'another dry roof', true);
	await first.getByLabel(w('account', 'code')).fill(code!.toLowerCase());
	await first.getByRole('button', { name: w('account', 'reset-do') }).click();
	await expect(first.getByText(w('account', 'reset-done'))).toBeVisible();
	await signIn(first, NAME, 'another dry roof');
	// A lesson was opened here meanwhile, which is not worth the question.
	await expect(signedInAs(first)).toBeVisible();
	await open(first, GUIDE);
	await expect(steps(first).nth(2)).toBeChecked({ timeout: 20_000 });
	// The other phone was signed out with the old password, and says so.
	await open(second, 'me');
	await expect(second.getByText(w('account', 'sign-in-to-send'))).toBeVisible({ timeout: 20_000 });
});

test('takes the data away as a file, and deletes the account', async () => {
	await open(first, 'me/data');
	const [file] = await Promise.all([
		first.waitForEvent('download'),
		first.getByRole('button', { name: w('account', 'export') }).click()
	]);
	const statements = JSON.parse(
		await (await file.createReadStream()).toArray().then((all) => Buffer.concat(all).toString())
	);
	expect(statements.length).toBeGreaterThan(3);
	await first.getByLabel(w('account', 'delete-name').replace('{{name}}', NAME)).fill(NAME);
	await first.getByRole('button', { name: w('account', 'delete-do') }).click();
	await expect(first.getByText(w('account', 'deleted-here'))).toBeVisible();
	await first.getByRole('button', { name: w('account', 'forget') }).click();
	await expect(first.getByText(w('account', 'no-account'))).toBeVisible();
	await open(first, GUIDE);
	await expect(steps(first).first()).not.toBeChecked();
	await signIn(first, NAME, 'another dry roof');
	await expect(first.getByRole('alert')).toBeVisible();
});
