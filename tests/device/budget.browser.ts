/** A week's data on a real phone's store, counted at the link (docs/spec/budget.md, BUD-1 to BUD-9; DEV-25, DEV-26). */
import { expect, test, type Page } from '@playwright/test';
import { startLink, type LinkProxy } from '../factories/link-proxy.ts';
import { newDevice, type Device } from '../factories/people-on-pages.ts';
import {
	killTab,
	openPhone,
	readUnit,
	resume,
	save,
	startSaving,
	stored,
	until
} from '../factories/phone.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import type { Bill } from '../../src/lib/core/budget/bill.ts';

const ID = 'rooftop-solar';
const UNIT = 'sunlight-to-current';
const VIDEO = { languages: ['en'], tier: 'video', video: '144p' } as const;
const BUDGET = 600_000;

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
	page = await reopen();
	link.carried.length = 0;
});
test.afterEach(async () => {
	await device.dispose();
	await link.close();
});

/** Another page of the same phone. */
const reopen = () => openPhone(device.page.context(), link.origin);

const allow = (bytes: number | null) => page.evaluate((bytes) => setara.allowInWeek(bytes), bytes);
const bill = () =>
	page.evaluate(
		() =>
			new Promise<Bill>((done) => {
				const end = setara.watchBill((bill) => {
					done(bill);
					setTimeout(() => end());
				});
			})
	);
const carried = () => link.carried.reduce((sum, { bytes }) => sum + bytes, 0);

test('BUD-3 a download stops at the week’s budget, says so, keeps what came, and opens the text', async () => {
	await allow(BUDGET);
	const done = await save(page, ID, VIDEO);
	expect(done.state).toBe('stopped');
	expect(done.fault?.code).toBe('budget/spent');
	expect(await readUnit(page, 'en', ID, UNIT)).toBe('ok this-phone en');
	expect(carried()).toBeLessThanOrEqual(BUDGET);
	// Not stopped long before, either: what is left over is less than a request is worth.
	expect(carried()).toBeGreaterThan(BUDGET * 0.8);
	const { left, spent, lines } = await bill();
	expect(spent).toBeGreaterThanOrEqual(carried());
	expect(spent).toBeLessThanOrEqual(BUDGET);
	expect(left).toBe(BUDGET - spent);
	expect(lines[0]).toMatchObject({ what: 'packages', of: ID });
});

