/** Downloads that anyone can rerun: `DOWNLOADS=5000 DOWNLOAD_SEED=… npx vitest run tests/simulation/downloads`. */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CHUNK, isHonest, LIMIT, runDownload, type Download, type Wild } from './downloads.ts';

const DOWNLOADS = Number(process.env['DOWNLOADS'] ?? 200);
const SEED = process.env['DOWNLOAD_SEED'] ?? 'setara';

beforeEach(() => {
	// The same SHA-256, at once instead of on another thread: a seed then gives the same history every time.
	vi.spyOn(crypto.subtle, 'digest').mockImplementation(async (_, data) => {
		const bytes = createHash('sha256')
			.update(data as Uint8Array)
			.digest();
		return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + 32) as ArrayBuffer;
	});
});
afterEach(() => vi.restoreAllMocks());

/** What must hold at the end of every download. */
function hold({ disk, chunks, dropped, miscounted }: Download): void {
	// Whole, and every stored chunk is what its digest says (DEV-70).
	expect([...disk.chunks.keys()].sort()).toEqual([...chunks.keys()].sort());
	for (const [digest, bytes] of disk.chunks) {
		expect(createHash('sha256').update(bytes).digest('hex')).toBe(digest);
	}
	// Nothing unverified is left behind.
	expect([...disk.pieces.keys()]).toEqual([]);
	// What is said to be here is what is (DEV-16).
	expect(miscounted).toBe(0);
	// Only who lied is dropped, and is asked no more (DEV-72).
	for (const { link, after } of dropped) expect([isHonest(link), after]).toEqual([false, 0]);
}

async function run(name: string, wild: Wild, also: (download: Download) => void): Promise<Download[]> {
	const all: Download[] = [];
	for (let n = 0; n < DOWNLOADS; n++) {
		const seed = `${SEED}-${name}-${n}`;
		try {
			const download = await runDownload(seed, wild);
			hold(download);
			also(download);
			all.push(download);
		} catch (error) {
			throw new Error(`download '${seed}': ${(error as Error).message}`, { cause: error });
		}
	}
	return all;
}

const sum = (all: Download[], of: (download: Download) => number) =>
	all.reduce((total, each) => total + of(each), 0);

const TIME = { timeout: 300_000 };
const CALM: Wild = { kills: false, liars: false, fullDisks: false, fastest: 2_000_000 };
/** What a request had not written yet: 16 KB and a piece. */
const UNWRITTEN = 20 * 1024;

describe('downloads', () => {
	it('DEV-71 no byte comes twice over cuts, stalls, drips and sources that come and go', TIME, async () => {
		await run('calm', CALM, ({ twice, givenUp }) => expect([twice, givenUp]).toEqual([0, 0]));
	});

	it('DEV-71 a killed tab costs a slow link no more than was not yet written', TIME, async () => {
		const all = await run('killed', { ...CALM, kills: true, fastest: 20_000 }, ({ twice, kills, links }) =>
			expect(twice).toBeLessThanOrEqual(kills * links.length * LIMIT * UNWRITTEN)
		);
		expect(sum(all, ({ kills }) => kills)).toBeGreaterThan(DOWNLOADS * 2);
	});

	it('DEV-6 a full disk costs what did not fit on it, and loses nothing that was there', TIME, async () => {
		const all = await run('full', { ...CALM, fullDisks: true, fastest: 60_000 }, ({ twice, full, links }) =>
			expect(twice).toBeLessThanOrEqual(full * links.length * LIMIT * CHUNK)
		);
		expect(sum(all, ({ full }) => full)).toBeGreaterThan(DOWNLOADS / 4);
	});

	it(
		'DEV-72 a source that lies costs the chunks that it spoiled, and nothing that was good',
		TIME,
		async () => {
			const all = await run('lied to', { ...CALM, liars: true, fastest: 500_000 }, ({ twice, givenUp }) =>
				expect(twice).toBeLessThanOrEqual(givenUp * CHUNK)
			);
			expect(sum(all, ({ dropped }) => dropped.length)).toBeGreaterThan(DOWNLOADS / 10);
		}
	);

	it('DEV-73 ends whole whatever happens, as long as one honest source stays', TIME, async () => {
		await run('wild', { kills: true, liars: true, fullDisks: true, fastest: 2_000_000 }, () => undefined);
	});
});
