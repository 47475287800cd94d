/**
 * Two experts of two parties approve what a teacher handed in, each on a device and in a language of their own: it comes
 * to the library and onto a student's phone, altered bytes are refused there, and a recall locks it, offline too.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import type { HandInAnswer } from '../../src/lib/core/protocol/hand-in.ts';
import { openProfile } from '../factories/browser.ts';
import { courseBy, handedIn, send } from '../factories/handed-in.ts';
import { startLink, type LinkProxy } from '../factories/link-proxy.ts';
import { openPhone, readUnit, save } from '../factories/phone.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import { hydrated, word } from '../factories/student.ts';

const COURSE = 'tie-a-knot';
const REASON = 'The knot in step 1 slips.';
const TEXT = { languages: ['en'] as ['en'], tier: 'text' as const };

let server: RunningServer;
let link: LinkProxy;
let submission: string;
const folders: string[] = [];
const open: BrowserContext[] = [];
let student: Page;
const experts: Record<string, Page> = {};

test.describe.configure({ mode: 'serial', timeout: 180_000 });

test.beforeAll(async () => {
	server = await startServer();
	link = await startLink(server.origin);
	submission = await handIn();
});
test.afterAll(async () => {
	for (const context of open) await context.close();
	await link?.close();
	await server?.dispose();
	for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

const passwordOf = (name: string): string => new RegExp(`${name}\\s+(\\S+)`).exec(server.output())?.[1] ?? '';

/** As a phone does it: the snapshot's list, then every blob by tus. */
async function handIn(): Promise<string> {
	const name = 'demo-teacher';
	const post = (path: string, body: unknown, cookie = '') =>
		fetch(`${server.origin}${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', cookie },
			body: JSON.stringify(body)
		});
	const entered = await post('/api/account/sign-in', { name, password: passwordOf(name) });
	const cookies = entered.headers
		.getSetCookie()
		.map((cookie) => cookie.split(';')[0])
		.join('; ');
	const work = await handedIn(courseBy(name, COURSE));
	const answer = (await (await post('/api/hand-in', work.request, cookies)).json()) as HandInAnswer;
	for (const digest of answer.missing) {
		const bytes = work.blobs.get(digest)!;
		await send({ origin: server.origin, cookies, submission: answer.submission.id, digest, bytes });
	}
	return answer.submission.id;
}

async function device(language: string): Promise<BrowserContext> {
	const folder = await mkdtemp(join(tmpdir(), 'setara-expert-'));
	folders.push(folder);
	const context = await openProfile(folder, {
		locale: language,
		viewport: { width: 1280, height: 800 }
	});
	open.push(context);
	return context;
}

/** Signs in and makes a key that is good for English and Thai. */
async function enter(name: string, language: string): Promise<Page> {
	const page = (await device(language)).pages()[0]!;
	await page.goto(`${server.origin}/${language}/me/sign-in`);
	await hydrated(page);
	const form = page.locator('main form').first();
	await form.locator('input').first().fill(name);
	await form.locator('input[type=password]').fill(passwordOf(name));
	await form.locator('button:not([type=button])').last().click();
	await page.waitForURL('**/me');
	await page.locator(`a[href="/${language}/review"]`).click();
	const key = page.locator('#key');
	for (const value of ['en', 'th', 'energy']) await key.locator(`input[value="${value}"]`).check();
	await key.getByRole('button', { name: word(language, 'review', 'key-make') }).click();
	await expect(key.getByText(word(language, 'review', 'key-made'))).toBeVisible();
	await expect(page.locator(`a[href="/${language}/review/${submission}"]`)).toBeVisible();
	return page;
}

/** Opens every unit in both languages, says to have read them, and signs. */
async function sign(page: Page, language: string): Promise<void> {
	await page.goto(`${server.origin}/${language}/review/${submission}?in=en&with=th`);
	await expect(page.locator('.diff')).toBeVisible();
	const boxes = page.locator('#panel input[type=checkbox]');
	await expect(boxes.first()).toBeDisabled();
	const units = page.locator('aside.tree li a');
	for (let at = 0; at < (await units.count()); at++) {
		await units.nth(at).click();
		await expect(units.nth(at)).toHaveAttribute('aria-current', 'page');
		await expect(page.locator('.diff .row').first()).toBeVisible();
	}
	for (const box of await boxes.all()) await box.check();
	await page.getByRole('button', { name: word(language, 'review', 'sign'), exact: true }).click();
}

test('an expert makes a key that cannot be taken out, and signs; one party is not enough', async () => {
	const page = (experts['zh-Hans'] = await enter('demo-expert-china', 'zh-Hans'));
	const kept = await page.evaluate(
		() =>
			new Promise<boolean>((done) => {
				const asked = indexedDB.open('setara-keys');
				asked.onsuccess = () => {
					const all = asked.result.transaction('keys').objectStore('keys').getAll();
					all.onsuccess = () =>
						done(all.result.every(({ secret }: { secret: CryptoKey }) => secret.extractable === false));
				};
			})
	);
	expect(kept).toBe(true);
	await sign(page, 'zh-Hans');
	await expect(page.getByText(word('zh-Hans', 'review', 'signed-waits'))).toBeVisible();
	expect((await fetch(`${server.origin}/api/library/${COURSE}?lang=en`)).status).toBe(404);
});

test('with the second party’s signature it is in the library, and a phone saves it', async () => {
	const page = (experts['th'] = await enter('demo-expert-thailand', 'th'));
	await sign(page, 'th');
	await expect(page.locator(`#panel a[href="/th/library/${COURSE}"]`)).toBeVisible();
	student = await openPhone(await device('en'), link.origin);
	link.rule = (url) => (url.startsWith('/pack/') ? { flip: 40 } : undefined);
	const refused = await save(student, COURSE, TEXT);
	expect(refused.state).not.toBe('saved');
	expect(await readUnit(student, 'en', COURSE, 'light')).not.toMatch(/^ok/);
	link.rule = () => undefined;
	const saved = await save(student, COURSE, TEXT);
	expect(saved.state).toBe('saved');
	expect(await readUnit(student, 'en', COURSE, 'light')).toBe('ok this-phone en');
});

test('a recall of one unit locks it with its reason, with no link too', async () => {
	const page = experts['zh-Hans']!;
	await page.goto(`${server.origin}/zh-Hans/review/${submission}?do=recall`);
	const sheet = page.locator('dialog[open]');
	await sheet.locator('input[type=radio]').nth(1).check();
	await sheet.locator('input[value="light"]').check();
	await sheet.locator('textarea').fill(REASON);
	await sheet.getByRole('button', { name: word('zh-Hans', 'review', 'recall-sign') }).click();
	await expect(page.getByText(word('zh-Hans', 'review', 'recalled'))).toBeVisible();
	await expect(page.locator('#panel').getByText(REASON).first()).toBeVisible();
	// The next look at the catalogue, whatever it is for.
	await save(student, COURSE, TEXT);
	await server.stop();
	expect(await readUnit(student, 'en', COURSE, 'light')).toBe('trust/recalled');
	expect(await readUnit(student, 'en', COURSE, 'hands')).toBe('ok this-phone en');
});
