/**
 * FIL-4 to FIL-8: a package goes from one phone to another as a file. What comes out of it is checked as from the network,
 * needs no link, goes on where it broke off, and is refused where it is damaged.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { startLink, type LinkProxy } from '../factories/link-proxy.ts';
import { newDevice, type Device } from '../factories/people-on-pages.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import { savePackage, word, workerReady } from '../factories/student.ts';

const ID = 'rooftop-solar';
const f = (key: string) => word('en', 'file', key);

let server: RunningServer;
let link: LinkProxy;
let giver: Device;
let taker: Device;
let file: string;

test.describe.configure({ mode: 'serial', timeout: 120_000 });
test.beforeAll(async () => {
	server = await startServer();
	link = await startLink(server.origin);
	giver = await newDevice({ locale: 'en' });
	taker = await newDevice({ locale: 'en', viewport: { width: 360, height: 740 } });
	file = join(server.data, `${ID}.setara`);
});
test.afterAll(async () => {
	for (const device of [giver, taker]) await device?.dispose();
	await link?.close();
	await server?.dispose();
});

const choose = (page: Page, path: string) => page.getByLabel(f('choose')).setInputFiles(path);
const unit = () => taker.page.goto(`${link.origin}/en/library/${ID}`);

test('FIL-8 writes what is saved as a file', async () => {
	const { page } = giver;
	await page.goto(`${server.origin}/en/library/${ID}`);
	await savePackage(page, server.origin, { tier: 'video' });
	await page.getByRole('link', { name: word('en', 'library', 'as-file') }).click();
	// A browser that does not ask where to.
	await page.evaluate(() => delete (window as { showSaveFilePicker?: unknown }).showSaveFilePicker);
	const coming = page.waitForEvent('download');
	await page.getByRole('button', { name: /\.setara|Write the file/ }).click();
	const download = await coming;
	expect(download.suggestedFilename()).toBe(`${ID}-1.0.0.setara`);
	await download.saveAs(file);
	await expect(page.getByText(f('written'))).toBeVisible();
	expect((await readFile(file)).subarray(0, 14).toString()).toBe('setara-file/1 ');
});

test('FIL-6 says what a file has, or what is wrong with it, before anything is stored', async () => {
	const { page } = taker;
	await page.goto(`${link.origin}/en/library`);
	await workerReady(page);
	await page.goto(`${link.origin}/en/me/file`);
	const whole = await readFile(file);
	const other = join(server.data, 'other.setara');
	await writeFile(other, 'a shopping list');
	await choose(page, other);
	await expect(page.getByText(word('en', 'faults', 'file/not-setara'))).toBeVisible();
	await writeFile(other, whole.subarray(0, whole.length - 1000));
	await choose(page, other);
	await expect(page.getByText(word('en', 'faults', 'file/cut'))).toBeVisible();
	await choose(page, file);
	await expect(page.getByRole('heading', { name: 'Rooftop solar' })).toBeVisible();
});

test('FIL-5 a damaged file gives what is good of it, and says so where nothing else has the rest', async () => {
	const { page } = taker;
	link.isCut = true;
	link.cut();
	const bytes = await readFile(file);
	bytes[bytes.length - 5000]! ^= 1;
	const damaged = join(server.data, 'damaged.setara');
	await writeFile(damaged, bytes);
	await choose(page, damaged);
	await page.getByRole('button', { name: f('save') }).click();
	await page.waitForURL(`**/library/${ID}`);
	await expect(page.getByText(word('en', 'faults', 'file/damaged')).first()).toBeVisible({ timeout: 60_000 });
});

test('FIL-4 the whole file, with no link, ends what the damaged one began, and the lesson opens', async () => {
	await taker.close();
	await taker.open();
	const { page } = taker;
	await page.goto(`${link.origin}/en/me/file`);
	await choose(page, file);
	await page.getByRole('button', { name: f('save') }).click();
	await page.waitForURL(`**/library/${ID}`);
	await expect(page.getByRole('heading', { name: word('en', 'library', 'saved') })).toBeVisible({
		timeout: 60_000
	});
	await expect(page.getByText(word('en', 'library', 'checked-here'))).toBeVisible();
	await page.getByRole('link', { name: word('en', 'library', 'open') }).click();
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	expect(link.bytesOf('/pack/') + link.bytesOf('/blob/')).toBe(0);
	await unit();
	await page.goto(`${link.origin}/en/me/file`);
	await choose(page, file);
	await expect(page.getByText(f('is-here'))).toBeVisible();
});

test('FIL-9 a file that another app shares is looked into, and nothing is saved by that', async () => {
	const { page } = taker;
	await page.goto(`${link.origin}/en/me`);
	await page.evaluate(() => {
		const form = Object.assign(document.createElement('form'), {
			...{ id: 'sharing', method: 'post', enctype: 'multipart/form-data', action: '/share' }
		});
		form.append(Object.assign(document.createElement('input'), { type: 'file', name: 'file' }));
		document.body.append(form);
	});
	await page.locator('#sharing input').setInputFiles(file);
	await Promise.all([
		page.waitForURL('**/me/file?shared'),
		page.evaluate(() => (document.getElementById('sharing') as HTMLFormElement).submit())
	]);
	await expect(page.getByRole('heading', { name: 'Rooftop solar' })).toBeVisible();
	await expect(page.getByText(f('is-here'))).toBeVisible();
	expect(await page.evaluate(() => caches.has('setara-shared'))).toBe(false);
});
