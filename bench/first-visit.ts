/** What a first visit costs before anything is kept: seconds, bytes, requests. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProfile } from '../tests/factories/browser.ts';
import type { RunningServer } from '../tests/factories/running-server.ts';
import { figure, type Figure } from './figure.ts';
import { openProxy } from './proxy.ts';
import { firstPage, slowDown } from './slow-phone.ts';

const LIMITS = { readable: 2.0, bytes: 90_000, requests: 16, all: 200_000 };
const QUIET_MS = 10_000;

interface Visit {
	readable: number;
	bytes: number;
	requests: number;
	all: number;
}

/** Opens the library in Thai with an empty profile, `runs` times. */
export async function measureFirstVisit(server: RunningServer, runs: number): Promise<Figure[]> {
	const visits: Visit[] = [];
	for (let run = 0; run < runs; run++) visits.push(await visit(server));
	return [
		figure(
			'first-visit.readable',
			's',
			visits.map(({ readable }) => readable),
			LIMITS.readable
		),
		figure(
			'first-visit.bytes',
			'bytes',
			visits.map(({ bytes }) => bytes),
			LIMITS.bytes
		),
		figure(
			'first-visit.requests',
			'requests',
			visits.map(({ requests }) => requests),
			LIMITS.requests
		),
		figure(
			'first-visit.all-bytes',
			'bytes',
			visits.map(({ all }) => all),
			LIMITS.all
		)
	];
}

async function visit(server: RunningServer): Promise<Visit> {
	const profile = await mkdtemp(join(tmpdir(), 'setara-bench-'));
	const proxy = await openProxy(server.port);
	const context = await openProfile(profile, { locale: 'th' });
	try {
		const page = await firstPage(context);
		const session = await slowDown(page);
		let bytes = 0;
		let requests = 0;
		let counting = true;
		session.on('Network.requestWillBeSent', () => (requests += counting ? 1 : 0));
		session.on('Network.loadingFinished', ({ encodedDataLength }) => {
			bytes += counting ? encodedDataLength : 0;
		});
		await page.goto(`${proxy.origin}/th/library`, { waitUntil: 'commit' });
		// Shown, and what a tap on it does works: a link of the document, which needs no script.
		await page.locator('main a[href*="/library/"]').first().waitFor({ state: 'visible', timeout: 60_000 });
		const readable = await page.evaluate(() => {
			const [paint] = performance.getEntriesByName('first-contentful-paint');
			return (paint?.startTime ?? performance.now()) / 1000;
		});
		await page.waitForFunction(() => performance.getEntriesByName('setara:hydrated').length > 0, null, {
			timeout: 60_000
		});
		counting = false;
		while (proxy.quietFor() < QUIET_MS) await new Promise((done) => setTimeout(done, 250));
		return { readable, bytes, requests, all: proxy.received() };
	} finally {
		await context.close();
		await proxy.close();
		await rm(profile, { recursive: true, force: true });
	}
}
