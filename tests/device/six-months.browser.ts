/**
 * A phone that was away for six months, while the root key and the online key were replaced: it opens what it has, says of
 * what day that is, names what is past its date, and catches up in one request (TRU-1, TRU-7, TRU-8, TRU-11, TRU-28).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { utf8 } from '../../src/lib/core/base/hash.ts';
import { demonstrationKey } from '../../src/lib/server/trust/demonstration.ts';
import { writeWhole } from '../../src/lib/server/trust/files.ts';
import { rotate } from '../../src/lib/server/trust/offline.ts';
import { openTrust } from '../../src/lib/server/trust/open.ts';
import { DAY, makeKey } from '../../src/lib/server/trust/signing.ts';
import { openProfile } from '../factories/browser.ts';
import { startLink, type LinkProxy } from '../factories/link-proxy.ts';
import { openPhone, readUnit, save } from '../factories/phone.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';

const ID = 'isolate-and-lock';
const UNIT = 'why-lock';
const TEXT = { languages: ['en'], tier: 'text' } as const;
const AWAY = 183 * DAY;

test.describe.configure({ mode: 'serial' });

let server: RunningServer;
let link: LinkProxy;
let folder: string;
let context: BrowserContext;
let page: Page;
let issued: number;
let later: number;

test.beforeAll(async () => {
	server = await startServer();
	link = await startLink(server.origin);
	folder = await mkdtemp(join(tmpdir(), 'setara-phone-'));
	context = await openProfile(folder, { serviceWorkers: 'block' });
	page = await openPhone(context, link.origin);
	expect((await save(page, ID, TEXT)).state).toBe('saved');
	issued = (await trust()).issued!;
	later = Date.now() + AWAY;
});
test.afterAll(async () => {
	await context?.close();
	await link?.close();
	await server?.dispose();
	await rm(folder, { recursive: true, force: true });
});

const trust = () => page.evaluate(async () => (await setara.packages()).trust());

test('TRU-8 with no link it opens what it has, and says of what day that is', async () => {
	link.isCut = true;
	await page.clock.setFixedTime(later);
	expect(await readUnit(page, 'en', ID, UNIT)).toBe('ok this-phone en');
	const state = await trust();
	expect(state.issued).toBe(issued);
	expect(later - state.issued!).toBeGreaterThan(AWAY - DAY);
	expect(state.expired).toEqual(['timestamp', 'snapshot']);
	link.isCut = false;
});

test('TRU-7 from a server that was frozen as long, nothing is taken, and that is said', async () => {
	const other = await save(page, 'rooftop-solar', TEXT);
	expect(other.fault?.code).toBe('trust/expired');
	expect((await trust()).issued).toBe(issued);
	expect(await readUnit(page, 'en', ID, UNIT)).toBe('ok this-phone en');
});

test('TRU-11 it catches up in one request, over three new roots with another root key and another online key', async () => {
	await server.stop();
	await replaceKeys();
	await server.start();
	link.carried.length = 0;
	expect((await save(page, 'rooftop-solar', TEXT)).state).toBe('saved');
	expect(link.carried.filter(({ url }) => url.startsWith('/tuf/')).map(({ url }) => url)).toEqual([
		expect.stringMatching(/^\/tuf\/bundle\?root=1&ts=\d+&roles=recalls@\d+,en@\d+&for=rooftop-solar$/)
	]);
	const state = await trust();
	expect([state.expired, state.otherRoot]).toEqual([[], false]);
	expect(Math.abs(state.issued! - later)).toBeLessThan(DAY);
	expect(await readUnit(page, 'en', ID, UNIT)).toBe('ok this-phone en');
});

/** A theft, six months on: another root key, another online key, and one root more that only renews; all signed anew. */
async function replaceKeys(): Promise<void> {
	const trustFolder = join(server.data, 'trust');
	const metadata = join(trustFolder, 'demonstration');
	const keys = join(trustFolder, 'demonstration-keys');
	const [root, targets] = await Promise.all(['root', 'targets'].map((name) => demonstrationKey(keys, name)));
	const next = { root: makeKey(), online: makeKey() };
	const now = later;
	await rotate(metadata, 'root', [next.root.signer.key], 1, [root!, next.root.signer], now);
	await rotate(metadata, 'online', [next.online.signer.key], 1, [next.root.signer, targets!], now);
	await rotate(metadata, 'targets', [targets!.key], 1, [next.root.signer, targets!], now);
	for (const [name, { pem }] of Object.entries(next))
		await writeWhole(join(keys, `${name}.pem`), utf8(pem), 0o600);
	await openTrust(trustFolder, { now });
}
