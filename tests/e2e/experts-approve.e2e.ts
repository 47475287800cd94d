/**
 * Two experts of two parties approve what a teacher handed in, each on a device and in a language of their own: it comes
 * to the library and onto a student's phone, altered bytes are refused there, and a recall locks it, offline too.
 */
import { expect, test, type Page } from '@playwright/test';
import type { HandInAnswer } from '../../src/lib/core/protocol/hand-in.ts';
import { courseBy, handedIn, send } from '../factories/handed-in.ts';
import { startLink, type LinkProxy } from '../factories/link-proxy.ts';
import { openPhone, readUnit, save } from '../factories/phone.ts';
import {
	makeKey,
	newDevice,
	passwordOf,
	recall,
	signAsRead,
	signIn,
	type Device
} from '../factories/people-on-pages.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import { word } from '../factories/student.ts';

const COURSE = 'tie-a-knot';
/** Published from the folder of content. */
const SHIPPED = 'rooftop-solar';
const REASON = 'The knot in step 1 slips.';
const TEXT = { languages: ['en'] as ['en'], tier: 'text' as const };

let server: RunningServer;
let link: LinkProxy;
let submission: string;
const devices: Device[] = [];
let student: Page;
const experts: Record<string, Page> = {};

test.describe.configure({ mode: 'serial', timeout: 180_000 });

test.beforeAll(async () => {
	server = await startServer();
	link = await startLink(server.origin);
	submission = await handIn();
});
test.afterAll(async () => {
	for (const each of devices) await each.dispose();
	await link?.close();
	await server?.dispose();
});

/** As a phone does it: the snapshot's list, then every blob by tus. */
async function handIn(): Promise<string> {
	const name = 'demo-teacher';
	const post = (path: string, body: unknown, cookie = '') =>
		fetch(`${server.origin}${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', cookie },
			body: JSON.stringify(body)
		});
	const entered = await post('/api/account/sign-in', { name, password: passwordOf(server, name) });
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

async function device(language: string): Promise<Device> {
	const made = await newDevice({ locale: language, viewport: { width: 1280, height: 800 } });
	devices.push(made);
	return made;
}

/** Signs in and makes a key that is good for English and Thai. */
async function enter(name: string, language: string): Promise<Page> {
	const { page } = await device(language);
	await signIn(page, server, { name, language });
	await makeKey(page, language, ['en', 'th']);
	await expect(page.locator(`a[href="/${language}/review/${submission}"]`)).toBeVisible();
	return page;
}

async function sign(page: Page, language: string): Promise<void> {
	const address = `${server.origin}/${language}/review/${submission}?in=en&with=th`;
	// Nobody says to have read what was not opened.
	await page.goto(address);
	await expect(page.locator('#panel input[type=checkbox]').first()).toBeDisabled();
	await signAsRead(page, language, address);
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
	student = await openPhone((await device('en')).page.context(), link.origin);
	link.rule = (url) => (url.startsWith('/pack/') ? { flip: 40 } : undefined);
	const refused = await save(student, COURSE, TEXT);
	expect(refused.state).not.toBe('saved');
	expect(await readUnit(student, 'en', COURSE, 'light')).not.toMatch(/^ok/);
	link.rule = () => undefined;
	const saved = await save(student, COURSE, TEXT);
	expect(saved.state).toBe('saved');
	expect(await readUnit(student, 'en', COURSE, 'light')).toBe('ok this-phone en');
});

test('the committee reads what learners say of it, from the list of what is out', async () => {
	const page = experts['th']!;
	await page.goto(`${server.origin}/th/review/published`);
	await page.locator(`a[href="/th/review/published/${COURSE}"]`).click();
	await expect(page.getByRole('heading', { name: word('th', 'teach', 'feedback') })).toBeVisible();
	await expect(page.getByText(word('th', 'teach', 'feedback-none'))).toBeVisible();
});

test('a recall of one unit locks it with its reason, with no link too', async () => {
	const page = experts['zh-Hans']!;
	const address = `${server.origin}/zh-Hans/review/${submission}`;
	await recall(page, 'zh-Hans', { address, reason: REASON, unit: 'light' });
	// The next look at the catalogue, whatever it is for.
	await save(student, COURSE, TEXT);
	await server.stop();
	expect(await readUnit(student, 'en', COURSE, 'light')).toBe('trust/recalled');
	expect(await readUnit(student, 'en', COURSE, 'hands')).toBe('ok this-phone en');
});

test('whoever is forgotten here leaves no key behind, and is told so before', async () => {
	const page = experts['th']!;
	await page.goto(`${server.origin}/th/me/data`);
	await expect(page.getByText(word('th', 'account', 'forget-key'))).toBeVisible();
	for (let tap = 0; tap < 2; tap++) {
		await page
			.getByRole('button', { name: word('th', 'account', 'forget') })
			.first()
			.click();
	}
	await page.waitForURL('**/th/me');
	const left = await page.evaluate(
		() =>
			new Promise<number>((done) => {
				const asked = indexedDB.open('setara-keys');
				asked.onsuccess = () => {
					const count = asked.result.transaction('keys').objectStore('keys').count();
					count.onsuccess = () => done(count.result);
				};
			})
	);
	expect(left).toBe(0);
});

test('REV-65 what came with the installation is among what is out, and is recalled the same way', async () => {
	await server.start();
	const page = experts['zh-Hans']!;
	await page.goto(`${server.origin}/zh-Hans/review/published`);
	const row = page.getByRole('listitem').filter({ has: page.locator(`a[href$="/published/${SHIPPED}"]`) });
	const address = await row.locator('a[href*="do=recall"]').getAttribute('href');
	const { pathname } = new URL(address!, server.origin);
	await recall(page, 'zh-Hans', { address: `${server.origin}${pathname}`, reason: REASON, instead: COURSE });
	const shown = await fetch(`${server.origin}/api/library/${SHIPPED}?lang=en`);
	expect(shown.status).toBe(410);
	expect(await shown.json()).toMatchObject({ params: { reason: REASON, replacement: COURSE } });
});