test('BUD-4 killed tabs never make it spend more than is allowed', async () => {
	await allow(BUDGET);
	link.rule = (url) => (url.startsWith('/blob/') ? { bytesPerSecond: 200_000 } : undefined);
	await startSaving(page, ID, VIDEO);
	for (const share of [0.4, 0.6, 0.75]) {
		await until(page, ID, () => carried() > BUDGET * share);
		await killTab(page);
		page = await reopen();
		await startSaving(page, ID, VIDEO);
	}
	const stopped = await until(page, ID, (each) => each?.state === 'stopped', 60);
	expect(stopped?.fault?.code).toBe('budget/spent');
	const paid = link.carried.filter(({ url }) => /^\/(blob|pack|package|tuf)\//.test(url));
	expect(paid.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(BUDGET);
});

test('BUD-6 what the person allows beyond it is fetched whole, and stands on the bill', async () => {
	await allow(BUDGET);
	await save(page, ID, VIDEO);
	const whole = await page.evaluate(async (id) => (await setara.packages()).resume(id, true), ID);
	expect(whole.state).toBe('saved');
	const { left, spent } = await bill();
	expect(left).toBe(0);
	expect(spent).toBeGreaterThanOrEqual(carried());
	expect(spent).toBeLessThan(carried() * 1.1);
});

test('BUD-3 looking for what is new costs nothing where nothing is left', async () => {
	expect((await save(page, ID, { languages: ['en'], tier: 'text' })).state).toBe('saved');
	await allow(1000);
	link.carried.length = 0;
	const found = await page.evaluate(async () => (await setara.packages()).findUpdates());
	expect(found).toMatchObject({ ok: false, fault: { code: 'budget/spent' } });
	expect(link.carried).toEqual([]);
});

test('BUD-8 media wait for Wi-Fi while the link is paid by the byte, and come when it no longer is', async () => {
	await page.evaluate(() =>
		Object.defineProperty(navigator, 'connection', {
			value: Object.assign(new EventTarget(), { type: 'cellular' })
		})
	);
	link.carried.length = 0;
	const held = await save(page, ID, { ...VIDEO, media: 'wifi' });
	expect(held).toMatchObject({
		state: 'stopped',
		fault: { code: 'budget/waits-for-wifi' },
		readable: ['en']
	});
	expect(link.bytesOf('/blob/')).toBe(0);
	await page.evaluate(async () => {
		await (await setara.packages()).resumeAll();
		const { connection } = navigator as unknown as { connection: EventTarget & { type: string } };
		connection.type = 'wifi';
		connection.dispatchEvent(new Event('change'));
	});
	await until(page, ID, (each) => each?.state === 'saved');
	expect(link.bytesOf('/blob/')).toBeGreaterThan(0);
});

test('DEV-27 media of one unit come without those of the others', async () => {
	const { total } = (await save(page, ID, { ...VIDEO, units: [UNIT] })).bytes;
	expect(link.bytesOf('/blob/')).toBe(0);
	const quoted = await page.evaluate(async ([id, choice]) => (await setara.packages()).quote(id, choice), [
		ID,
		VIDEO
	] as const);
	expect(quoted.ok && quoted.value.total).toBeGreaterThan(total);
	const whole = await save(page, ID, { ...VIDEO, units: [UNIT, 'dc-connectors'] });
	const brought = link.bytesOf('/blob/');
	expect(brought).toBeGreaterThan(0);
	expect(whole.bytes.total).toBe(total + brought);
	expect(whole.bytes.total).toBeLessThanOrEqual(quoted.ok ? quoted.value.total : 0);
});

test('DEV-25 a smaller choice frees its bytes with no link', async () => {
	expect((await save(page, ID, { languages: ['en', 'th'], tier: 'video', video: '144p' })).state).toBe(
		'saved'
	);
	const taken = () =>
		page.evaluate(async () => (await (await setara.packages()).storage()).packages[0]!.bytes);
	const before = await taken();
	expect(before.video).toBeGreaterThan(0);
	link.carried.length = 0;
	const less = await save(page, ID, { languages: ['en'], tier: 'text' });
	expect(less).toMatchObject({ state: 'saved', readable: ['en'], choice: { tier: 'text' } });
	const after = await taken();
	expect(after.video).toBe(0);
	expect(after.text).toBeLessThan(before.text);
	expect(less.bytes.done).toBe(Object.values(after).reduce((sum, bytes) => sum + bytes, 0));
	expect(link.carried).toEqual([]);
});

test('DEV-26 what the browser took away is found, said, and fetched again, and nothing else is', async () => {
	expect((await save(page, ID, VIDEO)).state).toBe('saved');
	const lost = await page.evaluate(async () => {
		const open = indexedDB.open('setara-media');
		const db = await new Promise<IDBDatabase>((done) => (open.onsuccess = () => done(open.result)));
		const store = db.transaction('chunks', 'readwrite').objectStore('chunks');
		const keys = await new Promise<IDBValidKey[]>((done) => {
			const all = store.getAllKeys();
			all.onsuccess = () => done(all.result);
		});
		const chunk = await new Promise<{ bytes: Uint8Array }>((done) => {
			const one = store.get(keys[0]!);
			one.onsuccess = () => done(one.result);
		});
		store.delete(keys[0]!);
		await new Promise((done) => (store.transaction.oncomplete = done));
		db.close();
		return chunk.bytes.length;
	});
	await page.close();
	page = await reopen();
	expect((await stored(page, ID))?.state).toBe('saved');
	link.rule = (url) => (url.startsWith('/tuf/') ? { cut: 0 } : undefined);
	await page.evaluate(async () => void (await setara.packages()).resumeAll());
	await until(page, ID, (each) => each?.state !== 'saved');
	link.carried.length = 0;
	link.rule = () => undefined;
	expect((await resume(page, ID)).state).toBe('saved');
	expect(link.bytesOf('/blob/')).toBe(lost);
	expect(link.bytesOf('/pack/')).toBe(0);
	expect((await stored(page, ID))?.fault).toBeNull();
});
