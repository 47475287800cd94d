/** Stores of phones that anyone can rerun: `STORES=5000 STORE_SEED=… npx vitest run tests/simulation/store.test.ts`. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openShelf, type Shelf } from './store/shelf.ts';
import { bundleTab } from './store/tab.ts';
import { runStore, type Counts } from './store/world.ts';

vi.mock('../../src/lib/core/base/vocabulary.ts', async (original) => ({
	...(await original<object>()),
	// As in `tab.ts`.
	CHUNK_SIZE: 32 * 1024
}));

const STORES = Number(process.env['STORES'] ?? 1000);
const SEED = process.env['STORE_SEED'] ?? 'setara';

let shelf: Shelf;
const { stackTraceLimit } = Error;
beforeAll(async () => {
	[shelf] = await Promise.all([openShelf(), bundleTab()]);
	// Dexie makes errors that nobody reads by the thousand.
	Error.stackTraceLimit = 0;
}, 60_000);
afterAll(async () => {
	Error.stackTraceLimit = stackTraceLimit;
	await shelf?.close();
});

async function run(seed: string, counts: Counts): Promise<void> {
	try {
		await runStore(shelf, seed, counts);
	} catch (error) {
		throw new Error(`store '${seed}': ${(error as Error).message}`, { cause: error });
	}
}

describe('stores', () => {
	it(`DEV-80 to DEV-86 hold in ${STORES} histories`, { timeout: 600_000 }, async () => {
		const counts: Counts = {};
		for (let n = 0; n < STORES; n++) await run(`${SEED}-${n}`, counts);
		// It met what it is for.
		for (const what of [
			'evict chunks',
			'evict blobs',
			'refused by the disk',
			'kill, under way',
			'publish, under way'
		])
			expect(counts[what], what).toBeGreaterThan(STORES / 20);
	});
});
