/** DEV-25, DEV-28: with no link a person frees video and a language of a package, sees the bytes come back, and sets a limit. */
import { expect, test } from '@playwright/test';
import { newDevice, type Device } from '../factories/people-on-pages.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import { saved, savePackage, word, wordPattern, workerReady } from '../factories/student.ts';

const LANGUAGE = 'th';
const r = (key: string) => word(LANGUAGE, 'room', key);

let server: RunningServer;
let device: Device;
test.beforeAll(async () => {
	server = await startServer();
	device = await newDevice({ locale: LANGUAGE, viewport: { width: 360, height: 740 } });
});
test.afterAll(async () => {
	await device?.dispose();
	await server?.dispose();
});

test('DEV-28 frees a part with no link, sees it come back, and gives packages less room', async () => {
	const { page } = device;
	const l = (key: string) => word(LANGUAGE, 'library', key);
	await page.goto(`${server.origin}/${LANGUAGE}/library/rooftop-solar`);
	await workerReady(page);
	await savePackage(page, server.origin, { language: LANGUAGE, tier: 'video' });
	await page.getByRole('button', { name: l('change-saved') }).click();
	await page.getByRole('button', { name: l('languages-to-save') }).click();
	await page.getByRole('checkbox', { name: /English/ }).check();
	await page.getByRole('button', { name: l('done-choosing') }).click();
	await page.getByRole('button', { name: l('save-this-choice') }).click();
	const kept = page.getByRole('region', { name: l('saved'), exact: true });
	await expect(kept.getByText('English')).toBeVisible({ timeout: 60_000 });
	await page.goto(`${server.origin}/${LANGUAGE}/me/storage`);
	await expect(page.getByText('English').first()).toBeVisible();
	await expect(page.getByText(wordPattern(LANGUAGE, 'room', 'uses'))).toBeVisible();
	await server.stop();

	const payload = async () => {
		const said = (await page.getByText(wordPattern(LANGUAGE, 'room', 'uses')).textContent())!;
		return (
			Number(/[\d.,]+/.exec(said)![0].replace(',', '')) *
			(said.includes('kB') || said.includes('KB') ? 1 : 1000)
		);
	};
	const before = await payload();
	await page.getByText(r('free-media')).click();
	await page.getByRole('button', { name: new RegExp(`^${r('video')}`) }).click();
	await page.getByRole('button', { name: r('narrow-yes'), exact: true }).click();
	await expect.poll(payload, { timeout: 5000 }).toBeLessThan(before / 2);
	await page.getByRole('button', { name: r('free-language').replace('{{language}}', 'English') }).click();
	await page.getByRole('button', { name: r('narrow-yes'), exact: true }).click();
	await expect(page.getByText('English')).toHaveCount(0);

	await page.getByRole('radio', { name: /250/ }).check();
	await expect(page.getByText(wordPattern(LANGUAGE, 'room', 'uses-of'))).toBeVisible();
	await page.reload();
	await expect(page.getByRole('radio', { name: /250/ })).toBeChecked();
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
	await page.goto(`${server.origin}/${LANGUAGE}/library/rooftop-solar`);
	await saved(page, LANGUAGE);
});
