import { describe, expect, it } from 'vitest';
import {
	NOW,
	TufRepository,
	memoryStore,
	setUpClient,
	storedVersion,
	trustedRoles
} from '../../../../tests/factories/tuf-repository.ts';
import { fromUtf8, utf8 } from '../base/hash.ts';
import { ok } from '../base/result.ts';
import { keyIdOf } from '../../server/trust/signing.ts';
import { followsAnotherRoot, initTrust, refresh } from './client.ts';

/*
 * Refreshing, signatures and rotation: the top-level cases of theupdateframework/tuf-conformance, written anew over the
 * same code without a network, and what our profile adds (docs/spec/trust.md).
 */
const ALL = ['root', 'targets', 'snapshot', 'timestamp'];
const stored = (store: ReturnType<typeof memoryStore>, role: string) => storedVersion(store, role);

describe('a refresh (TRU-1, TRU-2)', () => {
	it('asks for the next root, timestamp, snapshot, targets and keeps their exact bytes', async () => {
		const { repo, store, code } = await setUpClient();
		repo.published['timestamp'] = [utf8(`${fromUtf8(repo.latest('timestamp'))} `)];
		expect(await code()).toBe('ok');
		expect(repo.asked).toEqual(['2.root.json', 'timestamp.json', '1.snapshot.json', '1.targets.json']);
		for (const role of ALL) expect(store.files.get(`${role}.json`)).toEqual(repo.latest(role));
	});

	it('asks only for root and timestamp when nothing changed', async () => {
		const { repo, code } = await setUpClient();
		await code();
		repo.asked = [];
		expect(await code()).toBe('ok');
		expect(repo.asked).toEqual(['2.root.json', 'timestamp.json']);
	});

	it('works without consistent snapshots', async () => {
		const { repo, code } = await setUpClient();
		repo.md['root'].consistent_snapshot = false;
		await repo.publish('root');
		expect(await code()).toBe('ok');
		expect(repo.asked.slice(-2)).toEqual(['snapshot.json', 'targets.json']);
	});

	it.each([
		['without a version', (root: { signed: { version?: number } }) => delete root.signed.version],
		[
			'of another specification',
			(root: { signed: { spec_version: string } }) => (root.signed.spec_version = '2.0')
		],
		[
			'with a forged signature',
			(root: { signatures: { sig: string }[] }) => (root.signatures[0]!.sig = '00'.repeat(64))
		]
	])('refuses a first root %s, asking nothing', async (_, spoil) => {
		const { repo } = await setUpClient();
		const root = JSON.parse(fromUtf8(repo.root()));
		spoil(root);
		const store = memoryStore();
		await initTrust(store, utf8(JSON.stringify(root)));
		expect((await refresh(store, repo.fetch, NOW)).ok).toBe(false);
		expect(repo.asked).toEqual([]);
	});

	it('says that there is no root', async () => {
		const { repo } = await setUpClient();
		expect(await refresh(memoryStore(), repo.fetch, NOW)).toMatchObject({ fault: { code: 'trust/no-root' } });
	});

	it('keeps unknown fields in what it verifies (4, "undefined attributes")', async () => {
		const { repo, store, code } = await setUpClient();
		Object.assign(repo.md['root'], { 'custom-field': 'value' });
		repo.md['root'].roles.root['another-field'] = { a: [1, null, true, 'é\n"\\'] };
		await repo.publish('root');
		expect(await code()).toBe('ok');
		expect(stored(store, 'root')).toBe(2);
	});
});

describe('arbitrary software: signatures (TRU-2)', () => {
	it.each([
		['root', [['root', 1]]],
		['timestamp', [['root', 2]]],
		[
			'snapshot',
			[
				['root', 2],
				['timestamp', 2]
			]
		],
		[
			'targets',
			[
				['root', 2],
				['snapshot', 2],
				['timestamp', 2]
			]
		]
	])('refuses an unsigned %s and keeps what came before it', async (role, trusted) => {
		const { repo, store, code } = await setUpClient();
		repo.signers[role]!.pop();
		await repo.publish(...ALL);
		expect(await code()).toBe('trust/threshold-not-met');
		expect(trustedRoles(store)).toEqual(trusted);
	});

	it('refuses metadata of another type, however well signed', async () => {
		const { repo, store, code } = await setUpClient();
		repo.addKey('snapshot', 'root', repo.signers['timestamp']![0]);
		repo.md['snapshot'].meta = { 'snapshot.json': { version: 1 } };
		await repo.publish('root', 'snapshot');
		repo.published['timestamp']!.push(repo.published['snapshot']!.pop()!);
		expect(await code()).toBe('trust/malformed');
		expect(trustedRoles(store)).toEqual([['root', 2]]);
	});

	it('wants a threshold of keys, and enough keys for it', async () => {
		const { repo, store, code } = await setUpClient();
		repo.md['root'].roles.snapshot.threshold = 3;
		repo.addKey('snapshot');
		repo.addKey('snapshot');
		await repo.publish(...ALL);
		expect(await code()).toBe('ok');
		repo.signers['snapshot']!.pop();
		await repo.publish('targets', 'snapshot', 'timestamp');
		expect(await code()).toBe('trust/threshold-not-met');
		expect(stored(store, 'snapshot')).toBe(2);
	});

	it('counts a key once: listed under several ids, or signing several times', async () => {
		const { repo, code } = await setUpClient();
		const [key] = repo.signers['snapshot']!;
		const role = repo.md['root'].roles.snapshot;
		role.threshold = 3;
		for (const alias of ['a', 'b']) {
			repo.md['root'].keys[alias] = repo.md['root'].keys[keyIdOf(key!.key)];
			role.keyids.push(alias);
		}
		await repo.publish('root', 'snapshot', 'timestamp');
		const file = JSON.parse(fromUtf8(repo.published['snapshot']!.pop()!));
		for (const alias of ['a', 'b']) file.signatures.push({ ...file.signatures[0], keyid: alias });
		repo.published['snapshot']!.push(utf8(JSON.stringify(file)));
		expect(await code()).toBe('trust/threshold-not-met');
	});

	it('refuses a key id that stands twice among the signatures (4.2)', async () => {
		const { repo, code } = await setUpClient();
		const file = JSON.parse(fromUtf8(repo.published['snapshot']!.pop()!));
		file.signatures.push(file.signatures[0]);
		repo.published['snapshot']!.push(utf8(JSON.stringify(file)));
		expect(await code()).toBe('trust/malformed');
	});

	it.each(['', 'zz', '00', '00'.repeat(64)])(
		'passes over a wrong signature (%j) beside a threshold',
		async (sig) => {
			const { repo, code } = await setUpClient();
			repo.addKey('timestamp');
			await repo.publish('root', 'timestamp');
			const file = JSON.parse(fromUtf8(repo.published['timestamp']!.pop()!));
			file.signatures[0].sig = sig;
			repo.published['timestamp']!.push(utf8(JSON.stringify(file)));
			expect(await code()).toBe('ok');
		}
	);
});

