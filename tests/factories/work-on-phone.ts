/** Waits for what a phone keeps of the app once it has been, with a link, where it is used. */
import { readdirSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { workerReady } from './student.ts';

/** All that authors use: also what is loaded only once somebody has a recording, and what draws a lesson. */
export const authoringKept = (page: Page): Promise<void> =>
	kept(page, /(?:^|\/)(?:work-teach[.-][^/]*|reader\.[^/]*)\.(?:js|css)$/, 7);

/** What opens, draws and asks a lesson, and marks its places. */
export const lessonsKept = (page: Page): Promise<void> =>
	kept(page, /(?:^|\/)(?:reader|marks|open|quiz)\.[^/]*\.js$/, 4);

async function kept(page: Page, files: RegExp, atLeast: number): Promise<void> {
	await workerReady(page);
	const built = readdirSync('build/client/_app/immutable', { recursive: true, encoding: 'utf8' });
	const wanted = built.filter((path) => files.test(path));
	expect(wanted.length).toBeGreaterThanOrEqual(atLeast);
	const lacking = async () => {
		const here = await page.evaluate(async () =>
			(await (await caches.open('setara-loaded')).keys()).map(({ url }) => url)
		);
		return wanted.filter((path) => !here.some((url) => url.endsWith(`/${path}`)));
	};
	await expect.poll(lacking, { timeout: 60_000 }).toEqual([]);
}
