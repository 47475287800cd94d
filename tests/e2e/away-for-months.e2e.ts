/** What a student sees after months away, and where the server follows another root than the phone (TRU-8, TRU-14). */
import { expect, test } from '@playwright/test';
import { startLink, type LinkProxy } from '../factories/link-proxy.ts';
import { newDevice, type Device } from '../factories/people-on-pages.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import { hydrated, savePackage, word, workerReady } from '../factories/student.ts';

const w = (key: string) => word('en', 'sources', key);
const DAY = 86_400_000;

let server: RunningServer;
let other: RunningServer;
let link: LinkProxy;
let student: Device;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
	server = await startServer();
	link = await startLink(server.origin);
	student = await newDevice({ locale: 'en', viewport: { width: 360, height: 740 } });
	await student.page.goto(`${link.origin}/en/library`);
	await workerReady(student.page);
	await savePackage(student.page, link.origin, { tier: 'pictures' });
});
test.afterAll(async () => {
	await student?.dispose();
	await link?.close();
	for (const each of [server, other]) await each?.dispose();
});

const today = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' });
const ofDay = (time: number) => w('of-day').replace('{{day}}', today.format(time));

test('TRU-8 the catalogue has its day on it, and what is past its date is said, with no link too', async () => {
	const { page } = student;
	await page.goto(`${link.origin}/en/me/sources`);
	await expect(page.getByText(ofDay(Date.now()))).toBeVisible();
	await expect(page.getByText(w('past'))).toBeHidden();
	link.isCut = true;
	await page.clock.setFixedTime(Date.now() + 183 * DAY);
	await page.goto(`${link.origin}/en/me/sources`);
	await expect(page.getByText(ofDay(Date.now()))).toBeVisible();
	await expect(page.getByText(w('past'))).toBeVisible();
	link.isCut = false;
});

test('TRU-14 another root is said, keeps what is saved, and is followed only when the person says so', async () => {
	// Opened anew, with a clock of its own: a set one stays with a browser.
	await student.close();
	const page = await student.open();
	other = await startServer();
	link.target = other.origin;
	await page.goto(`${link.origin}/en/library/isolate-and-lock`);
	await hydrated(page);
	await page.getByRole('button', { name: word('en', 'library', 'save') }).click();
	await expect(page.getByText(word('en', 'faults', 'trust/another-root')).first()).toBeVisible();
	await page.goto(`${link.origin}/en/me/sources`);
	await expect(page.getByText(w('other-root'), { exact: true })).toBeVisible();
	await page.getByRole('button', { name: w('follow') }).click();
	await expect(page.getByText(w('other-root'), { exact: true })).toBeHidden();
	await expect(page.getByText(ofDay(Date.now()))).toBeVisible();
});
