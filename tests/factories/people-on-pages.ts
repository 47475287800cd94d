/** People of the demonstration on pages of the running server, each with a browser of their own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type BrowserContext, type Page } from '@playwright/test';
import { openProfile, type BrowserOptions } from './browser.ts';
import { fakeCamera } from './fake-camera.ts';
import type { RunningServer } from './running-server.ts';
import { hydrated, word } from './student.ts';

/** A browser whose profile stays on the disk: `close` and `open` are the phone going dark and coming back. */
export interface Device {
	page: Page;
	open(): Promise<Page>;
	close(): Promise<void>;
	/** Closes it and deletes what it kept. */
	dispose(): Promise<void>;
}

/** @param options `camera`: it has a camera and a microphone, and the person allows both */
export async function newDevice({
	camera = false,
	...options
}: BrowserOptions & { camera?: boolean }): Promise<Device> {
	const folder = await mkdtemp(join(tmpdir(), 'setara-device-'));
	const args = [...(options.args ?? []), ...(camera ? await fakeCamera(folder) : [])];
	let context: BrowserContext | null = null;
	const device: Device = {
		page: undefined as unknown as Page,
		async open() {
			context = await openProfile(folder, { ...options, args });
			return (device.page = context.pages()[0] ?? (await context.newPage()));
		},
		async close() {
			await context?.close();
			context = null;
		},
		async dispose() {
			await device.close();
			await rm(folder, { recursive: true, force: true });
		}
	};
	await device.open();
	return device;
}

/** The password that the first start printed for a person of the demonstration. */
export const passwordOf = (server: RunningServer, name: string): string =>
	new RegExp(`${name}\\s+(\\S+)`).exec(server.output())?.[1] ?? '';

/** Signs in by the form. */
export async function signIn(
	page: Page,
	server: RunningServer,
	{ name, language, origin = server.origin }: { name: string; language: string; origin?: string }
): Promise<void> {
	await page.goto(`${origin}/${language}/me/sign-in`);
	await hydrated(page);
	const form = page.locator('main form').first();
	await form.locator('input').first().fill(name);
	await form.locator('input[type=password]').fill(passwordOf(server, name));
	await form.locator('button:not([type=button])').last().click();
	await page.waitForURL('**/me');
}

/** Makes an expert's key on this device, good for these languages and the sector. */
export async function makeKey(page: Page, language: string, languages: readonly string[]): Promise<void> {
	await page.locator(`a[href="/${language}/review"]`).click();
	const key = page.locator('#key');
	for (const value of [...languages, 'energy']) await key.locator(`input[value="${value}"]`).check();
	await key.getByRole('button', { name: word(language, 'review', 'key-make') }).click();
	await expect(key.getByText(word(language, 'review', 'key-made'))).toBeVisible();
}

/** Opens every unit of a submission that changed, says to have read what was shown, and signs. */
export async function signAsRead(page: Page, language: string, address: string): Promise<void> {
	await page.goto(address);
	await expect(page.locator('.diff')).toBeVisible();
	const boxes = page.locator('#panel input[type=checkbox]');
	const units = page.locator('aside.tree li a:visible');
	for (let at = 0; at < (await units.count()); at++) {
		await units.nth(at).click();
		await expect(units.nth(at)).toHaveAttribute('aria-current', 'page');
		await expect(page.locator('.diff .row').first()).toBeVisible();
	}
	for (const box of await boxes.all()) await box.check();
	await page.getByRole('button', { name: word(language, 'review', 'sign'), exact: true }).click();
}

/** Says something of the row that has these words, and sends it all back. */
export async function askForChanges(
	page: Page,
	language: string,
	{ about, says }: { about: string; says: string }
): Promise<void> {
	const w = (key: string) => word(language, 'review', key);
	const row = page.locator('.diff .row', { hasText: about });
	await row.getByRole('button').first().click();
	await row.getByRole('textbox').fill(says);
	await row.getByRole('button', { name: w('comment-send') }).click();
	await expect(row.getByText(says)).toBeVisible();
	await page.getByRole('button', { name: w('ask-changes') }).click();
	const sheet = page.locator('dialog[open]');
	await sheet.getByRole('textbox').fill(says);
	await sheet.getByRole('button', { name: w('ask-send') }).click();
	await expect(sheet).toBeHidden();
}

/** Calls back what is out, or one unit of it. `address`: of the submission. */
export async function recall(
	page: Page,
	language: string,
	{ address, reason, unit, instead }: { address: string; reason: string; unit?: string; instead?: string }
): Promise<void> {
	const w = (key: string) => word(language, 'review', key);
	await page.goto(`${address}?do=recall`);
	const sheet = page.locator('dialog[open]');
	if (unit) {
		await sheet.getByRole('radio', { name: w('recall-units') }).check();
		await sheet.locator(`input[value="${unit}"]`).check();
	}
	await sheet.getByLabel(w('recall-reason')).fill(reason);
	if (instead) await sheet.getByLabel(w('recall-replacement')).selectOption(instead);
	await sheet.getByRole('button', { name: w('recall-sign') }).click();
	await expect(page.getByText(w('recalled'))).toBeVisible();
	await expect(page.locator('#panel').getByText(reason).first()).toBeVisible();
}
