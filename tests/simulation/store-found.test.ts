/** What histories of stores found (`store.test.ts`), told by themselves: each was a bug once. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { StoredPackage } from '../../src/lib/device/packages/api.ts';
import { openPhone, type SimulatedPhone } from './store/phone.ts';
import { openShelf, SUN, WIND, type Shelf } from './store/shelf.ts';
import { bundleTab, type Tab } from './store/tab.ts';

vi.mock('../../src/lib/core/base/vocabulary.ts', async (original) => ({
	...(await original<object>()),
	// As in `tab.ts`.
	CHUNK_SIZE: 32 * 1024
}));

const HOUR = 60 * 60_000;
const VIDEO = { languages: ['en'], tier: 'video' } as const;
const TEXT = { languages: ['en'], tier: 'text' } as const;

let shelf: Shelf;
beforeAll(async () => {
	[shelf] = await Promise.all([openShelf(), bundleTab()]);
}, 60_000);
afterAll(() => shelf?.close());

/** A phone of which every rule holds all the while; `told` begins with its first tab. */
async function onPhone(told: (phone: SimulatedPhone, tab: Tab) => Promise<void>): Promise<void> {
	const phone = openPhone(shelf, 'found');
	await phone.run(async () => told(phone, await phone.open()), HOUR);
}
/** Closes all tabs and opens the app anew; resolves when it has looked at what is there. */
async function reopen({ alive, kill, open, time }: SimulatedPhone): Promise<Tab> {
	alive().forEach(kill);
	const tab = await open();
	await time.sleep(1);
	return tab;
}
/** Kills a tab after the transaction by which this becomes so. */
async function killOnce({ disk, kill, time }: SimulatedPhone, tab: Tab, holds: () => boolean): Promise<void> {
	const { onChange } = disk;
	disk.onChange = () => {
		onChange();
		if (!tab.isDead && holds()) kill(tab);
	};
	await time.sleep(10);
	disk.onChange = onChange;
	expect(tab.isDead).toBe(true);
}
const stored = (tab: Tab, id = SUN): Promise<StoredPackage | null> => tab.phone.packages.get(id);
const rowOf = ({ disk }: SimulatedPhone, id = SUN) => disk.rows('packages').find((row) => row.id === id)!;
const chunksOf = ({ disk }: SimulatedPhone) => disk.rows('chunks').map(({ digest }) => digest);
const cut = ({ lines }: SimulatedPhone, isUp = false) => void (lines.get('')!.isUp = isUp);
/** Slow enough that half of the film is still to come after a few seconds. */
const slow = ({ lines }: SimulatedPhone) => void (lines.get('')!.rate = 10);

describe('what the browser takes away (DEV-26, DEV-82)', () => {
	it('is not said to open where the package was paused', () =>
		onPhone(async (phone, tab) => {
			slow(phone);
			void tab.phone.packages.save(SUN, VIDEO);
			await phone.time.sleep(8000);
			await tab.phone.packages.pause(SUN);
			expect((await stored(tab))?.readable).toEqual(['en']);
			const kept = chunksOf(phone);
			expect(kept.length).toBeGreaterThan(0);
			phone.disk.evict('blobs', phone.disk.rows('installs')[0]!.packs.part);
			tab = await reopen(phone);
			expect(await stored(tab)).toMatchObject({ state: 'paused', readable: [] });
			// Nothing of what is still good goes, and it opens again when it is whole.
			await tab.phone.packages.cancel(WIND);
			expect(chunksOf(phone)).toEqual(kept);
			expect(await tab.phone.packages.resume(SUN)).toMatchObject({ state: 'saved', readable: ['en'] });
		}));

	it('is said where giving up a larger choice goes back to it', () =>
		onPhone(async (phone, tab) => {
			await tab.phone.packages.save(SUN, VIDEO);
			phone.disk.evict('chunks', chunksOf(phone)[0]!);
			cut(phone);
			tab = await reopen(phone);
			await tab.phone.packages.cancel(SUN);
			expect(await stored(tab)).toMatchObject({ state: 'stopped', fault: { code: 'storage/evicted' } });
		}));

	it('is said at the next start where the tab was killed while it looked', () =>
		onPhone(async (phone, tab) => {
			await tab.phone.packages.save(SUN, VIDEO);
			phone.disk.evict('chunks', chunksOf(phone)[0]!);
			cut(phone);
			phone.kill(tab);
			tab = await phone.open();
			await killOnce(phone, tab, () => phone.disk.rows('media').every(({ here }) => !here));
			expect(rowOf(phone).state).toBe('saved');
			tab = await reopen(phone);
			expect((await stored(tab))?.state).not.toBe('saved');
		}));

	it('costs no more than itself, where it was the part that names the files', () =>
		onPhone(async (phone, tab) => {
			await tab.phone.packages.save(SUN, VIDEO);
			await tab.phone.packages.save(WIND, TEXT);
			const all = chunksOf(phone);
			phone.disk.evict('blobs', phone.disk.rows('installs').find((row) => row.package === SUN)!.shared);
			await tab.phone.packages.remove(WIND);
			expect(chunksOf(phone)).toEqual(all);
			tab = await reopen(phone);
			await phone.time.sleep(10_000);
			expect(await stored(tab)).toMatchObject({ state: 'saved' });
		}));

	it('of one package while another is fetched is said of that one', () =>
		onPhone(async (phone, tab) => {
			await tab.phone.packages.save(WIND, VIDEO);
			phone.disk.evict('chunks', chunksOf(phone)[0]!);
			await tab.phone.packages.save(SUN, TEXT);
			expect(await stored(tab, WIND)).toMatchObject({ state: 'stopped', fault: { code: 'storage/evicted' } });
		}));

	it('in mid-download is not said to be saved', () =>
		onPhone(async (phone, tab) => {
			slow(phone);
			const saving = tab.phone.packages.save(SUN, VIDEO);
			await phone.time.sleep(8000);
			phone.disk.evict('chunks', chunksOf(phone)[0]!);
			expect(await saving).toMatchObject({ state: 'stopped', fault: { code: 'storage/evicted' } });
			expect(await tab.phone.packages.resume(SUN)).toMatchObject({ state: 'saved' });
		}));
});

