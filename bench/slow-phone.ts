/** The phone and link that figures are promised for: 400 kbit/s, 400 ms, a CPU six times slower than this one. */
import type { BrowserContext, CDPSession, Page } from '@playwright/test';

const BYTES_PER_SECOND = 400_000 / 8;
const LATENCY_MS = 400;
const CPU_RATE = 6;

/** Slows a page's link and CPU; what its worker fetches by itself is not slowed (DevTools counts it elsewhere). */
export async function slowDown(page: Page, offline = false): Promise<CDPSession> {
	const session = await page.context().newCDPSession(page);
	await session.send('Network.enable');
	await session.send('Network.emulateNetworkConditions', {
		offline,
		latency: offline ? 0 : LATENCY_MS,
		downloadThroughput: offline ? 0 : BYTES_PER_SECOND,
		uploadThroughput: offline ? 0 : BYTES_PER_SECOND
	});
	await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_RATE });
	return session;
}

/** Slows the CPU alone. */
export async function slowCpu(page: Page): Promise<void> {
	const session = await page.context().newCDPSession(page);
	await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_RATE });
}

/** The page of a context that Playwright opened with it. */
export const firstPage = async (context: BrowserContext): Promise<Page> =>
	context.pages()[0] ?? (await context.newPage());
