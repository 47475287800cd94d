import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	DAY,
	NOW,
	TufRepository,
	at,
	setUpClient,
	storedVersion
} from '../../../../tests/factories/tuf-repository.ts';
import { sha256 } from '../base/hash.ts';
import { ok } from '../base/result.ts';
import { openCatalogue, refresh } from './client.ts';
import { lookUpTarget } from './look-up.ts';
import type { TrustFetcher } from './types.ts';

/*
 * Long stories instead of single cases: whoever holds the online keys and every file that was ever signed, clocks that
 * jump by years, and chains of roots (docs/spec/trust.md, "What an attacker can do").
 */
const SEED = 20_261_125;
const PATH = 'energy/th/solar.json';
const ONLINE = ['th', 'snapshot', 'timestamp'] as const;

/** What a thief of the online keys, sitting on the line, can do next; `honest` are the true publishers. */
const step = fc.oneof(
	fc.record({ kind: fc.constant('honest' as const), targets: fc.boolean() }),
	fc.record({
		kind: fc.constant('forge' as const),
		role: fc.constantFrom('root', 'targets'),
		register: fc.string({ maxLength: 8 })
	}),
	fc.record({ kind: fc.constant('sign' as const), v: fc.integer({ min: 0, max: 12 }) }),
	fc.record({
		kind: fc.constant('replay' as const),
		role: fc.constantFrom('root', 'targets', ...ONLINE),
		back: fc.nat(6)
	}),
	fc.record({ kind: fc.constant('hide' as const), role: fc.constantFrom('root', 'targets', ...ONLINE) }),
	fc.record({ kind: fc.constant('clock' as const), days: fc.integer({ min: -4000, max: 4000 }) })
);

describe('the online keys are stolen (TRU-1, TRU-2, TRU-10, TRU-21)', () => {
	it('over many steps nothing counts that the offline keys did not sign, and nothing goes back', async () => {
		let forgeries = 0;
		let accepted = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
				const { repo, store } = await setUpClient();
				repo.delegate('targets', 'th', { paths: ['*/th/*'], terminating: true });
				await repo.addTarget('th', PATH, 'manifest 1', { v: 1 });
				await repo.publish('th', 'targets', 'snapshot', 'timestamp');
				/** Digests of every root and targets that their own threshold signed. */
				const signed = new Set<string>();
				const note = async () => {
					for (const role of ['root', 'targets'])
						for (const bytes of repo.published[role]!) signed.add(await sha256(bytes));
				};
				await note();
				let now = NOW;
				let highest: Record<string, number> = {};
				let highestV = 0;
				for (const each of steps) {
					const lies = new Map<string, Uint8Array | null>();
					if (each.kind === 'honest') {
						await repo.publish(...(each.targets ? ['root', 'targets'] : []), ...ONLINE);
						await note();
					} else if (each.kind === 'sign') {
						await repo.addTarget('th', PATH, `manifest ${each.v}`, { v: each.v });
						await repo.publish(...ONLINE);
					} else if (each.kind === 'clock') {
						now = NOW + each.days * DAY;
					} else if (each.kind === 'hide') {
						lies.set(each.role, null);
					} else if (each.kind === 'replay') {
						lies.set(each.role, repo.published[each.role]!.at(-1 - each.back) ?? null);
					} else {
						// With the keys at hand: the online one, for a role that it does not have; listed and dated anew.
						const usual = repo.signers[each.role]!;
						const before = structuredClone(repo.md[each.role]);
						repo.signers[each.role] = repo.signers['timestamp']!;
						repo.md[each.role].register = { parties: [], experts: [], note: each.register };
						await repo.publish(each.role, 'snapshot', 'timestamp');
						repo.signers[each.role] = usual;
						forgeries++;
						const forged = repo.published[each.role]!.pop()!;
						repo.md[each.role] = before;
						lies.set(each.role, forged);
					}
					const fetch: TrustFetcher = async (name, max) => {
						for (const [role, bytes] of lies)
							if (name === `${role}.json` || name.endsWith(`.${role}.json`))
								return bytes ? ok(bytes) : { ok: false, fault: { code: 'trust/missing' } };
						return repo.fetch(name, max);
					};
					const catalogue = await refresh(store, fetch, now);
					if (catalogue.ok) {
						accepted++;
						const target = await lookUpTarget(catalogue.value, PATH);
						if (target.ok) {
							expect(target.value.custom['v']).toBeGreaterThanOrEqual(highestV);
							highestV = target.value.custom['v'] as number;
						}
						for (const [role, version] of Object.entries(catalogue.value.versions))
							expect(version, role).toBeGreaterThanOrEqual(highest[role] ?? 0);
						highest = catalogue.value.versions;
					}
					for (const role of ['root', 'targets']) {
						const bytes = store.files.get(`${role}.json`);
						if (bytes) expect(signed.has(await sha256(bytes)), role).toBe(true);
					}
				}
			}),
			{ seed: SEED, numRuns: 60 }
		);
		// The stories are not empty ones.
		expect(forgeries).toBeGreaterThan(50);
		expect(accepted).toBeGreaterThan(100);
	}, 60_000);
});

