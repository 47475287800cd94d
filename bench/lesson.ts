/** How soon a saved unit can be read with no link: the browser just started, and from the unit before. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProfile } from '../tests/factories/browser.ts';
import type { RunningServer } from '../tests/factories/running-server.ts';
import { savePackage, workerReady } from '../tests/factories/student.ts';
import { figure, type Figure } from './figure.ts';
import { firstPage, slowCpu } from './slow-phone.ts';

const PACKAGE = 'rooftop-solar';
const LIMITS = { cold: 1000, warm: 100 };
/** A block of the lesson's own text: what the person came to read. */
const TEXT = '[data-block]';

export async function measureLesson(server: RunningServer, runs: number): Promise<Figure[]> {
	const profile = await mkdtemp(join(tmpdir(), 'setara-bench-'));
	const lesson = `${server.origin}/th/library/${PACKAGE}/string-sizing`;
	try {
		const visit = await openProfile(profile, { locale: 'th' });
		const page = await firstPage(visit);
		await page.goto(`${server.origin}/th/library`);
		await workerReady(page);
		await savePackage(page, server.origin, { language: 'th', tier: 'pictures' });
		await page.goto(lesson);
		await page.locator(TEXT).first().waitFor();
		await visit.close();
		await server.stop();

		const cold: number[] = [];
		const warm: number[] = [];
		for (let run = 0; run < runs; run++) {
			const context = await openProfile(profile, { locale: 'th' });
			const phone = await firstPage(context);
			await slowCpu(phone);
			await phone.goto(lesson, { waitUntil: 'commit' });
			cold.push(await whenDrawn(phone));
			warm.push(await openNext(phone));
			await context.close();
		}
		await server.start();
		return [figure('lesson.cold', 'ms', cold, LIMITS.cold), figure('lesson.warm', 'ms', warm, LIMITS.warm)];
	} finally {
		await rm(profile, { recursive: true, force: true });
	}
}

type Phone = Awaited<ReturnType<typeof firstPage>>;

/** Milliseconds from the start of the navigation until the first frame that shows the lesson's text. */
const whenDrawn = (page: Phone): Promise<number> =>
	page.evaluate(async (selector) => {
		while (!document.querySelector(selector)) await new Promise(requestAnimationFrame);
		await new Promise(requestAnimationFrame);
		return performance.now();
	}, TEXT);

/** Goes to the next unit by the link that the page offers, and waits for that unit's text. */
async function openNext(page: Phone): Promise<number> {
	await page.waitForTimeout(1500);
	return page.evaluate(
		async ({ path, selector }) => {
			const link = document.querySelector<HTMLAnchorElement>(`a[href*="${path}"]`);
			if (!link) throw new Error('the page does not lead on');
			const before = document.querySelector('h1')?.textContent;
			const start = performance.now();
			link.click();
			const isThere = () =>
				document.querySelector('h1')?.textContent !== before && document.querySelector(selector);
			while (!isThere()) await new Promise(requestAnimationFrame);
			return performance.now() - start;
		},
		{ path: `/library/${PACKAGE}/string-sizing-lab`, selector: TEXT }
	);
}
