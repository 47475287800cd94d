/** The log and its exchanges on a real IndexedDB (SYN-60 to SYN-79): what the simulation shows over a store in memory. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { build, type Rolldown } from 'vite';
import { openProfile } from '../factories/browser.ts';
import type { Tests } from '../factories/progress-entry.ts';

declare global {
	var tests: Tests;
}

let code: string;
let http: Server;
let folder: string;
let context: BrowserContext;
let page: Page;

test.beforeAll(async () => {
	const built = (await build({
		configFile: false,
		logLevel: 'error',
		build: {
			write: false,
			minify: false,
			lib: { entry: 'tests/factories/progress-entry.ts', formats: ['iife'], name: 'entry' }
		}
	})) as Rolldown.RolldownOutput[];
	code = built[0]!.output[0].code;
	http = createServer((_, response) => response.end('<!doctype html><title>phone</title>'));
	await new Promise((done) => http.listen(0, '127.0.0.1', () => done(null)));
});
test.afterAll(() => new Promise((done) => http.close(done)));

test.beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'setara-log-'));
	await openPhone();
});
test.afterEach(async () => {
	await context.close();
	await rm(folder, { recursive: true, force: true });
});

async function openPhone(): Promise<void> {
	context = await openProfile(folder);
	page = context.pages()[0] ?? (await context.newPage());
	await openTab(page);
}

async function openTab(tab: Page): Promise<void> {
	await tab.goto(`http://127.0.0.1:${(http.address() as AddressInfo).port}/`);
	await tab.evaluate(code);
}

test('SYN-61 everything goes, page by page, and the receipt stands', async () => {
	const result = await page.evaluate(async () => {
		const { id } = await tests.profileInUse();
		await tests.learn(id, 450);
		const outcomes = [];
		for (let n = 0; n < 4; n++) outcomes.push(await tests.exchange(id));
		return { outcomes, row: await tests.row(id), ids: tests.server.ids().length };
	});
	expect(result.outcomes).toEqual(['taken', 'taken', 'taken', 'taken']);
	expect(result.row).toMatchObject({ last: 450, received: 450 });
	expect(result.ids).toBe(450);
});

test('SYN-60 what was written is there after the browser was killed', async () => {
	const before = await page.evaluate(async () => {
		const { id } = await tests.profileInUse();
		await tests.learn(id, 5);
		await tests.exchange(id);
		await tests.learn(id, 3, 'later');
		return tests.row(id);
	});
	await context.close();
	await openPhone();
	const after = await page.evaluate(async () => {
		const { id } = await tests.profileInUse();
		return { row: await tests.row(id), rows: (await tests.rows(id)).length };
	});
	expect(after).toEqual({ row: before, rows: 8 });
	expect(before).toMatchObject({ last: 8, received: 5 });
});

test('SYN-67 a cloned profile takes a new id and nothing is lost', async () => {
	const result = await page.evaluate(async () => {
		const { id } = await tests.profileInUse();
		await tests.learn(id, 3);
		await tests.exchange(id);
		// The same profile once more, as a clone of the disk has it, under another key of this one store.
		const clone = 'clone';
		await tests.safe.profiles.put({ ...(await tests.row(id)), id: clone });
		await tests.safe.events.bulkPut((await tests.rows(id)).map((row) => ({ ...row, profile: clone })));
		await tests.learn(id, 1, 'mine');
		await tests.learn(clone, 1, 'theirs');
		const outcomes = [await tests.exchange(id), await tests.exchange(clone)];
		return { outcomes, server: tests.server.ids().length };
	});
	expect(result).toEqual({ outcomes: ['taken', 'progress/device-forked'], server: 4 });
});

test('SYN-69 and SYN-70 a restored server gets back what others did, refusals stay', async () => {
	const result = await page.evaluate(async () => {
		const author = await tests.profileInUse();
		await tests.learn(author.id, 2, 'refuse-me');
		await tests.learn(author.id, 2);
		const backup = tests.server.backup();
		await tests.exchange(author.id);
		await tests.signedIn({ id: tests.newId(), name: 'reader', token: 't' }, false);
		const reader = await tests.profileInUse();
		await tests.exchange(reader.id);
		for (let n = 0; n < 3; n++) await tests.exchange(reader.id, backup);
		const refused = (await tests.rows(author.id)).filter((row) => row.refused !== null).length;
		return { refused, read: (await tests.rows(reader.id)).length, given: backup.ids().length };
	});
	expect(result).toEqual({ refused: 2, read: 2, given: 2 });
});

test('SYN-79 a claim binds the profile as it is, once; no leaves it apart', async () => {
	const result = await page.evaluate(async () => {
		const [one, other] = [tests.newId(), tests.newId()];
		const mine = await tests.profileInUse();
		await tests.learn(mine.id, 2);
		const found = (await tests.claimable(one))?.id === mine.id;
		await tests.signedIn({ id: one, name: 'one', token: 't1' }, false);
		const apart = (await tests.profileInUse()).id !== mine.id;
		await tests.signedOut();
		const back = (await tests.profileInUse()).id === mine.id;
		const askedAgain = (await tests.claimable(one)) !== null;
		await tests.signedIn({ id: other, name: 'other', token: 't2' }, true);
		const bound = await tests.profileInUse();
		return {
			found,
			apart,
			back,
			askedAgain,
			same: bound.id === mine.id && bound.device === mine.device,
			last: bound.last
		};
	});
	expect(result).toEqual({ found: true, apart: true, back: true, askedAgain: false, same: true, last: 2 });
});

test('SYN-76 signing out hides, signing in shows again, forgetting takes away', async () => {
	const result = await page.evaluate(async () => {
		const account = { id: tests.newId(), name: 'one', token: 't' };
		await tests.signedIn(account, false);
		const progress = await tests.createProgress();
		await progress.record({ v: 'completed', o: { p: 'solar', u: 'one' }, c: { l: 'th' } });
		const before = Object.keys(await progress.all());
		await tests.signedOut();
		const hidden = Object.keys(await progress.all());
		await tests.signedIn(account, false);
		const shown = Object.keys(await progress.all());
		await tests.forgetProfile();
		return { before, hidden, shown, left: await tests.safe.events.count() };
	});
	expect(result).toEqual({ before: ['solar'], hidden: [], shown: ['solar'], left: 0 });
});

test('what one tab writes, another sees', async () => {
	const other = await context.newPage();
	await openTab(other);
	await page.evaluate(async () => {
		const progress = await tests.createProgress();
		progress.watchPackage('solar', ({ done }) => (document.title = String(done)));
	});
	await other.evaluate(async () => {
		const progress = await tests.createProgress();
		await progress.record({ v: 'completed', o: { p: 'solar', u: 'one' }, c: { l: 'th' } });
	});
	await expect(page).toHaveTitle('1');
});

test('a thing is on the disk in a few milliseconds', async () => {
	const times = await page.evaluate(async () => tests.learn((await tests.profileInUse()).id, 100));
	times.sort((one, other) => one - other);
	console.log(`record: median ${times[50]!.toFixed(1)} ms, slowest ${times[99]!.toFixed(1)} ms`);
	expect(times[50]).toBeLessThan(50);
});
