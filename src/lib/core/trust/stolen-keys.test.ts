/**
 * TRU-1 to TRU-15 over seeded histories: somebody has the online keys and all old files, publishes what they like, hides,
 * freezes and replays; clocks jump; between them the committee publishes and, once, replaces the keys. The phone may be
 * kept from news; it never takes what the offline keys did not sign, and never goes back.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { at, DAY, memoryStore, NOW, TufRepository } from '../../../../tests/factories/tuf-repository.ts';
import { initTrust, openCatalogue, refresh } from './client.ts';
import { lookUpTarget } from './look-up.ts';
import { stageTrust } from './staged.ts';

const PATH = 'energy/th/solar.json';
const ROLES = ['th', 'targets', 'snapshot', 'timestamp'];
const ACTS = [
	'news',
	'old package',
	'hide',
	'replay',
	'forge targets',
	'forge root',
	'wait',
	'clock',
	'too high'
] as const;

async function start() {
	const repo = await TufRepository.create();
	repo.delegate('targets', 'th', { paths: ['*/th/*'] });
	const store = memoryStore();
	await initTrust(store, repo.root());
	const phone = { now: NOW, v: 0, root: 1, time: 0 };
	const world = { now: NOW, v: 0 };
	/** Files that the offline keys signed, as they came. */
	const honest = new Set<string>();
	const note = (role: string) => honest.add(Buffer.from(repo.latest(role)).toString('base64'));
	note('root');

	/** The committee's own publication. */
	async function news(): Promise<void> {
		world.v += 1;
		for (const role of ROLES) repo.md[role].expires = at(world.now + (role === 'targets' ? 300 : 30) * DAY);
		repo.md['timestamp'].issued = at(world.now);
		await repo.addTarget('th', PATH, `manifest ${world.v}`, { v: world.v });
		await repo.publish(...ROLES);
		note('targets');
	}
	/** Replaces every online key: the root says so. */
	async function replaceKeys(): Promise<void> {
		for (const role of ['timestamp', 'snapshot']) repo.rotateKeys(role);
		repo.md['root'].expires = at(world.now + 700 * DAY);
		await repo.publish('root');
		note('root');
		await news();
	}
	const replayed = async (work: () => Promise<void>) => {
		const kept = repo.published['timestamp']!;
		repo.published['timestamp'] = kept.slice(0, Math.max(1, kept.length - 2));
		await work();
		repo.published['timestamp'] = kept;
	};

	async function look(): Promise<void> {
		const staged = stageTrust(store, async (changes) => {
			for (const [name, bytes] of changes) {
				if (bytes) store.files.set(name, bytes);
				else store.files.delete(name);
			}
		});
		const catalogue = await refresh(staged.store, repo.fetch, phone.now);
		if (catalogue.ok) {
			await staged.commit();
			const target = await lookUpTarget(catalogue.value, PATH);
			if (catalogue.value.versions.root > phone.root) phone.v = 0;
			if (target.ok) {
				const { v } = target.value.custom as { v: number };
				expect(v, 'an older package').toBeGreaterThanOrEqual(phone.v);
				phone.v = v;
			}
		}
		const opened = await openCatalogue(store, phone.now);
		if (!opened.ok) return expect(phone.time, opened.fault.code).toBe(0);
		const { versions, issued } = opened.value;
		expect(versions.root, 'an older root').toBeGreaterThanOrEqual(phone.root);
		phone.root = versions.root;
		expect(issued ?? 0, 'an older catalogue').toBeGreaterThanOrEqual(phone.time);
		phone.time = issued ?? 0;
		for (const file of ['root.json', 'targets.json'])
			expect(honest.has(Buffer.from(store.files.get(file)!).toString('base64')), file).toBe(true);
	}

	/** What one step of a history does. */
	async function act(what: (typeof ACTS)[number]): Promise<void> {
		if (what === 'news') await news();
		else if (what === 'old package') {
			await repo.addTarget('th', PATH, 'manifest 0', { v: 0 });
			await repo.publish('th', 'snapshot', 'timestamp');
		} else if (what === 'too high') {
			await repo.addTarget('th', PATH, 'manifest', { v: 1_000_000 });
			await repo.publish('th', 'snapshot', 'timestamp');
		} else if (what === 'hide') {
			delete repo.md['th'].targets[PATH];
			await repo.publish('th', 'snapshot', 'timestamp');
		} else if (what === 'replay') await replayed(look);
		else if (what === 'forge targets' || what === 'forge root') {
			const role = what === 'forge root' ? 'root' : 'targets';
			const [signers, md] = [repo.signers[role]!, structuredClone(repo.md[role])];
			repo.signers[role] = repo.signers['snapshot']!;
			repo.md[role].register = { parties: [], experts: [] };
			await repo.publish(...(role === 'root' ? ['root'] : ['targets', 'snapshot', 'timestamp']));
			await look();
			repo.signers[role] = signers;
			const { version } = repo.md[role];
			repo.md[role] = { ...md, version };
			if (role === 'root') {
				repo.published['root']!.pop();
				repo.md['root'].version--;
			} else await news();
		} else if (what === 'wait') {
			world.now += 20 * DAY;
			phone.now += 20 * DAY;
		} else phone.now = world.now - 3000 * DAY;
	}
	return { repo, store, phone, world, act, look, news, replaceKeys };
}

it('TRU-2 TRU-9 TRU-10 TRU-15 stolen online keys hide and delay, and no more; new keys put an end to it', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.constantFrom(...ACTS), { minLength: 1, maxLength: 14 }), async (history) => {
			const { phone, world, act, look, news, replaceKeys } = await start();
			await news();
			await look();
			for (const what of history) {
				await act(what);
				await look();
			}
			phone.now = world.now;
			await replaceKeys();
			await look();
			expect(phone.v).toBe(world.v);
		}),
		{ seed: 20261125, numRuns: 200 }
	);
}, 120_000);
