/** Waits for what an author's phone keeps once it has been to the pages of authors with a link. */
import { readdirSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { workerReady } from './student.ts';

/** All that authors use is kept: also what is loaded only once somebody has a recording, and what draws a lesson. */
export async function authoringKept(page: Page): Promise<void> {
	await workerReady(page);
	const wanted = readdirSync('build/client/_app/immutable', { recursive: true, encoding: 'utf8' }).filter(
		(path) => /(?:^|\/)(?:work-teach[.-][^/]*|reader\.[^/]*)\.(?:js|css)$/.test(path)
	);
	expect(wanted.length).toBeGreaterThanOrEqual(7);
	const lacking = async () => {
		const here = await page.evaluate(async () =>
			(await (await caches.open('setara-loaded')).keys()).map(({ url }) => url)
		);
		return wanted.filter((path) => !here.some((url) => url.endsWith(`/${path}`)));
	};
	await expect.poll(lacking, { timeout: 60_000 }).toEqual([]);
}
