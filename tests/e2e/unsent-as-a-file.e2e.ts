/** SYN-85: progress that has waited for three days becomes a file, and reaches its account from another phone. */
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { newDevice, signIn, type Device } from '../factories/people-on-pages.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import { hydrated, word, workerReady } from '../factories/student.ts';

const NAME = 'demo-learner';
const GUIDE = 'library/rooftop-solar/mounting';
let server: RunningServer;
let lost: Device;
let other: Device;

test.beforeAll(async () => {
	server = await startServer();
	lost = await newDevice({ locale: 'en' });
	other = await newDevice({ locale: 'en' });
});
test.afterAll(async () => {
	for (const device of [lost, other]) await device?.dispose();
	await server?.dispose();
});

const open = async (device: Device, path: string) => {
	await device.page.goto(`${server.origin}/en/${path}`);
	await hydrated(device.page);
};

test('SYN-85 is offered as a file after three days, and counts where the account is', async () => {
	await signIn(lost.page, server, { name: NAME, language: 'en' });
	// Playwright's own clock takes `performance` along, which tells when a page answers.
	await lost.page.addInitScript(() => {
		const slow = location.pathname.includes('/library/') ? 4 * 86_400_000 : 0;
		const now = Date.now.bind(Date);
		Date.now = () => now() - slow;
	});
	await open(lost, GUIDE);
	// From here on it has no link: what was done four days ago waits.
	await workerReady(lost.page);
	await server.stop();
	await lost.page.getByRole('checkbox').first().click();
	await expect(lost.page.getByRole('checkbox').first()).toBeChecked();
	await open(lost, 'status');
	const coming = lost.page.waitForEvent('download');
	await lost.page.getByRole('button', { name: word('en', 'sync', 'old-save') }).click();
	const file = join(server.data, 'unsent.json');
	await (await coming).saveAs(file);

	await server.start();
	await lost.close();
	await signIn(other.page, server, { name: NAME, language: 'en' });
	await open(other, 'me/data');
	const choose = other.page.getByLabel(word('en', 'account', 'unsent-choose'));
	await choose.setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
	await expect(other.page.getByText(word('en', 'account', 'unsent-none'))).toBeVisible();
	for (let times = 0; times < 2; times++) {
		await choose.setInputFiles(file);
		await expect(other.page.getByText(word('en', 'account', 'unsent-sent'))).toBeVisible();
	}
	await expect(async () => {
		await open(other, GUIDE);
		await expect(other.page.getByRole('checkbox').first()).toBeChecked({ timeout: 3000 });
	}).toPass({ timeout: 30_000 });
});