describe('root rotation (5.3)', () => {
	type Step = { keys: number[]; threshold: number; sigs: number[] };
	const step = (keys: number[], threshold: number, sigs: number[]): Step => ({ keys, threshold, sigs });
	const five = [0, 1, 2, 3, 4];
	const other = [0, 1, 3, 4, 5];
	it.each<[string, boolean, Step[]]>([
		['one key for another', true, [step([1], 1, [1]), step([2], 1, [2, 1]), step([2], 1, [2])]],
		[
			'signatures of strangers',
			true,
			[step([1], 1, [3, 1, 4]), step([2], 1, [3, 2, 1, 4]), step([2], 1, [3, 2, 4])]
		],
		[
			'other three of five',
			true,
			[step(five, 3, [0, 2, 4]), step(five, 3, [0, 4, 1]), step(five, 3, [0, 1, 3])]
		],
		['one of five replaced', true, [step(five, 3, [0, 2, 4]), step(other, 3, [0, 4, 1])]],
		[
			'with a step between',
			true,
			[step(five, 3, [0, 2, 4]), step(other, 3, [0, 2, 4, 5]), step(other, 3, [0, 4, 5])]
		],
		['all five replaced', true, [step(five, 3, [0, 2, 4]), step([5, 6, 7, 8, 9], 3, [0, 2, 4, 5, 6, 7])]],
		['a higher threshold', true, [step([1, 2, 3], 1, [1]), step([1, 2, 3], 2, [1, 2])]],
		[
			'a lower threshold',
			true,
			[step([1, 2, 3], 2, [1, 2]), step([1, 2, 3], 1, [1, 2]), step([1, 2, 3], 1, [1])]
		],
		['a second key', true, [step([1], 1, [1]), step([1, 2], 2, [1, 2])]],
		['not signed with the old key', false, [step([1], 1, [1]), step([2], 1, [2, 3, 4])]],
		['not signed with the new key', false, [step([1], 1, [1]), step([2], 1, [1, 3, 4])]],
		['too few new keys', false, [step(five, 3, [0, 2, 4]), step(other, 3, [0, 2, 4])]],
		['too few old keys', false, [step(five, 3, [0, 2, 4]), step(other, 3, [0, 4, 5])]],
		['new threshold not reached', false, [step([1, 2, 3], 1, [1]), step([1, 2, 3], 2, [2])]],
		['old threshold not reached', false, [step([1, 2, 3], 2, [1, 2]), step([1, 2, 3], 1, [1])]]
	])('%s: %s', async (_, good, steps) => {
		const repo = await TufRepository.create();
		const signers = Array.from({ length: 10 }, () => repo.newSigner());
		repo.restart('root');
		for (const { keys, threshold, sigs } of steps) {
			repo.md['root'].roles.root = { keyids: [], threshold };
			for (const key of keys) repo.addKey('root', 'root', signers[key]);
			repo.signers['root'] = sigs.map((key) => signers[key]!);
			await repo.publish('root');
		}
		const store = memoryStore();
		await initTrust(store, repo.root());
		expect((await refresh(store, repo.fetch, NOW)).ok).toBe(good);
		expect(store.files.get('root.json')).toEqual(repo.published['root']!.at(good ? -1 : -2));
	});

	it.each(['timestamp', 'snapshot', 'targets'])(
		'takes %s from a new key and no more from the old',
		async (role) => {
			const { repo, code } = await setUpClient();
			const old = [...repo.signers[role]!];
			expect(await code()).toBe('ok');
			repo.rotateKeys(role);
			await repo.publish('root', 'targets', 'snapshot', 'timestamp');
			expect(await code()).toBe('ok');
			repo.signers[role] = old;
			await repo.publish('targets', 'snapshot', 'timestamp');
			expect(await code()).toBe('trust/threshold-not-met');
		}
	);
});

describe('another root (TRU-14)', () => {
	it('is recognised by the root that this store began with', async () => {
		const { repo, store, code } = await setUpClient();
		await repo.publish('root');
		await code();
		const other = await TufRepository.create(NOW, 'other');
		expect(await followsAnotherRoot(store, repo.fetch)).toBe(false);
		expect(await followsAnotherRoot(store, other.fetch)).toBe(true);
		expect(await followsAnotherRoot(store, async () => ok(new Uint8Array()))).toBe(true);
		const before = new Map(store.files);
		expect((await refresh(store, other.fetch, NOW)).ok).toBe(false);
		expect(store.files).toEqual(before);
	});
});
