import { describe, expect, it } from 'vitest';
import {
	NOW,
	DAY,
	TufRepository,
	at,
	memoryStore,
	storedVersion,
	trustedRoles
} from '../../../../tests/factories/tuf-repository.ts';
import { fromUtf8, utf8 } from '../base/hash.ts';
import { ok } from '../base/result.ts';
import { keyIdOf } from '../../server/trust/signing.ts';
import { followsAnotherRoot, initTrust, openCatalogue, refresh } from './client.ts';

/*
 * The top-level cases of theupdateframework/tuf-conformance, written anew over the same code without a network, and
 * what our profile adds (docs/spec/trust.md).
 */
const setUp = async () => {
	const repo = await TufRepository.create();
	const store = memoryStore();
	await initTrust(store, repo.root());
	const update = (now = NOW) => refresh(store, repo.fetch, now);
	const code = async (now = NOW) => {
		const result = await update(now);
		return result.ok ? 'ok' : result.fault.code;
	};
	return { repo, store, update, code };
};
const ALL = ['root', 'targets', 'snapshot', 'timestamp'];
const stored = (store: ReturnType<typeof memoryStore>, role: string) => storedVersion(store, role);

describe('a refresh (TRU-1, TRU-2)', () => {
	it('asks for the next root, timestamp, snapshot, targets and keeps their exact bytes', async () => {
		const { repo, store, code } = await setUp();
		repo.published['timestamp'] = [utf8(`${fromUtf8(repo.latest('timestamp'))} `)];
		expect(await code()).toBe('ok');
		expect(repo.asked).toEqual(['2.root.json', 'timestamp.json', '1.snapshot.json', '1.targets.json']);
		for (const role of ALL) expect(store.files.get(`${role}.json`)).toEqual(repo.latest(role));
	});

	it('asks only for root and timestamp when nothing changed', async () => {
		const { repo, code } = await setUp();
		await code();
		repo.asked = [];
		expect(await code()).toBe('ok');
		expect(repo.asked).toEqual(['2.root.json', 'timestamp.json']);
	});

	it('works without consistent snapshots', async () => {
		const { repo, code } = await setUp();
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
		const { repo } = await setUp();
		const root = JSON.parse(fromUtf8(repo.root()));
		spoil(root);
		const store = memoryStore();
		await initTrust(store, utf8(JSON.stringify(root)));
		expect((await refresh(store, repo.fetch, NOW)).ok).toBe(false);
		expect(repo.asked).toEqual([]);
	});

	it('says that there is no root', async () => {
		const { repo } = await setUp();
		expect(await refresh(memoryStore(), repo.fetch, NOW)).toMatchObject({ fault: { code: 'trust/no-root' } });
	});

	it('keeps unknown fields in what it verifies (4, "undefined attributes")', async () => {
		const { repo, store, code } = await setUp();
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
		const { repo, store, code } = await setUp();
		repo.signers[role]!.pop();
		await repo.publish(...ALL);
		expect(await code()).toBe('trust/threshold-not-met');
		expect(trustedRoles(store)).toEqual(trusted);
	});

	it('refuses metadata of another type, however well signed', async () => {
		const { repo, store, code } = await setUp();
		repo.addKey('snapshot', 'root', repo.signers['timestamp']![0]);
		repo.md['snapshot'].meta = { 'snapshot.json': { version: 1 } };
		await repo.publish('root', 'snapshot');
		repo.published['timestamp']!.push(repo.published['snapshot']!.pop()!);
		expect(await code()).toBe('trust/malformed');
		expect(trustedRoles(store)).toEqual([['root', 2]]);
	});

	it('wants a threshold of keys, and enough keys for it', async () => {
		const { repo, store, code } = await setUp();
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
		const { repo, code } = await setUp();
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
		const { repo, code } = await setUp();
		const file = JSON.parse(fromUtf8(repo.published['snapshot']!.pop()!));
		file.signatures.push(file.signatures[0]);
		repo.published['snapshot']!.push(utf8(JSON.stringify(file)));
		expect(await code()).toBe('trust/malformed');
	});

	it.each(['', 'zz', '00', '00'.repeat(64)])(
		'passes over a wrong signature (%j) beside a threshold',
		async (sig) => {
			const { repo, code } = await setUp();
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
			const { repo, code } = await setUp();
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

describe('rollback (TRU-2)', () => {
	it('refuses an older timestamp', async () => {
		const { repo, store, code } = await setUp();
		await repo.publish('timestamp');
		await code();
		repo.restart('timestamp');
		await repo.publish('timestamp');
		expect(await code()).toBe('trust/rollback');
		expect(stored(store, 'timestamp')).toBe(2);
		expect(repo.asked.at(-1)).toBe('timestamp.json');
	});

	it('keeps the timestamp it has when another of the same version comes', async () => {
		const { repo, store, code } = await setUp();
		await code();
		const before = store.files.get('timestamp.json');
		repo.md['timestamp'].meta['snapshot.json'].version = 100;
		repo.published['timestamp'] = [];
		await repo.publishAsIs('timestamp');
		expect(await code()).toBe('ok');
		expect(store.files.get('timestamp.json')).toEqual(before);
		expect(repo.asked.at(-1)).toBe('timestamp.json');
	});

	it.each([false, true])('refuses an older snapshot and older targets (hashes: %s)', async (withHashes) => {
		const { repo, store, code } = await setUp();
		repo.withHashes = withHashes;
		await repo.publish('targets', 'snapshot', 'timestamp');
		await code();
		repo.restart('snapshot');
		await repo.publish('snapshot', 'timestamp');
		expect(await code()).toBe('trust/rollback');
		expect(trustedRoles(store)).toEqual(ALL.map((role) => [role, role === 'root' ? 1 : 2]).sort());
	});

	it.each([false, true])('refuses a snapshot that lists older targets (hashes: %s)', async (withHashes) => {
		const { repo, store, code } = await setUp();
		repo.withHashes = withHashes;
		await repo.publish('targets', 'snapshot', 'timestamp');
		await code();
		repo.restart('targets');
		await repo.publish('targets', 'snapshot', 'timestamp');
		expect(await code()).toBe('trust/rollback');
		expect(stored(store, 'snapshot')).toBe(2);
		expect(stored(store, 'targets')).toBe(2);
	});

	it('refuses a snapshot that no longer lists a role', async () => {
		const { repo, store, code } = await setUp();
		repo.delegate('targets', 'th');
		await repo.publish('th', 'targets', 'snapshot', 'timestamp');
		await code();
		delete repo.published['th'];
		delete repo.md['snapshot'].meta['th.json'];
		await repo.publish('snapshot', 'timestamp');
		expect(await code()).toBe('trust/rollback');
		expect(stored(store, 'snapshot')).toBe(2);
	});

	it.each(['timestamp', 'snapshot', 'targets'])(
		'recovers from %s versions driven far ahead, by new keys',
		async (role) => {
			const { repo, store, code } = await setUp();
			for (let count = 0; count < 20; count++) await repo.publish(role);
			await repo.publish('snapshot', 'timestamp');
			expect(await code()).toBe('ok');
			for (const online of ['snapshot', 'timestamp']) {
				repo.rotateKeys(online);
				repo.restart(online);
			}
			repo.restart('targets');
			await repo.publish('root', 'targets', 'snapshot', 'timestamp');
			expect(await code()).toBe('ok');
			expect(stored(store, role)).toBe(1);
		}
	);
});

describe('mix and match, and files that are not there', () => {
	it.each([
		['root', [['root', 1]]],
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
	])('refuses a %s whose version is not that of its address', async (role, trusted) => {
		const { repo, store, code } = await setUp();
		await repo.publish(...ALL);
		const bytes = repo.published[role]!;
		repo.md[role].version = 3;
		bytes.pop();
		await repo.publishAsIs(role);
		expect(await code()).toBe('trust/version-mismatch');
		expect(trustedRoles(store)).toEqual(trusted);
	});

	it('refuses targets that do not have the listed hash, then length', async () => {
		const { repo, store, code } = await setUp();
		repo.withHashes = true;
		await repo.publish('targets', 'snapshot', 'timestamp');
		expect(await code()).toBe('ok');
		await repo.publish('targets', 'snapshot', 'timestamp');
		repo.published['targets']![2] = utf8(`${fromUtf8(repo.latest('targets'))}`.replace('{', '{ '));
		expect(await code()).toBe('trust/too-long');
		repo.published['targets']![2] = utf8(fromUtf8(repo.latest('targets')).replace(/ /, '').replace('a', 'b'));
		expect(await code()).toBe('trust/hash-mismatch');
		expect(stored(store, 'targets')).toBe(2);
		expect(stored(store, 'snapshot')).toBe(3);
	});

	it.each(['timestamp', 'snapshot', 'targets'])(
		'says that %s is missing and keeps what it has',
		async (role) => {
			const { repo, store, code } = await setUp();
			await code();
			await repo.publish('targets', 'snapshot', 'timestamp');
			repo.published[role] = [];
			expect(await code()).toBe('trust/missing');
			expect(stored(store, role)).toBe(1);
		}
	);

	it('stops reading where a file grows without end (endless data)', async () => {
		const { repo, code } = await setUp();
		repo.published['timestamp'] = [new Uint8Array(20_000)];
		expect(await code()).toBe('trust/too-long');
	});

	it('answers a fault, never an exception, for any bytes at all', async () => {
		const { repo, store, code } = await setUp();
		await code();
		const before = new Map(store.files);
		for (const text of [
			'',
			'null',
			'[]',
			'{"signed":1e999}',
			'{"signatures":[],"signed":{}}',
			'\u0000',
			'[[['.repeat(2000)
		]) {
			repo.published['timestamp'] = [utf8(text)];
			expect(await code()).toBe('trust/malformed');
		}
		expect(store.files).toEqual(before);
	});
});

describe('freeze: dates (TRU-7, TRU-8)', () => {
	it('takes a root that is past its date, then goes no further', async () => {
		const { repo, store, code } = await setUp();
		await code();
		repo.md['root'].expires = at(NOW - DAY);
		await repo.publish('root', 'targets', 'snapshot', 'timestamp');
		expect(await code()).toBe('trust/root-expired');
		expect([stored(store, 'root'), stored(store, 'timestamp')]).toEqual([2, 1]);
	});

	it('goes through an expired root to a later good one', async () => {
		const { repo, code } = await setUp();
		repo.md['root'].expires = at(NOW - DAY);
		await repo.publish('root');
		repo.md['root'].expires = at(NOW + DAY);
		await repo.publish('root');
		expect(await code()).toBe('ok');
	});

	it.each(['timestamp', 'snapshot', 'targets'])(
		'refuses an expired %s and keeps the one it has',
		async (role) => {
			const { repo, store, code } = await setUp();
			await code();
			repo.md[role].expires = at(NOW - DAY);
			await repo.publish('targets', 'snapshot', 'timestamp');
			expect(await code()).toBe('trust/expired');
			expect(stored(store, role)).toBe(1);
		}
	);

	it('updates from expired local metadata to fresh', async () => {
		const { repo, store, code } = await setUp();
		await code();
		for (const role of ALL) repo.md[role].expires = at(NOW + 60 * DAY);
		await repo.publish(...ALL);
		expect(await code(NOW + 45 * DAY)).toBe('ok');
		expect(stored(store, 'timestamp')).toBe(2);
	});

	it('opens what it has when all of it is past its date, with labels, and deletes nothing', async () => {
		const { repo, store, code } = await setUp();
		await code();
		const before = new Map(store.files);
		const late = NOW + 4000 * DAY;
		expect(await code(late)).toBe('trust/root-expired');
		const opened = await openCatalogue(store, late);
		expect(opened.ok && [...opened.value.expired]).toEqual(['root', 'timestamp', 'snapshot', 'targets']);
		expect(store.files).toEqual(before);
		expect(repo.asked.length).toBe(5);
	});

	it('import: an expired timestamp, snapshot, targets are labels, an expired last root is refused (TRU-12)', async () => {
		const { repo, store } = await setUp();
		const early = NOW + 31 * DAY;
		repo.md['root'].expires = at(NOW + 900 * DAY);
		await repo.publish('root');
		expect(await refresh(store, repo.fetch, early)).toMatchObject({ fault: { code: 'trust/expired' } });
		const taken = await refresh(store, repo.fetch, early, { profile: 'import' });
		expect(taken.ok && [...taken.value.expired]).toEqual(['timestamp', 'snapshot', 'targets']);
		repo.restart('timestamp');
		expect(await refresh(store, repo.fetch, NOW + 901 * DAY, { profile: 'import' })).toMatchObject({
			fault: { code: 'trust/root-expired' }
		});
	});

	it('import takes nothing older than what is stored', async () => {
		const { repo, store, code } = await setUp();
		const stale = repo.latest('timestamp');
		await repo.publish('timestamp');
		await code();
		repo.published['timestamp'] = [stale];
		expect(await refresh(store, repo.fetch, NOW, { profile: 'import' })).toMatchObject({
			fault: { code: 'trust/rollback' }
		});
	});
});

describe('the clock (TRU-9)', () => {
	it('never takes now as earlier than the last trusted issue time', async () => {
		const { repo, code } = await setUp();
		repo.md['timestamp'].issued = at(NOW);
		await repo.publish('timestamp');
		expect(await code()).toBe('ok');
		// Set back by a year, a phone would take a targets file that ended yesterday.
		repo.md['targets'].expires = at(NOW - DAY);
		await repo.publish('targets', 'snapshot', 'timestamp');
		expect(await code(NOW - 365 * DAY)).toBe('trust/expired');
	});

	it('refuses an issue time after the end of what it dates', async () => {
		const { repo, code } = await setUp();
		repo.md['timestamp'].issued = at(NOW + 31 * DAY);
		await repo.publish('timestamp');
		expect(await code()).toBe('trust/malformed');
	});

	it('lets the floor fall when root replaces the online key, before it looks at dates (TRU-11)', async () => {
		const { repo, store, code } = await setUp();
		Object.assign(repo.md['timestamp'], { issued: at(NOW + 7000 * DAY), expires: at(NOW + 9000 * DAY) });
		await repo.publish('timestamp');
		expect(await code()).toBe('trust/expired');
		expect(await code()).toBe('trust/root-expired');
		Object.assign(repo.md['timestamp'], { issued: at(NOW), expires: at(NOW + 30 * DAY) });
		for (const role of ['timestamp', 'snapshot']) repo.rotateKeys(role);
		for (const role of ['timestamp', 'snapshot']) repo.restart(role);
		await repo.publish('root', 'snapshot', 'timestamp');
		expect(await code()).toBe('ok');
		expect(stored(store, 'timestamp')).toBe(1);
	});

	it('keeps the floor when root only adds a key', async () => {
		const { repo, code } = await setUp();
		repo.md['timestamp'].issued = at(NOW);
		await repo.publish('timestamp');
		await code();
		repo.addKey('timestamp');
		repo.md['targets'].expires = at(NOW - DAY);
		await repo.publish('root', 'targets', 'snapshot', 'timestamp');
		expect(await code(NOW - 365 * DAY)).toBe('trust/expired');
	});
});

describe('another root (TRU-14)', () => {
	it('is recognised by the root that this store began with', async () => {
		const { repo, store, code } = await setUp();
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