describe('a clock wrong by years (TRU-9)', () => {
	it('in either direction takes nothing that was over when the last timestamp was issued, and heals by itself', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.integer({ min: -40_000, max: 40_000 }), { minLength: 1, maxLength: 12 }),
				fc.integer({ min: 0, max: 29 }),
				async (clocks, ended) => {
					const { repo, store } = await setUpClient();
					repo.md['timestamp'].issued = at(NOW);
					await repo.publish('timestamp');
					expect((await refresh(store, repo.fetch, NOW)).ok).toBe(true);
					const good = repo.md['targets'].expires;
					repo.md['targets'].expires = at(NOW - ended * DAY);
					await repo.publish('targets', 'snapshot', 'timestamp');
					for (const days of clocks) {
						const now = NOW + days * DAY;
						expect((await refresh(store, repo.fetch, now)).ok, `${days} days`).toBe(false);
						expect(storedVersion(store, 'targets')).toBe(1);
						const opened = await openCatalogue(store, now);
						// What is stored opens whatever the clock says, dated by who issued it and not by the clock.
						if (opened.ok) expect(opened.value.issued).toBe(NOW);
					}
					repo.md['targets'].expires = good;
					await repo.publish('targets', 'snapshot', 'timestamp');
					expect((await refresh(store, repo.fetch, NOW)).ok).toBe(true);
				}
			),
			{ seed: SEED, numRuns: 60 }
		);
	});
});

describe('several roots at once (TRU-1, TRU-3)', () => {
	/** Roots 2 to `last`, each with another root key than the one before. */
	async function chain(last: number) {
		const setup = await setUpClient();
		for (let version = 2; version <= last; version++) {
			const [old] = setup.repo.signers['root']!;
			setup.repo.rotateKeys('root');
			setup.repo.signers['root']!.push(old!);
			await setup.repo.publish('root');
			setup.repo.signers['root']!.pop();
		}
		return setup;
	}

	it('takes all of them in one refresh, and no more from a key that was taken away in between', async () => {
		const { repo, store, code } = await chain(6);
		expect(await code()).toBe('ok');
		expect(storedVersion(store, 'root')).toBe(6);
		// The key of the roots before signs a seventh: nobody's word by now.
		const stranger = await chain(3);
		repo.signers['root'] = stranger.repo.signers['root']!;
		await repo.publish('root');
		expect(await code()).toBe('trust/threshold-not-met');
		expect(storedVersion(store, 'root')).toBe(6);
	});

	it.each([2, 3, 4, 5])('stops before a root %i that its predecessor did not sign', async (broken) => {
		const { repo, store, code } = await chain(6);
		const other = await TufRepository.create(NOW, 'other');
		repo.published['root']![broken - 1] = other.root();
		expect(await code()).not.toBe('ok');
		expect(storedVersion(store, 'root')).toBe(broken - 1);
	});

	it('cannot leap over one that is missing', async () => {
		const { repo, store, code } = await chain(6);
		repo.published['root']![3] = repo.published['root']![4]!;
		expect(await code()).not.toBe('ok');
		expect(storedVersion(store, 'root')).toBe(3);
	});

	it('takes 256 and no more, so that endless roots end', async () => {
		const { repo, store, code } = await setUpClient();
		for (let version = 2; version <= 260; version++) await repo.publish('root');
		await code();
		expect(storedVersion(store, 'root')).toBe(257);
		expect(await code()).toBe('ok');
		expect(storedVersion(store, 'root')).toBe(260);
	});
});

describe('a role that waits for its next look-up (TRU-28)', () => {
	it('opens offline as it was last trusted, with a label, though the catalogue lists a newer one', async () => {
		const { repo, store } = await setUpClient();
		repo.delegate('targets', 'th', { paths: ['*/th/*'] });
		await repo.addTarget('th', PATH, 'manifest 1', { v: 1 });
		await repo.publish('th', 'targets', 'snapshot', 'timestamp');
		const first = await refresh(store, repo.fetch, NOW);
		expect(first.ok && (await lookUpTarget(first.value, PATH)).ok).toBe(true);
		// Another language was refreshed, or the tab died between the commit and the look-up.
		await repo.addTarget('th', PATH, 'manifest 2', { v: 2 });
		await repo.publish('th', 'snapshot', 'timestamp');
		const second = await refresh(store, repo.fetch, NOW);
		expect(second.ok).toBe(true);
		const opened = await openCatalogue(store, NOW);
		if (!opened.ok) throw new Error(opened.fault.code);
		expect(await lookUpTarget(opened.value, PATH)).toMatchObject({ value: { custom: { v: 1 } } });
		expect([...opened.value.expired]).toEqual(['th']);
		// With a link the newer one is asked for, and an older one never taken.
		expect(second.ok && (await lookUpTarget(second.value, PATH))).toMatchObject({
			value: { custom: { v: 2 } }
		});
	});
});
