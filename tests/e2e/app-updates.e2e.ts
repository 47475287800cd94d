/** A new release of the app on a phone that has the one before: what is fetched of it, and that it is that release (DEV-55). */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { openProfile } from '../factories/browser.ts';
import { copyProject, type Project } from '../factories/project.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import { hydrated, savePackage, updateWaits, word, workerReady } from '../factories/student.ts';

const COMPONENT = 'src/lib/ui/lessons/Colophon.svelte';
const PLACE = '<nav aria-label={i18n.t(';
const says = (release: string) => `<p>This is ${release}.</p>`;

let project: Project;
let server: RunningServer;
let profile: string;
let phone: BrowserContext;
let page: Page;

test.describe.configure({ mode: 'serial' });
// A release is a build of its own, of half a minute and more.
test.setTimeout(300_000);

test.beforeAll(async () => {
	test.setTimeout(300_000);
	project = await copyProject();
	server = await startServer({}, project.folder);
	profile = await mkdtemp(join(tmpdir(), 'setara-updates-'));
	await openPhone();
	await page.goto(`${server.origin}/en/library`);
	await workerReady(page);
	await savePackage(page, server.origin, { tier: 'pictures' });
});

test.afterAll(async () => {
	await phone?.close();
	await server?.dispose();
	await project?.dispose();
	if (profile) await rm(profile, { recursive: true, force: true });
});

async function openPhone(): Promise<void> {
	phone = await openProfile(profile);
	page = phone.pages()[0] ?? (await phone.newPage());
}

/** Builds and serves the next release while the phone is off; `between` happens while the server is, too. */
async function release(from: string, to: string, between?: () => Promise<void>): Promise<void> {
	await phone.close();
	await server.stop();
	await between?.();
	await project.change(COMPONENT, from, to);
	await server.start();
	await openPhone();
	await page.goto(`${server.origin}/en/me`);
	await hydrated(page);
	await updateWaits(page);
}

/** Whether every file of the app that the phone keeps is the server's, to the byte; answers how each was encoded. */
async function compareKept(): Promise<Map<string, string | null>> {
	const kept = await page.evaluate(async () => {
		const files = [];
		for (const name of await caches.keys()) {
			const cache = await caches.open(name);
			for (const request of await cache.keys()) {
				const answer = (await cache.match(request))!;
				const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await answer.arrayBuffer()));
				files.push({
					path: new URL(request.url).pathname,
					digest: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''),
					encoding: answer.headers.get('content-encoding')
				});
			}
		}
		return files;
	});
	for (const { path, digest } of kept) {
		const file = path === '/shell' ? 'prerendered/shell.html' : `client${path}`;
		const bytes = await readFile(join(project.folder, 'build', file));
		expect(digest, path).toBe(createHash('sha256').update(bytes).digest('hex'));
	}
	return new Map(kept.map(({ path, encoding }) => [path.replace(/\.[\w-]{8}\.js$/, ''), encoding]));
}

async function agree(): Promise<void> {
	await Promise.all([
		page.waitForEvent('load'),
		page.getByRole('button', { name: word('en', 'settings', 'new-version') }).click()
	]);
	await hydrated(page);
}

const READER = '/_app/immutable/chunks/reader';

test('takes what differs of a release with one changed component, and has that release to the byte', async () => {
	await release(PLACE, says('release two') + PLACE);
	await agree();
	const encodings = await compareKept();
	expect(encodings.size).toBeGreaterThan(40);
	const differing = [...encodings].filter(([, encoding]) => encoding === 'dcz').map(([path]) => path);
	expect(differing.sort()).toEqual([READER, '/shell']);
});

test('opens it with no link', async () => {
	await server.stop();
	await page.goto(`${server.origin}/en/library/rooftop-solar/string-sizing`);
	await expect(page.getByText('This is release two.')).toBeVisible();
	await server.start();
});

test('takes it whole where the server has nothing of the release before', async () => {
	await release(says('release two'), says('release three'), () =>
		rm(join(server.data, 'releases'), { recursive: true })
	);
	await agree();
	const encodings = await compareKept();
	expect([encodings.get(READER), encodings.get('/shell')]).toEqual(['br', 'br']);
	await page.goto(`${server.origin}/en/library/rooftop-solar/string-sizing`);
	await expect(page.getByText('This is release three.')).toBeVisible();
});