describe('what nothing needs any more (DEV-19)', () => {
	it('goes at the next start where the tab was killed before it did', () =>
		onPhone(async (phone, tab) => {
			await tab.phone.packages.save(WIND, TEXT);
			await tab.phone.packages.save(SUN, VIDEO);
			void tab.phone.packages.remove(SUN);
			await killOnce(phone, tab, () => phone.disk.rows('packages').length === 1);
			expect(chunksOf(phone).length).toBeGreaterThan(0);
			await reopen(phone);
			await phone.time.sleep(100);
			expect([phone.disk.rows('blobs').length, chunksOf(phone)]).toEqual([6, []]);
		}));
});

describe('the bytes that are shown (DEV-84)', () => {
	it('are those of the choice that stayed, where a larger one is given up', () =>
		onPhone(async (phone, tab) => {
			const before = (await tab.phone.packages.save(SUN, TEXT)).bytes.total;
			slow(phone);
			void tab.phone.packages.save(SUN, VIDEO);
			await phone.time.sleep(5000);
			await tab.phone.packages.cancel(SUN);
			const { bytes } = (await stored(tab))!;
			expect(bytes.done).toBe(bytes.total);
			// As it lies there instead of as it came.
			expect(bytes.total).toBeLessThan(before + 16 * 1024);
		}));

	it('are not those of another package that has the same media', () =>
		onPhone(async (phone, tab) => {
			await tab.phone.packages.save(WIND, VIDEO);
			await tab.phone.packages.save(SUN, VIDEO);
			expect((await tab.phone.packages.save(SUN, TEXT)).bytes.total).toBeLessThan(16 * 1024);
		}));

	it('stay what they were where a run ends before it knows', () =>
		onPhone(async (phone, tab) => {
			slow(phone);
			void tab.phone.packages.save(SUN, VIDEO);
			await phone.time.sleep(5000);
			await tab.phone.packages.pause(SUN);
			await phone.time.sleep(1000);
			const { bytes } = (await stored(tab))!;
			expect(bytes.done).toBeGreaterThan(10_000);
			cut(phone);
			await tab.phone.packages.resume(SUN);
			expect((await stored(tab))!.bytes).toEqual(bytes);
		}));

	it('are no more than all, where pieces were taken away on the way', () =>
		onPhone(async (phone, tab) => {
			slow(phone);
			const saving = tab.phone.packages.save(SUN, VIDEO);
			while (phone.disk.rows('partial').every(({ name }) => name.startsWith('frame')))
				await phone.time.sleep(100);
			for (const { name, offset } of phone.disk.rows('partial')) phone.disk.evict('partial', [name, offset]);
			// So short that the same run goes on.
			cut(phone);
			await phone.time.sleep(1500);
			cut(phone, true);
			await saving;
			const { done, total } = phone.disk.rows('transfers')[0]!;
			expect([rowOf(phone).state, done]).toEqual(['saved', total]);
		}));

	it('are numbers and nothing else, as they are written several times a second', () =>
		onPhone(async (phone, tab) => {
			await tab.phone.packages.save(SUN, VIDEO);
			expect(Object.keys(phone.disk.rows('transfers')[0]!).sort()).toEqual(['done', 'exact', 'id', 'total']);
		}));
});

describe('the week’s data (DEV-86)', () => {
	it('BUD-3 a budget that is set in mid-download holds for it', () =>
		onPhone(async (phone, tab) => {
			slow(phone);
			const saving = tab.phone.packages.save(SUN, VIDEO);
			await phone.time.sleep(4000);
			await phone.limitWeek(tab, 60_000);
			expect((await saving).fault?.code).toBe('budget/spent');
		}));

	it('BUD-4 what the store refused to write down is made up for', () =>
		onPhone(async (phone, tab) => {
			await phone.limitWeek(tab, 400_000);
			slow(phone);
			const saving = tab.phone.packages.save(SUN, VIDEO);
			await phone.time.sleep(2000);
			phone.disk.full = { after: 0, atCommit: false };
			while (phone.disk.refused === 0) await phone.time.sleep(10);
			phone.disk.full = null;
			await saving;
			const rows = phone.disk.rows('spent');
			expect(rows.map(({ what }) => what)).not.toContain('unsure');
		}));
});

describe('a full disk (DEV-6)', () => {
	it('is met by what goes on by itself without a throw that nobody hears', () =>
		onPhone(async (phone, tab) => {
			cut(phone);
			void phone.ask(tab, () => tab.phone.packages.save(SUN, VIDEO));
			await phone.time.sleep(10);
			phone.disk.full = { after: 0, atCommit: false };
			await phone.time.sleep(5 * 60_000);
			phone.disk.full = null;
			cut(phone, true);
			await phone.time.sleep(5 * 60_000);
			expect(rowOf(phone).state).toBe('saved');
		}));
});
