/**
 * A library that grew past what one role lists: a phone still asks once, and gets the roles of its packages alone; one
 * from before the split finds its package after it, and updates it (TRU-13, TRU-29).
 */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { packagePath } from '../../src/lib/core/trust/package-target.ts';
import { openTrust } from '../../src/lib/server/trust/open.ts';
import { commit, readState } from '../../src/lib/server/trust/repository.ts';
import type { TargetEntry } from '../../src/lib/server/trust/role-tree.ts';
import { openProfile } from '../factories/browser.ts';
import { startLink, type LinkProxy } from '../factories/link-proxy.ts';
import { openPhone, readUnit, save } from '../factories/phone.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';

const TEXT = { languages: ['en'], tier: 'text' } as const;

test.describe.configure({ mode: 'serial' });
let server: RunningServer;
let link: LinkProxy;
const folders: string[] = [];
const contexts: BrowserContext[] = [];
test.beforeAll(async () => {
	server = await startServer();
	link = await startLink(server.origin);
});
test.afterAll(async () => {
	for (const context of contexts) await context.close();
	for (const folder of folders) await rm(folder, { recursive: true, force: true });
	await link?.close();
	await server?.dispose();
});

const asked = () =>
	link.carried.filter(({ url }) => url.startsWith('/tuf/')).map(({ url }) => decodeURIComponent(url));
async function newPhone(): Promise<Page> {
	const folder = await mkdtemp(join(tmpdir(), 'setara-phone-'));
	folders.push(folder);
	const context = await openProfile(folder, { serviceWorkers: 'block' });
	contexts.push(context);
	return openPhone(context, link.origin);
}

test('TRU-29 a package is found in one question before a split, after it, and by who never saw the library', async () => {
	const before = await newPhone();
	expect((await save(before, 'isolate-and-lock', TEXT)).state).toBe('saved');

	await server.stop();
	await grow(2500);
	await server.start();

	for (const page of [before, await newPhone()]) {
		link.carried.length = 0;
		expect((await save(page, 'rooftop-solar', TEXT)).state).toBe('saved');
		expect(asked()).toEqual([expect.stringMatching(/^\/tuf\/bundle\?.*&for=rooftop-solar$/)]);
		expect(link.carried.find(({ url }) => url.startsWith('/tuf/'))!.bytes).toBeLessThan(20_000);
	}
	expect(await readUnit(before, 'en', 'isolate-and-lock', 'why-lock')).toBe('ok this-phone en');
	link.carried.length = 0;
	expect((await save(before, 'rooftop-solar', { ...TEXT, languages: ['en', 'th'] })).state).toBe('saved');
	expect(asked()).toHaveLength(1);

	link.carried.length = 0;
	expect((await save(before, 'never-was', TEXT)).fault?.code).toBe('library/not-found');
});

/** Puts so many more packages into the catalogue, as if they had been published: of their bytes nothing is needed. */
async function grow(count: number): Promise<void> {
	const trust = await openTrust(join(server.data, 'trust'), { now: Date.now() });
	const entries = new Map<string, TargetEntry>();
	for (let n = 0; n < count; n++) {
		const sha256 = createHash('sha256').update(String(n)).digest('hex');
		entries.set(packagePath('energy', 'en', `package-${n}`), {
			...{ length: 900, hashes: { sha256 }, custom: { v: 1, status: 'current' } }
		});
	}
	await commit(trust.folder, trust.online, new Map([['en', entries]]), Date.now());
	const { snapshot } = await readState(trust.folder);
	expect(Object.keys(snapshot!.signed.meta).filter((file) => file.startsWith('en~')).length).toBeGreaterThan(
		15
	);
}
