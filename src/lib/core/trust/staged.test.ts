import { describe, expect, it } from 'vitest';
import { NOW, setUpClient } from '../../../../tests/factories/tuf-repository.ts';
import { fail } from '../base/result.ts';
import { openCatalogue, refresh } from './client.ts';
import { stageTrust } from './staged.ts';
import type { TrustFetcher } from './types.ts';

/** A phone that is up to date, then months of news: three roots, other online keys, everything signed anew. */
async function setUp() {
	const { repo, store } = await setUpClient();
	expect((await refresh(store, repo.fetch, NOW)).ok).toBe(true);
	for (const role of ['snapshot', 'timestamp', 'targets']) {
		repo.rotateKeys(role);
		await repo.publish('root');
	}
	await repo.publish('targets', 'snapshot', 'timestamp');
	return { repo, store };
}
const versionsOf = async (store: Awaited<ReturnType<typeof setUp>>['store']) => {
	const opened = await openCatalogue(store, NOW);
	return opened.ok ? Object.values(opened.value.versions) : opened.fault.code;
};

describe('TRU-28 what opens offline is one whole set', () => {
	const OLD = [1, 1, 1, 1];
	const NEW = [4, 2, 2, 2];
	it.each([
		['breaks off', () => fail('trust/unreachable')],
		['lies', (bytes: Uint8Array) => ({ ok: true as const, value: bytes.map((byte) => byte ^ 1) })]
	])('where a refresh of several roots %s at any of its files', async (_, spoil) => {
		const seen: unknown[] = [];
		for (let after = 0; after < 9; after++) {
			const { repo, store } = await setUp();
			let answers = 0;
			const fetch: TrustFetcher = async (name, max) => {
				const answer = await repo.fetch(name, max);
				return answer.ok && answers++ >= after ? spoil(answer.value) : answer;
			};
			const staged = stageTrust(store, async (changes) => {
				for (const [name, bytes] of changes) {
					if (bytes) store.files.set(name, bytes);
					else store.files.delete(name);
				}
			});
			const done = await refresh(staged.store, fetch, NOW);
			if (done.ok) await staged.commit();
			const versions = await versionsOf(store);
			expect(versions, `after ${after}`).toEqual(done.ok ? NEW : OLD);
			seen.push(versions);
			// The next link brings the rest.
			expect((await refresh(store, repo.fetch, NOW)).ok).toBe(true);
			expect(await versionsOf(store)).toEqual(NEW);
		}
		expect([seen[0], seen.at(-1)]).toEqual([OLD, NEW]);
	});

	it('and what is looked up after the commit is stored at once', async () => {
		const { store } = await setUp();
		const staged = stageTrust(store, async () => undefined);
		await staged.store.put('a', new Uint8Array([1]));
		expect([(await staged.store.get('a'))?.[0], store.files.has('a')]).toEqual([1, false]);
		await staged.store.delete('root.json');
		expect([await staged.store.get('root.json'), store.files.has('root.json')]).toEqual([null, true]);
		await staged.commit();
		await staged.store.put('b', new Uint8Array([2]));
		expect(store.files.get('b')?.[0]).toBe(2);
	});
});
