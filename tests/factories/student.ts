/** What a student does on pages, by the words that they read there. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Tier } from '../../src/lib/core/base/vocabulary.ts';

type Namespace =
	| 'account'
	| 'common'
	| 'faults'
	| 'file'
	| 'lesson'
	| 'library'
	| 'people'
	| 'review'
	| 'room'
	| 'settings'
	| 'sources'
	| 'sync'
	| 'teach'
	| 'week'
	| 'work-faults'
	| 'faults';

/** The text of a key as the interface shows it; tests never repeat a sentence of the catalogues. */
export function word(language: string, namespace: Namespace, key: string): string {
	const words = JSON.parse(readFileSync(`locales/${language}/${namespace}.json`, 'utf8')) as Record<
		string,
		string
	>;
	const text = words[key];
	if (text === undefined) throw new Error(`${language} has no ${namespace}.${key}`);
	return text;
}

/** What a key says, whatever stands in its braces. */
export const wordPattern = (language: string, namespace: Namespace, key: string): RegExp =>
	new RegExp(
		word(language, namespace, key)
			.split(/\{\{\w+\}\}/)
			.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
			.join('.+')
	);

/** Opens a package's page, chooses what to save, and waits until it is whole on this phone. */
export async function savePackage(
	page: Page,
	origin: string,
	{ language = 'en', id = 'rooftop-solar', tier }: { language?: string; id?: string; tier: Tier }
): Promise<void> {
	await page.goto(`${origin}/${language}/library/${id}`);
	await hydrated(page);
	await page.getByRole('radio', { name: word(language, 'library', `tier-${tier}`) }).check();
	await page.getByRole('button', { name: word(language, 'library', 'save') }).click();
	await saved(page, language);
}

/** Waits until the page says that the package is saved: "being saved" has the same words in it. */
export const saved = (page: Page, language = 'en'): Promise<void> =>
	page
		.getByRole('heading', { name: word(language, 'library', 'saved'), exact: true })
		.waitFor({ timeout: 90_000 });

/** Waits until the page answers. */
export const hydrated = (page: Page): Promise<unknown> =>
	page.waitForFunction(() => performance.getEntriesByName('setara:hydrated').length > 0, null, {
		timeout: 60_000
	});

/** Waits until the worker answers for this page, and keeps what a student needs. */
export const workerReady = (page: Page): Promise<unknown> =>
	page.waitForFunction(
		async () => (await navigator.serviceWorker.ready) && navigator.serviceWorker.controller !== null,
		null,
		{ timeout: 60_000 }
	);

/** Asks for a new release of the app, as an open page does every six hours, and waits until all of it is here. */
export const updateWaits = (page: Page): Promise<unknown> =>
	page.evaluate(async () => {
		const registration = await navigator.serviceWorker.ready;
		await registration.update();
		const worker = registration.installing;
		if (!worker && !registration.waiting) throw new Error('there is no new release');
		if (!worker) return;
		await new Promise<void>((done, failed) =>
			worker.addEventListener('statechange', () => {
				if (worker.state === 'installed') done();
				if (worker.state === 'redundant') failed(new Error('the new release did not install'));
			})
		);
	});
