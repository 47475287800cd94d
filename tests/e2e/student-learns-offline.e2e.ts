/** A student's main way: first visit, download, no link at all, every kind of unit, and the progress back. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page, type Locator } from '@playwright/test';
import { openProfile } from '../factories/browser.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import { hydrated, savePackage, word, workerReady } from '../factories/student.ts';

const w = (...[namespace, key]: [Parameters<typeof word>[1], string]) => word('en', namespace, key);
const unit = (id: string) => `${server.origin}/en/library/rooftop-solar/${id}`;

let server: RunningServer;
let profile: string;
let phone: BrowserContext;
let page: Page;
const leaving: string[] = [];

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
	server = await startServer();
	profile = await mkdtemp(join(tmpdir(), 'setara-student-'));
	await openPhone();
});

test.afterAll(async () => {
	await phone?.close();
	await server?.dispose();
	if (profile) await rm(profile, { recursive: true, force: true });
});

async function openPhone(): Promise<void> {
	phone = await openProfile(profile, { locale: 'en' });
	page = phone.pages()[0] ?? (await phone.newPage());
}

test('chooses a language first, and comes to the library', async () => {
	await page.goto(server.origin);
	await expect(page.getByRole('heading', { name: w('common', 'choose-language') })).toBeVisible();
	await page.getByRole('link', { name: w('common', 'continue-in-language') }).click();
	await page.waitForURL('**/en/library');
	await expect(page.getByRole('link', { name: /Rooftop solar/ })).toBeVisible();
	await workerReady(page);
});

test('saves a package with video, its bytes said before', async () => {
	await savePackage(page, server.origin, { tier: 'pictures' });
	await expect(page.getByText(w('library', 'checked-here'))).toBeVisible();
	await page.getByRole('button', { name: w('library', 'change-saved') }).click();
	await page.getByRole('button', { name: w('library', 'languages-to-save') }).click();
	await page.getByRole('checkbox', { name: /ไทย/ }).check();
	await page.getByRole('button', { name: w('library', 'done-choosing') }).click();
	await page.getByRole('radio', { name: w('library', 'tier-video') }).check();
	await page.getByRole('button', { name: w('library', 'save-this-choice') }).click();
	await expect(
		page.getByRole('region', { name: w('library', 'saved') }).getByText(w('library', 'tier-video'))
	).toBeVisible({ timeout: 90_000 });
});

test('reads a lesson with the server gone and the browser started anew', async () => {
	await phone.close();
	await server.stop();
	await openPhone();
	phone.on('requestfinished', (request) => {
		if (!request.serviceWorker())
			void request
				.response()
				// One that the end of the browser cut off left nothing behind that could be asked.
				.catch(() => null)
				.then((answer) => {
					if (answer && !answer.fromServiceWorker() && request.url().startsWith('http'))
						leaving.push(request.url());
				});
	});
	await page.goto(unit('string-sizing'));
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await expect(page.getByText('Always round down: 13.')).toBeVisible();
	await expect(page.locator('img[src^="data:image/svg+xml"]').first()).toBeVisible();
});

test('ticks the steps of a practice guide', async () => {
	await page.goto(unit('mounting'));
	await hydrated(page);
	const steps = page.getByRole('checkbox');
	await steps.first().click();
	// Ticked means that it is on this phone's disk.
	await expect(steps.first()).toBeChecked();
	await page.reload();
	await expect(steps.first()).toBeChecked();
});

test('runs a simulation, by keyboard too', async () => {
	await page.goto(unit('string-sizing-lab'));
	await hydrated(page);
	await page
		.getByRole('button', { name: w('lesson', 'start-simulation') })
		.last()
		.click();
	const simulation = page.frameLocator('iframe');
	const modules = simulation.getByRole('slider').first();
	await modules.focus();
	const before = await modules.inputValue();
	await modules.press('ArrowRight');
	expect(Number(await modules.inputValue())).toBeGreaterThan(Number(before));
	expect(await simulation.locator('html').evaluate(() => typeof RTCPeerConnection)).toBe('undefined');
});

test('seeks in a stored video', async () => {
	await page.goto(unit('dc-connectors'));
	await hydrated(page);
	await page.getByRole('link', { name: w('lesson', 'play'), exact: true }).click();
	const at = await page.locator('video').evaluate(async (video: HTMLVideoElement) => {
		video.muted = true;
		await new Promise((done) =>
			video.readyState >= 1 ? done(null) : video.addEventListener('loadedmetadata', done)
		);
		const sought = new Promise((done) => video.addEventListener('seeked', done, { once: true }));
		video.currentTime = 75;
		await sought;
		return { time: video.currentTime, height: video.videoHeight };
	});
	expect(at.time).toBeCloseTo(75, 0);
	expect(at.height).toBe(360);
});

test('switches the language in mid-quiz and keeps item and answer', async () => {
	await page.goto(`${unit('sunlight-to-current')}#quiz`);
	await hydrated(page);
	const form = page.locator('form.quiz');
	await form.waitFor();
	const item = await answerSomehow(form);
	await page.getByRole('button', { name: w('lesson', 'languages') }).click();
	await page.getByRole('dialog').getByRole('link', { name: /ไทย/u }).click();

	await expect(form).toHaveAttribute('lang', 'th');
	await expect(page.getByRole('dialog')).toBeHidden();
	expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/[\u0E00-\u0E7F]/u);
	expect(await given(form)).toEqual(item);
});

/** Answers whatever question stands first, by keyboard, and says which one it was and what was given. */
async function answerSomehow(form: Locator): Promise<string[]> {
	const option = form.locator('input[type=radio], input[type=checkbox]').nth(1);
	if ((await option.count()) > 0) {
		await option.focus();
		await option.press('Space');
	} else if ((await form.locator('input').count()) > 0) await form.locator('input').first().fill('12');
	else if ((await form.locator('select').count()) > 0)
		await form.locator('select').first().selectOption({ index: 1 });
	else await form.locator('[data-by="1"]').first().press('Enter');
	const answer = await given(form);
	expect(answer.length).toBeGreaterThan(0);
	return answer;
}

/** What stands in the form, without a word of any language: values in the order shown, and what is chosen of them. */
const given = (form: Locator): Promise<string[]> =>
	form.locator('input, select, [data-step]').evaluateAll((fields) =>
		fields.map((field) => {
			if (field instanceof HTMLInputElement) return `${field.type} ${field.value} ${field.checked}`;
			return field instanceof HTMLSelectElement
				? `select ${field.value}`
				: `at ${(field as HTMLElement).dataset['step']}`;
		})
	);

test('opens a deep link after a reload', async () => {
	await page.goto(unit('commissioning-tests'));
	await page.reload();
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	expect(leaving).toEqual([]);
});
