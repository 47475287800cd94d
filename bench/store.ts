/** How fast media that have come are verified and stored: hash, IndexedDB and all between, on this machine as it is. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleOf } from '../tests/factories/bundle.ts';
import { openProfile } from '../tests/factories/browser.ts';
import type { RunningServer } from '../tests/factories/running-server.ts';
import { figure, type Figure } from './figure.ts';
import type { StoreAll } from './store-entry.ts';

declare global {
	var storeAll: StoreAll;
}

const LEAST_MB_PER_SECOND = 20;
const FILES = 8;
const FILE_BYTES = 8 * 1024 * 1024;

export async function measureStore(server: RunningServer, runs: number): Promise<Figure[]> {
	const profile = await mkdtemp(join(tmpdir(), 'setara-bench-'));
	const context = await openProfile(profile, { serviceWorkers: 'block' });
	try {
		const page = await context.newPage();
		await page.goto(`${server.origin}/?choose`);
		await page.evaluate(await bundleOf('bench/store-entry.ts'));
		const speeds: number[] = [];
		for (let run = 0; run < runs; run++) {
			speeds.push(
				await page.evaluate(([files, bytes]) => storeAll(files, bytes), [FILES, FILE_BYTES] as const)
			);
		}
		return [figure('store.mb-per-s', 'MB/s', speeds, LEAST_MB_PER_SECOND, true)];
	} finally {
		await context.close();
		await rm(profile, { recursive: true, force: true });
	}
}
