/**
 * A course with markup and script in every field of text that takes any, published, and handed in and talked about: on
 * every page of students, experts and administrators it is words (HND-23; docs/spec/hand-in.md, Bad input).
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { UnitPage } from '../../src/lib/core/lessons/unit-page.ts';
import type { HandInAnswer } from '../../src/lib/core/protocol/hand-in.ts';
import type { LibraryPage, PackagePage } from '../../src/lib/core/protocol/library.ts';
import { openProfile } from '../factories/browser.ts';
import { writeSource } from '../factories/ground.ts';
import { handedIn, send } from '../factories/handed-in.ts';
import { MARKUP, tryMarkup, wordyDraft } from '../factories/hostile-words.ts';
import { learnerSays } from '../factories/learners.ts';
import { newDevice, passwordOf, signIn, type Device } from '../factories/people-on-pages.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import { hydrated } from '../factories/student.ts';

let server: RunningServer;
let content: string;
let units: string[];
let submission: string;
const draft = wordyDraft('demo-teacher');

test.beforeAll(async () => {
	content = await mkdtemp(join(tmpdir(), 'setara-content-'));
	await writeSource(content, tryMarkup(draft).source);
	server = await startServer({ CONTENT_DIR: content });
	const found = await fetch(`${server.origin}/api/library/${draft.package}?lang=en`);
	if (!found.ok) throw new Error(server.output());
	units = ((await found.json()) as PackagePage).modules.flatMap(({ units }) => units.map(({ id }) => id));
	submission = await handInAndTalk();
});
test.afterAll(async () => {
	await server?.dispose();
	await rm(content, { recursive: true, force: true });
});

const post = (path: string, body: unknown, cookie = '') =>
	fetch(`${server.origin}${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', cookie },
		body: JSON.stringify(body)
	});
async function cookiesOf(name: string): Promise<string> {
	const entered = await post('/api/account/sign-in', { name, password: passwordOf(server, name) });
	return entered.headers
		.getSetCookie()
		.map((cookie) => cookie.split(';')[0])
		.join('; ');
}

/** Another one of the same words, with a word to the committee, a comment at every kind of place, and what to change. */
async function handInAndTalk(): Promise<string> {
	const maker = await cookiesOf('demo-teacher');
	const work = await handedIn(tryMarkup({ ...draft, package: 'course-handed-in' }).source);
	const request = { ...work.request, note: MARKUP };
	const answer = (await (await post('/api/hand-in', request, maker)).json()) as HandInAnswer;
	const { id } = answer.submission;
	for (const digest of answer.missing) {
		const bytes = work.blobs.get(digest)!;
		await send({ origin: server.origin, cookies: maker, submission: id, digest, bytes });
	}
	const expert = await cookiesOf('demo-expert-china');
	const unit = draft.units[0]!.id;
	for (const [language, at, block] of [
		['en', unit, 'b1'],
		['en', unit, null],
		[null, null, null]
	]) {
		const comment = { id: randomUUID(), language, unit: at, block, quote: MARKUP, text: MARKUP };
		expect((await post(`/api/review/${id}/comment`, comment, expert)).status).toBe(200);
	}
	const asked = { manifest: request.manifest, text: MARKUP };
	expect((await post(`/api/review/${id}/ask-changes`, asked, expert)).status).toBe(200);
	return id;
}

/** What became an element out of these words, or ran. */
const letIn = (page: Page) =>
	page.evaluate(() => [
		...((globalThis as { hostile?: number }).hostile === undefined ? [] : ['it ran']),
		...[
			...document.querySelectorAll('img[src="x"], [onerror*="hostile"], [onload*="hostile"]'),
			...[...document.querySelectorAll('script')].filter(({ text }) => text.startsWith('window.hostile'))
		].map(({ outerHTML }) => outerHTML)
	]);

/** Nothing of it is more than words; `least` times it can be read. */
async function isWords(page: Page, address: string, least: number): Promise<void> {
	expect(await letIn(page), address).toEqual([]);
	const read = await page.locator('body').innerText();
	expect(read.split('window.hostile=2').length - 1, address).toBeGreaterThanOrEqual(least);
}

