/** The browser of the tests: the machine's Chromium, with a profile on disk so that it can be closed and come back. */
import { chromium, type BrowserContext } from '@playwright/test';

/** Chromium's flags for a machine without a display, a GPU or Google's hosts. */
export const CHROMIUM_FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

export interface BrowserOptions {
	locale?: string;
	viewport?: { width: number; height: number };
	args?: string[];
	serviceWorkers?: 'allow' | 'block';
	/** False: a browser without JavaScript. */
	isScripted?: boolean;
}

/** Opens the profile in `folder`: IndexedDB, worker and caches are as it was left. */
export function openProfile(folder: string, options: BrowserOptions = {}): Promise<BrowserContext> {
	return chromium.launchPersistentContext(folder, {
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		headless: true,
		args: [...CHROMIUM_FLAGS, ...(options.args ?? [])],
		locale: options.locale ?? 'en',
		serviceWorkers: options.serviceWorkers ?? 'allow',
		javaScriptEnabled: options.isScripted ?? true,
		viewport: options.viewport ?? { width: 360, height: 740 },
		hasTouch: true,
		isMobile: false
	});
}
