/**
 * DRA-60 to DRA-66: what a teacher wrote with no link goes to another phone as a file, with its photo, and is handed in from
 * there; when the first phone's hand-in comes too, it is the same one.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { HandInList } from '../../src/lib/core/protocol/hand-in.ts';
import * as course from '../factories/course-in-lao.ts';
import { lo } from '../factories/course-in-lao.ts';
import { says, standsAt } from '../factories/handing-in-lao.ts';
import { newDevice, signIn, type Device } from '../factories/people-on-pages.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import { hydrated, word, wordPattern } from '../factories/student.ts';
import { authoringKept } from '../factories/work-on-phone.ts';

const TEACHER = 'demo-teacher';
let server: RunningServer;
let first: Device;
let second: Device;
let file: string;
/** Address of the draft, the same on both phones. */
let draft: string;
let photo: string;

test.describe.configure({ mode: 'serial', timeout: 180_000 });
test.beforeAll(async () => {
	server = await startServer();
	first = await newDevice({ locale: 'lo', camera: true });
	second = await newDevice({ locale: 'lo' });
	file = join(server.data, 'work.setara-work');
	for (const { page } of [first, second]) {
		await signIn(page, server, { name: TEACHER, language: 'lo' });
		await page.goto(`${server.origin}/lo/teach`);
		await authoringKept(page);
	}
});
test.afterAll(async () => {
	for (const device of [first, second]) await device?.dispose();
	await server?.dispose();
});

/** A browser that does not ask where to. */
async function download(page: Page, button: string): Promise<void> {
	await page.evaluate(() => delete (window as { showSaveFilePicker?: unknown }).showSaveFilePicker);
	const coming = page.waitForEvent('download');
	await page.getByRole('button', { name: button, exact: true }).click();
	const download = await coming;
	expect(download.suggestedFilename()).toMatch(/^course-[0-9a-f]{12}-\d{4}-\d\d-\d\d\.setara-work$/);
	await download.saveAs(file);
	await expect(page.getByText(wordPattern('lo', 'teach', 'file-written'))).toBeVisible();
}

const choose = (page: Page, path: string) => page.getByLabel(lo('file-choose')).setInputFiles(path);
const handIn = async (page: Page) => {
	await page.goto(draft);
	await page.getByRole('button', { name: lo('hand-in') }).click();
	await expect(page.getByText(lo('state-here')).first()).toBeVisible();
};

test('DRA-60 a course with a photo, handed in with no link, is saved as a file', async () => {
	const { page } = first;
	await server.stop();
	draft = server.origin + (await course.beginCourse(page, server.origin));
	await course.writeTheory(page, draft);
	await course.writePractice(page, draft);
	await course.writeAssessment(page, draft);
	await handIn(page);
	await download(page, lo('file-keep'));
	const text = (await readFile(file)).toString('latin1');
	expect(text.startsWith('setara-work/1 ')).toBe(true);
	photo = /"role":"picture","digest":"([0-9a-f]{64})"/.exec(text)![1]!;
});

test('DRA-60 what waits for more than three days is offered in words, until it is in a file', async () => {
	// Not the browser's whole clock: that takes `performance` along, which tells when a page answers.
	await first.page.addInitScript(() => {
		const later = location.hash === '#later' ? 4 * 86_400_000 : 0;
		const now = Date.now.bind(Date);
		Date.now = () => now() + later;
	});
	const { page } = first;
	const offer = page.getByRole('note').filter({ hasText: wordPattern('lo', 'teach', 'file-waits') });
	const at = async (address: string) => {
		await page.goto('about:blank');
		await page.goto(address);
		await hydrated(page);
	};
	await at(`${server.origin}/lo/teach#later`);
	await expect(page.getByRole('heading', { name: lo('mine') })).toBeVisible();
	await expect(offer).toBeHidden();
	// Changed since: the file lacks that.
	await at(draft);
	await page.getByLabel(lo('goal'), { exact: true }).fill('ຜູ້ຮຽນປອກສາຍໄຟໄດ້.');
	await course.draftSaved(page);
	await at(`${server.origin}/lo/teach#later`);
	await expect(offer).toBeVisible();
	await expect(offer).toContainText(wordPattern('lo', 'teach', 'file-waits-text'));
	await at(`${draft}#later`);
	await expect(offer).toBeVisible();
	await page.getByRole('button', { name: lo('undo'), exact: true }).click();
	await course.draftSaved(page);
	await download(page, lo('file-keep-handed'));
});

test('DRA-62 the other phone, with no link either, refuses a file that is damaged or none', async () => {
	const { page } = second;
	await page.goto(`${server.origin}/lo/teach`);
	await page.getByRole('link', { name: lo('file-take') }).click();
	const whole = await readFile(file);
	const bad = join(server.data, 'bad.setara-work');
	const fault = (code: string) =>
		page.getByText(word('lo', code.startsWith('work') ? 'work-faults' : 'faults', code));
	await writeFile(bad, whole.subarray(0, -9));
	await choose(page, bad);
	await expect(fault('file/cut')).toBeVisible();
	const wrong = Buffer.from(whole);
	wrong[whole.length - 5]! ^= 1;
	await writeFile(bad, wrong);
	await choose(page, bad);
	await expect(fault('work-file/damaged')).toBeVisible();
	await choose(page, 'package.json');
	await expect(fault('work-file/not-one')).toBeVisible();
});

test('DRA-63 says what is in it, takes it in, and hands it in, with no link', async () => {
	const { page } = second;
	await choose(page, file);
	await expect(page.getByRole('heading', { name: course.TITLE })).toBeVisible();
	await expect(page.getByText(TEACHER)).toBeVisible();
	await expect(page.getByText(wordPattern('lo', 'teach', 'file-handed'))).toBeVisible();
	await page.getByRole('button', { name: wordPattern('lo', 'teach', 'file-take-in') }).click();
	await expect(page.getByText(lo('file-taken'), { exact: true })).toBeVisible();
	await page.getByRole('link', { name: course.TITLE }).click();
	await page.waitForURL(draft);
	await expect(page.getByText(wordPattern('lo', 'teach', 'file-from')).first()).toBeVisible();
	await handIn(page);
	await page.goto(`${draft}/preview/unit-2`);
	await expect(page.getByRole('img', { name: course.PHOTO })).toBeVisible();
	// Once more: it is here.
	await page.goto(`${server.origin}/lo/teach/file`);
	await choose(page, file);
	await expect(page.getByText(lo('file-nothing-new'))).toBeVisible();
});

test('DRA-66 the server gets it with its photo, and the first phone’s is the same one', async () => {
	await server.start();
	const list = (page: Page) =>
		page.evaluate(async () => ((await (await fetch('/api/hand-in')).json()) as HandInList).submissions);
	await standsAt(second.page, draft, 'in-review');
	await expect
		.poll(async () => (await list(second.page)).map(({ bytes, received }) => received === bytes))
		.toEqual([true]);
	const path = join(server.data, 'incoming', photo.slice(0, 2), photo);
	expect(existsSync(path)).toBe(true);
	await standsAt(first.page, draft, 'in-review');
	await expect(says(first.page, 'state-in-review')).toBeVisible();
	const all = await list(first.page);
	expect(all.map(({ state, draft: of }) => [state, draft.endsWith(of)])).toEqual([['in-review', true]]);
});