for (const isScripted of [false, true]) {
	test(`students read it as words, ${isScripted ? 'in the app' : 'as the server writes it'}`, async () => {
		const profile = await mkdtemp(join(tmpdir(), 'setara-words-'));
		const context = await openProfile(profile, { isScripted });
		const page = context.pages()[0] ?? (await context.newPage());
		const at = `/en/library/${draft.package}`;
		for (const [address, least] of [
			['/en/library', 1],
			[at, 3],
			...units.map((unit): [string, number] => [`${at}/${unit}`, 1])
		] as [string, number][]) {
			await page.goto(server.origin + address);
			if (isScripted) await hydrated(page);
			await isWords(page, address, least);
		}
		// A page that let it in would have been seen.
		await page.evaluate((markup) => document.body.insertAdjacentHTML('beforeend', markup), MARKUP);
		expect((await letIn(page)).length).toBeGreaterThanOrEqual(3);
		await context.close();
		await rm(profile, { recursive: true, force: true });
	});
}

test('experts and administrators read it as words', async () => {
	const devices: Device[] = [];
	try {
		for (const name of ['demo-expert-china', 'demo-administrator']) {
			const device = await newDevice({ locale: 'en', viewport: { width: 1280, height: 800 } });
			devices.push(device);
			const { page } = device;
			await signIn(page, server, { name, language: 'en' });
			await page.goto(`${server.origin}/en/review?show=all`);
			await hydrated(page);
			await isWords(page, 'queue', 0);
			await page.goto(`${server.origin}/en/review/${submission}?in=en`);
			await expect(page.locator('.diff').first()).toBeVisible();
			await isWords(page, 'desk', 5);
			const links = page.locator('aside.tree li a:visible');
			for (let n = 0; n < (await links.count()); n++) {
				await links.nth(n).click();
				await expect(page.locator('.diff .row').first()).toBeVisible();
				await isWords(page, `desk, unit ${n}`, 3);
			}
		}
	} finally {
		for (const device of devices) await device.dispose();
	}
});

test('what learners say, and what places are called, is words to who reads it', async () => {
	const unit = await fetch(`${server.origin}/api/library/${draft.package}/${draft.units[0]!.id}?lang=en`);
	const page = (await unit.json()) as UnitPage;
	for (let n = 0; n < 5; n++) {
		const said = { place: 'b1', mark: 'wrong', isRight: true, words: MARKUP, language: 'en' } as const;
		await learnerSays(server.origin, `reader${n}says`, page, said);
	}
	const called = { name: MARKUP, country: 'LA', kind: 'school' };
	const made = await post('/api/people/institutions', called, await cookiesOf('demo-administrator'));
	expect(made.status).toBe(200);
	for (const [name, pages] of [
		['demo-expert-china', [[`review/published/${draft.package}`, 5]]],
		[
			'demo-administrator',
			[
				['admin', 0],
				['admin/institutions', 1],
				['admin/codes', 0],
				['admin/log', 1]
			]
		]
	] as [string, [string, number][]][]) {
		const device = await newDevice({ locale: 'en', viewport: { width: 1280, height: 800 } });
		try {
			await signIn(device.page, server, { name, language: 'en' });
			for (const [path, least] of pages) {
				await device.page.goto(`${server.origin}/en/${path}`);
				await hydrated(device.page);
				if (least > 0) await expect(device.page.getByText(MARKUP).first()).toBeVisible();
				await isWords(device.page, path, least);
			}
		} finally {
			await device.dispose();
		}
	}
});

test('in a list as data it is text in JSON', async () => {
	const response = await fetch(`${server.origin}/api/library?lang=en`);
	const { packages } = (await response.json()) as LibraryPage;
	expect(JSON.stringify(packages)).toContain(JSON.stringify(MARKUP).slice(1, -1));
	expect(response.headers.get('content-type')).toMatch(/^application\/json/);
});
