/** What is fetched twice over a link that lives for 20 seconds at 50 kbit/s, packs and media (DEV-15). */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProfile } from '../tests/factories/browser.ts';
import { startLink, type LinkProxy } from '../tests/factories/link-proxy.ts';
import { openPhone, startSaving, stored } from '../tests/factories/phone.ts';
import type { RunningServer } from '../tests/factories/running-server.ts';
import { figure, type Figure } from './figure.ts';

const PACKAGE = 'rooftop-solar';
const CHOICE = { languages: ['en'], tier: 'video', video: '144p' } as const;
const BYTES_PER_SECOND = 50_000 / 8;
const LIFE = 20_000;
/** Packs are here after 12 s: the first cut is in one of them. */
const FIRST_LIFE = 6000;
const GONE = 2000;
const LIMIT_BYTES = 64 * 1024;
/** It takes three minutes, and nothing in it is left to chance but when exactly it breaks. */
const MOST_RUNS = 2;
const MOST_CUTS = 60;

export async function measureResume(server: RunningServer, runs: number): Promise<Figure[]> {
	const twice: number[] = [];
	for (let run = 0; run < Math.min(runs, MOST_RUNS); run++) twice.push(await bytesTwice(server));
	return [figure('resume.bytes-twice', 'bytes', twice, LIMIT_BYTES)];
}

const wasContinued = ({ carried }: LinkProxy, prefix: string): boolean =>
	carried.some(
		({ url, range, status }) => url.startsWith(prefix) && status === 206 && /=[1-9]/.test(range ?? '')
	);

/** Saves over cut after cut until all of it is on the phone. */
async function bytesTwice(server: RunningServer): Promise<number> {
	const profile = await mkdtemp(join(tmpdir(), 'setara-bench-'));
	const link = await startLink(server.origin);
	const context = await openProfile(profile, { serviceWorkers: 'block' });
	try {
		const page = await openPhone(context, link.origin);
		link.carried.length = 0;
		link.rate = BYTES_PER_SECOND;
		// As every tab does after its start: what the link stopped goes on by itself.
		await page.evaluate(async () => (await setara.packages()).resumeAll());
		await startSaving(page, PACKAGE, CHOICE);
		for (let cuts = 0; ; cuts++) {
			for (const end = Date.now() + (cuts === 0 ? FIRST_LIFE : LIFE); Date.now() < end;) {
				await page.waitForTimeout(250);
				if ((await stored(page, PACKAGE))?.state !== 'saved') continue;
				if (!wasContinued(link, '/pack/') || !wasContinued(link, '/blob/'))
					throw new Error('nothing was cut');
				return link.twice();
			}
			if (cuts === MOST_CUTS) throw new Error(`not saved: ${JSON.stringify(await stored(page, PACKAGE))}`);
			link.isCut = true;
			link.cut();
			await page.waitForTimeout(GONE);
			link.isCut = false;
		}
	} finally {
		await context.close();
		await link.close();
		await rm(profile, { recursive: true, force: true });
	}
}
