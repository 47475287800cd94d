/** Handing in to the real server over a line that breaks (DRA-41 to DRA-46): cuts, kills of the tab and of the server. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { openProfile } from '../factories/browser.ts';
import { bundleOf } from '../factories/bundle.ts';
import { startCuttingLink, type CuttingLink } from '../factories/cutting-link.ts';
import type { DraftTests } from '../factories/drafts-entry.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';

declare global {
	var drafting: DraftTests;
}

let code: string;
let link: CuttingLink;
let server: RunningServer;
let folder: string;
let context: BrowserContext;
let page: Page;

test.beforeAll(async () => {
	code = await bundleOf('tests/factories/drafts-entry.ts');
	link = await startCuttingLink();
	server = await startServer({ ORIGIN: link.origin });
	link.target = server.port;
	folder = await mkdtemp(join(tmpdir(), 'setara-hand-in-'));
	await openPhone();
});
test.afterAll(async () => {
	await context?.close();
	await link?.close();
	await server?.dispose();
	await rm(folder, { recursive: true, force: true });
});

async function openPhone(): Promise<void> {
	context = await openProfile(folder, { serviceWorkers: 'block' });
	page = context.pages()[0] ?? (await context.newPage());
	// The page that leaves the store alone.
	await page.goto(`${link.origin}/?choose`);
	await page.evaluate(code);
}

/** A new tab in the place of this one, as after the phone ended it. */
async function endTab(): Promise<void> {
	const next = await context.newPage();
	await page.close();
	page = next;
	const { left } = link;
	link.left = Infinity;
	await page.goto(`${link.origin}/?choose`);
	await page.evaluate(code);
	link.left = left;
}

const signIn = (name: string, password: string): Promise<string> =>
	page.evaluate(
		async ([name, password]) => {
			const response = await fetch('/api/account/sign-in', {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ name, password })
			});
			const { person, token } = (await response.json()) as {
				person: { id: string; name: string };
				token: string;
			};
			await drafting.signedIn({ id: person.id, name: person.name, token }, true);
			return person.name;
		},
		[name, password] as const
	);

/** One round of the engine; how the newest hand-in stands then. */
const round = () =>
	page.evaluate(async () => {
		const handIns = drafting.createHandIns(drafting.safe);
		await handIns.run();
		handIns.stop();
		const rows = await drafting.safe.handIns.toArray();
		const row = rows.sort((one, other) => other.createdAt - one.createdAt)[0]!;
		return {
			task: row.task,
			state: row.submission?.state ?? null,
			faults: row.submission?.faults ?? [],
			fault: row.fault,
			refused: row.isRefused
		};
	});

test('DRA-42 a hand-in goes on after cuts, kills of the tab and of the server, and sends nearly nothing twice', async () => {
	test.setTimeout(180_000);
	const [, password] = /demo-teacher\S*\s+(\S+)/.exec(server.output()) ?? [];
	const [name] = /demo-teacher\S*/.exec(server.output()) ?? [];
	const person = await signIn(name!, password!);
	const bytes = await page.evaluate(async (name) => {
		const id = await drafting.begin();
		const draft = await drafting.open(id);
		draft.change((each) => drafting.filled(each));
		const maker = { name, institution: 'School', did: 'author' as const };
		draft.change((each) => drafting.edit.setMeta(each, { contributors: [maker] }));
		// Long texts that do not compress: several pieces.
		const words = Array.from({ length: 6000 }, (_, n) => `${(n * 2654435761) % 1_000_003}`.slice(0, 5)).join(
			' '
		);
		for (const unit of ['unit-1', 'unit-2', 'unit-3']) {
			draft.change((each) => drafting.edit.setUnitWords(each, unit, 'en', { text: words }));
		}
		for (const tag of ['th', 'lo', 'km']) {
			draft.change((each) => drafting.filled(drafting.edit.addLanguage(each, tag)));
		}
		await draft.close();
		const handIns = drafting.createHandIns(drafting.safe);
		handIns.stop();
		const handed = await handIns.handIn(id, null);
		if (!handed.ok) throw new Error(JSON.stringify(handed.fault));
		return handed.value.bytes;
	}, person);
	const before = link.up;
	let requests = 0;
	for (const cut of [9_000, 30_000, 70_000, 25_000, 60_000]) {
		link.left = cut;
		const { task } = await round();
		requests += 1;
		expect(task).toBe('send');
		if (cut === 70_000) {
			await server.stop('SIGKILL');
			await server.start();
		}
		await endTab();
	}
	link.left = Infinity;
	let last = await round();
	for (let tries = 0; tries < 5 && last.task === 'send'; tries++) last = await round();
	expect(last).toEqual({ task: 'none', state: 'in-review', faults: [], fault: null, refused: false });
	const sent = link.up - before;
	test
		.info()
		.annotations.push({ type: 'bytes', description: `${bytes} in the snapshot, ${sent} up in ${requests}` });
	console.log(bytes, sent);
	// Requests that ask how far it is take a few KB each; of the blobs nearly nothing goes twice.
	expect(sent).toBeLessThan(bytes * 1.02 + requests * 12_000);
});
