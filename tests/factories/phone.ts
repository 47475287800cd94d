/** A phone of the tests: the phone's own modules, bundled by Vite, in a real Chromium on a page of the running server. */
import type { BrowserContext, Page } from '@playwright/test';
import { build, type Rolldown } from 'vite';
import { root } from '../../vite/root.ts';
import type { Choice, StoredPackage } from '../../src/lib/device/packages/api.ts';
import type { Setara } from './device-entry.ts';

declare global {
	var setara: Setara;
}

let bundled: Promise<string> | undefined;

const bundle = (): Promise<string> =>
	(bundled ??= build({
		configFile: false,
		logLevel: 'error',
		plugins: [root()],
		build: {
			write: false,
			minify: false,
			lib: { entry: 'tests/factories/device-entry.ts', formats: ['iife'], name: 'tests' }
		}
	}).then((built) => {
		const [output] = built as Rolldown.RolldownOutput[];
		return output!.output[0].code;
	}));

/** Opens a page without the app's own scripts (the choice of languages) and puts the phone's modules into it. */
export async function openPhone(context: BrowserContext, origin: string): Promise<Page> {
	const page = await context.newPage();
	await page.goto(`${origin}/?choose`);
	// Through the inspector: the page's own policy lets no foreign script in.
	await page.evaluate(await bundle());
	return page;
}

/** Kills the tab, as the system does to one that it wants the memory of. */
export async function killTab(page: Page): Promise<void> {
	const inspector = await page.context().newCDPSession(page);
	const gone = page.waitForEvent('crash');
	void inspector.send('Page.crash').catch(() => undefined);
	await gone;
}

/** Starts saving and does not wait. */
export const startSaving = (page: Page, id: string, choice: Choice): Promise<void> =>
	page.evaluate(
		([id, choice]) => {
			void setara.packages().then((packages) => packages.save(id, choice));
		},
		[id, choice] as const
	);

/** Saves and answers where the package then stands. */
export const save = (page: Page, id: string, choice: Choice): Promise<StoredPackage> =>
	page.evaluate(async ([id, choice]) => (await setara.packages()).save(id, choice), [id, choice] as const);

export const resume = (page: Page, id: string): Promise<StoredPackage> =>
	page.evaluate(async (id) => (await setara.packages()).resume(id), id);

export const stored = (page: Page, id: string): Promise<StoredPackage | null> =>
	page.evaluate(async (id) => (await setara.packages()).get(id), id);

/** Waits until the package stands so. */
export async function until(
	page: Page,
	id: string,
	holds: (stored: StoredPackage | null) => boolean,
	seconds = 30
): Promise<StoredPackage | null> {
	for (let tries = 0; tries < seconds * 20; tries++) {
		const now = await stored(page, id);
		if (holds(now)) return now;
		await new Promise((done) => setTimeout(done, 50));
	}
	throw new Error(`it stands otherwise: ${JSON.stringify(await stored(page, id))}`);
}

/** Code of what the phone's store answers for a unit, or `ok` and who checked it. */
export const readUnit = (page: Page, language: 'en' | 'th', id: string, unit: string): Promise<string> =>
	page.evaluate(
		async ([language, id, unit]) => {
			const answer = await setara.libraries.device.unit({ language }, id, unit);
			return answer.ok ? `ok ${answer.value.checked} ${answer.value.contentLanguage}` : answer.fault.code;
		},
		[language, id, unit] as const
	);
