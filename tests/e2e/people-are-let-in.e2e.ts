/** An administrator lets a teacher in by a code, holds their rights and gives them back (docs/spec/people.md). */
import { expect, test, type Browser, type Page } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
import { chromium } from '@playwright/test';
import { CHROMIUM_FLAGS } from '../factories/browser.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import { hydrated, word } from '../factories/student.ts';

const w = (...[namespace, key]: [Parameters<typeof word>[1], string]) => word('en', namespace, key);
const TEACHER = 'noy.vongsa';
const PASSWORD = 'three dry roofs';

let server: RunningServer;
let browser: Browser;
let admin: Page;
let teacher: Page;
let link: string;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
	server = await startServer({ SETARA_DEMO: '0' });
	browser = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: CHROMIUM_FLAGS
	});
	admin = await newPage(1280, 800);
	teacher = await newPage(360, 740);
});
test.afterAll(async () => {
	await browser?.close();
	await server?.dispose();
});

async function newPage(width: number, height: number): Promise<Page> {
	const context = await browser.newContext({ locale: 'en', viewport: { width, height } });
	return context.newPage();
}

async function join(page: Page, name: string): Promise<void> {
	await page.getByLabel(w('account', 'name')).fill(name);
	await page.getByLabel(w('account', 'new-password')).fill(PASSWORD);
	await page.getByRole('button', { name: w('account', 'join') }).click();
	await expect(page.getByText(w('account', 'signed-in-as').replace('{{name}}', name))).toBeVisible();
}

async function checked(page: Page): Promise<void> {
	const { violations } = await new AxeBuilder({ page }).analyze();
	expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
	expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}

test('PPL-50 the link that the start printed makes the first administrator, once', async () => {
	const [, address] = /(\S+\/me\/join#\S+)/.exec(server.output()) ?? [];
	await admin.goto(address!);
	await hydrated(admin);
	await join(admin, 'first.administrator');
	await expect(admin.getByRole('link', { name: w('people', 'way-note') })).toBeVisible();

	const late = await newPage(360, 740);
	await late.goto(address!);
	await hydrated(late);
	await late.getByLabel(w('account', 'name')).fill('too.late');
	await late.getByLabel(w('account', 'new-password')).fill(PASSWORD);
	await late.getByRole('button', { name: w('account', 'join') }).click();
	await expect(late.getByRole('alert')).toContainText('This code was used');
});

test('an institution is added, and a code made for a teacher of it', async () => {
	await admin.getByRole('link', { name: w('people', 'way-note') }).click();
	await expect(admin.getByRole('heading', { level: 1, name: w('people', 'people') })).toBeVisible();
	await checked(admin);
	await admin.getByRole('link', { name: w('people', 'section-institutions') }).click();
	await expect(admin.getByText(w('people', 'no-institutions'))).toBeVisible();
	await admin.getByLabel(w('people', 'institution-name')).fill('Savannakhet Technical College');
	await admin.getByLabel(w('people', 'country')).selectOption('LA');
	await admin.getByRole('button', { name: w('people', 'add-institution') }).click();
	await expect(admin.getByRole('listitem').filter({ hasText: 'Savannakhet' })).toBeVisible();
	await checked(admin);

	await admin.getByRole('link', { name: w('people', 'section-codes') }).click();
	await admin.getByRole('button', { name: w('people', 'make-code') }).click();
	link = (await admin.locator('a[href*="/me/join#"]').getAttribute('href'))!;
	await checked(admin);
});

test('PPL-40 the teacher joins with the code at 360 px, and sees the way to what they make', async () => {
	await teacher.goto(link);
	await hydrated(teacher);
	await expect(teacher.getByLabel(w('account', 'code'))).toHaveValue(link.split('#')[1]!);
	await checked(teacher);
	await join(teacher, TEACHER);
	const way = teacher.getByRole('link', { name: w('teach', 'mine-note') });
	await expect(way).toBeVisible();
	await expect(teacher.getByRole('link', { name: w('people', 'way-learners') })).toBeVisible();
	await way.click();
	await expect(teacher.getByRole('heading', { level: 1 })).toBeVisible();
});

test('PPL-13 rights on hold are said on Me, and given back', async () => {
	await admin.goto(`${server.origin}/en/admin`);
	await admin.getByRole('button', { name: TEACHER }).click();
	await checked(admin);
	await admin.getByRole('button', { name: w('people', 'hold'), exact: true }).press('Enter');
	await expect(admin.getByText(w('people', 'on-hold'))).toBeVisible();
	await teacher.goto(`${server.origin}/en/me`);
	await expect(teacher.getByText('put your rights on hold')).toBeVisible();
	await expect(teacher.getByRole('link', { name: w('teach', 'mine-note') })).toHaveCount(0);
	await teacher.goto(`${server.origin}/en/admin`);
	await expect(teacher.getByRole('heading', { name: w('people', 'needs-right') })).toBeVisible();

	await admin.getByRole('button', { name: TEACHER }).click();
	await admin.getByRole('button', { name: w('people', 'give-back') }).click();
	await expect(admin.getByText(w('people', 'on-hold'))).toHaveCount(0);
	await teacher.goto(`${server.origin}/en/me`);
	await expect(teacher.getByRole('link', { name: w('teach', 'mine-note') })).toBeVisible();
});

test('PPL-60 all of it stands in the log', async () => {
	await admin.getByRole('link', { name: w('people', 'section-log') }).click();
	const log = admin.getByRole('list').filter({ hasText: TEACHER });
	for (const text of ['on hold', 'the rights back', 'came in with a code', 'added an institution']) {
		await expect(log).toContainText(text);
	}
	await checked(admin);
});
