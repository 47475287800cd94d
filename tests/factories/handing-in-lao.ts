/** How a course stands that a teacher in Laos handed in, as the phone says it, over a link that comes and goes. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { HandInList } from '../../src/lib/core/protocol/hand-in.ts';
import { lo } from './course-in-lao.ts';
import type { CuttingLink } from './cutting-link.ts';
import { wordPattern } from './student.ts';

/** What the overview says of it, in the words of a state. */
export const says = (page: Page, key: string): Locator =>
	page.locator('#hand-in').getByText(wordPattern('lo', 'teach', key));

/** What of the author's work is with the committee. */
export async function inReview(page: Page): Promise<HandInList['submissions'][number]> {
	const list = await page.evaluate(async () => (await fetch('/api/hand-in')).json() as Promise<HandInList>);
	return list.submissions.find(({ state }) => state === 'in-review')!;
}

/** The teacher looks again: what waits is tried at once. */
export async function standsAt(page: Page, draft: string, state: string): Promise<void> {
	await expect(async () => {
		await page.goto(draft);
		await expect(page.getByText(lo(`state-${state}`)).first()).toBeVisible({ timeout: 5_000 });
	}).toPass({ timeout: 60_000 });
}

/** A link appears, carries so many bytes, and then no more. */
export async function scrap(page: Page, link: CuttingLink, bytes: number): Promise<void> {
	await page.context().setOffline(true);
	link.left = bytes;
	await page.context().setOffline(false);
	await expect.poll(() => link.left, { timeout: 30_000, intervals: [20] }).toBeLessThanOrEqual(0);
}
