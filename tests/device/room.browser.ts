/** The room that a person gives to packages, on a real phone's store (DEV-28). */
import { expect, test, type Page } from '@playwright/test';
import { startLink, type LinkProxy } from '../factories/link-proxy.ts';
import { newDevice, type Device } from '../factories/people-on-pages.ts';
import { killTab, openPhone, readUnit, save, startSaving, stored, until } from '../factories/phone.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';

const ID = 'rooftop-solar';
const UNIT = 'sunlight-to-current';
const OTHER = 'isolate-and-lock';
const TEXT = { languages: ['en'], tier: 'text' as const };
const VIDEO = { languages: ['en'], tier: 'video' as const };
/** The largest frame of these packages, which lies beside its pack for a moment. */
const FRAME = 256 * 1024;

let server: RunningServer;
let link: LinkProxy;
let device: Device;
let page: Page;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server?.dispose());
test.beforeEach(async () => {
	link = await startLink(server.origin);
	device = await newDevice({ serviceWorkers: 'block' });
	page = await openPhone(device.page.context(), link.origin);
});
test.afterEach(async () => {
	await device.dispose();
	await link.close();
});

const limit = (bytes: number | null) =>
	page.evaluate(async (bytes) => (await setara.packages()).limitRoom(bytes), bytes);
const payload = () => page.evaluate(() => setara.payloadBytes());
/** Looks at what is stored all the while, in the page itself; answers the most that was seen. */
async function watchPayload(): Promise<() => Promise<number>> {
	await page.evaluate(() => {
		const watch = { most: 0, over: false };
		Object.assign(globalThis, { watch });
		void (async () => {
			while (!watch.over) watch.most = Math.max(watch.most, await setara.payloadBytes());
		})();
	});
	return () =>
		page.evaluate(() => {
			const { watch } = globalThis as unknown as { watch: { most: number; over: boolean } };
			watch.over = true;
			return watch.most;
		});
}

test('DEV-28 what does not fit is said before its first byte, and a smaller choice comes', async () => {
	await limit(600_000);
	const most = await watchPayload();
	const stopped = await save(page, ID, VIDEO);
	expect(stopped.fault).toMatchObject({ code: 'storage/over-limit' });
	const { needed, left } = stopped.fault!.params as { needed: number; left: number };
	expect(needed).toBeGreaterThan(left);
	expect(link.bytesOf('/blob/') + link.bytesOf('/pack/')).toBe(0);
	expect((await save(page, ID, TEXT)).state).toBe('saved');
	expect(await readUnit(page, 'en', ID, UNIT)).toMatch(/^(?:ok|lesson)/);
	expect(await most()).toBeLessThanOrEqual(600_000);
});

test('DEV-28 goes on by itself when there is more room, and never takes a byte more than that', async () => {
	await limit(600_000);
	expect((await save(page, ID, VIDEO)).state).toBe('stopped');
	const { needed } = (await stored(page, ID))!.fault!.params as { needed: number };
	const enough = needed + (await payload());
	await limit(enough - 1);
	expect((await stored(page, ID))!.state).toBe('stopped');
	link.rate = 2_000_000;
	const most = await watchPayload();
	await limit(enough);
	await until(page, ID, (each) => each?.state === 'saved', 60);
	expect(await most()).toBeLessThanOrEqual(enough);
	expect(await payload()).toBeGreaterThan(enough - FRAME);
});

test('DEV-28 holds over two packages at once, a killed tab and an update of the limit in mid-download', async () => {
	link.rate = 1_500_000;
	await limit(2_600_000);
	let most = await watchPayload();
	await startSaving(page, ID, VIDEO);
	await startSaving(page, OTHER, VIDEO);
	await until(page, ID, () => link.bytesOf('/blob/') > 400_000);
	expect(await most()).toBeLessThanOrEqual(2_600_000);
	await killTab(page);
	page = await openPhone(device.page.context(), link.origin);
	most = await watchPayload();
	await page.evaluate(async () => void (await setara.packages()).resumeAll());
	const ended = (each: { state: string } | null) => each?.state === 'saved' || each?.state === 'stopped';
	await until(page, ID, ended, 60);
	await until(page, OTHER, ended, 60);
	expect(await most()).toBeLessThanOrEqual(2_600_000);

	// Less than is taken already: nothing goes, and nothing more comes.
	const taken = await payload();
	await limit(100_000);
	const before = link.bytesOf('/blob/') + link.bytesOf('/pack/');
	expect((await save(page, 'photograph-what-you-sell', VIDEO)).fault?.code).toBe('storage/over-limit');
	expect(await payload()).toBe(taken);
	expect(link.bytesOf('/blob/') + link.bytesOf('/pack/')).toBe(before);
});
