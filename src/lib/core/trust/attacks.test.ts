import { describe, expect, it } from 'vitest';
import {
	NOW,
	DAY,
	at,
	memoryStore,
	setUpClient,
	storedVersion,
	trustedRoles
} from '../../../../tests/factories/tuf-repository.ts';
import { fromUtf8, utf8 } from '../base/hash.ts';
import { openCatalogue, refresh } from './client.ts';

/*
 * Rollback, mix and match, freeze and the clock: the cases of theupdateframework/tuf-conformance, written anew, and what
 * our profile adds (docs/spec/trust.md).
 */
const ALL = ['root', 'targets', 'snapshot', 'timestamp'];
const stored = (store: ReturnType<typeof memoryStore>, role: string) => storedVersion(store, role);

describe('rollback (TRU-2)', () => {
	it('refuses an older timestamp', async () => {
		const { repo, store, code } = await setUpClient();
		await repo.publish('timestamp');
		await code();
		repo.restart('timestamp');
		await repo.publish('timestamp');
		expect(await code()).toBe('trust/rollback');
		expect(stored(store, 'timestamp')).toBe(2);
		expect(repo.asked.at(-1)).toBe('timestamp.json');
	});

	it('keeps the timestamp it has when another of the same version comes', async () => {
		const { repo, store, code } = await setUpClient();
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
		const { repo, store, code } = await setUpClient();
		repo.withHashes = withHashes;
		await repo.publish('targets', 'snapshot', 'timestamp');
		await code();
		repo.restart('snapshot');
		await repo.publish('snapshot', 'timestamp');
		expect(await code()).toBe('trust/rollback');
		expect(trustedRoles(store)).toEqual(ALL.map((role) => [role, role === 'root' ? 1 : 2]).sort());
	});

	it.each([false, true])('refuses a snapshot that lists older targets (hashes: %s)', async (withHashes) => {
		const { repo, store, code } = await setUpClient();
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
		const { repo, store, code } = await setUpClient();
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
			const { repo, store, code } = await setUpClient();
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
		const { repo, store, code } = await setUpClient();
		await repo.publish(...ALL);
		const bytes = repo.published[role]!;
		repo.md[role].version = 3;
		bytes.pop();
		await repo.publishAsIs(role);
		expect(await code()).toBe('trust/version-mismatch');
		expect(trustedRoles(store)).toEqual(trusted);
	});

	it('refuses targets that do not have the listed hash, then length', async () => {
		const { repo, store, code } = await setUpClient();
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
			const { repo, store, code } = await setUpClient();
			await code();
			await repo.publish('targets', 'snapshot', 'timestamp');
			repo.published[role] = [];
			expect(await code()).toBe('trust/missing');
			expect(stored(store, role)).toBe(1);
		}
	);

	it('stops reading where a file grows without end (endless data)', async () => {
		const { repo, code } = await setUpClient();
		repo.published['timestamp'] = [new Uint8Array(20_000)];
		expect(await code()).toBe('trust/too-long');
	});

	it('answers a fault, never an exception, for any bytes at all', async () => {
		const { repo, store, code } = await setUpClient();
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
		const { repo, store, code } = await setUpClient();
		await code();
		repo.md['root'].expires = at(NOW - DAY);
		await repo.publish('root', 'targets', 'snapshot', 'timestamp');
		expect(await code()).toBe('trust/root-expired');
		expect([stored(store, 'root'), stored(store, 'timestamp')]).toEqual([2, 1]);
	});

	it('goes through an expired root to a later good one', async () => {
		const { repo, code } = await setUpClient();
		repo.md['root'].expires = at(NOW - DAY);
		await repo.publish('root');
		repo.md['root'].expires = at(NOW + DAY);
		await repo.publish('root');
		expect(await code()).toBe('ok');
	});

	it.each(['timestamp', 'snapshot', 'targets'])(
		'refuses an expired %s and keeps the one it has',
		async (role) => {
			const { repo, store, code } = await setUpClient();
			await code();
			repo.md[role].expires = at(NOW - DAY);
			await repo.publish('targets', 'snapshot', 'timestamp');
			expect(await code()).toBe('trust/expired');
			expect(stored(store, role)).toBe(1);
		}
	);

	it('updates from expired local metadata to fresh', async () => {
		const { repo, store, code } = await setUpClient();
		await code();
		for (const role of ALL) repo.md[role].expires = at(NOW + 60 * DAY);
		await repo.publish(...ALL);
		expect(await code(NOW + 45 * DAY)).toBe('ok');
		expect(stored(store, 'timestamp')).toBe(2);
	});

	it('opens what it has when all of it is past its date, with labels, and deletes nothing', async () => {
		const { repo, store, code } = await setUpClient();
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
		const { repo, store } = await setUpClient();
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
		const { repo, store, code } = await setUpClient();
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
		const { repo, code } = await setUpClient();
		repo.md['timestamp'].issued = at(NOW);
		await repo.publish('timestamp');
		expect(await code()).toBe('ok');
		// Set back by a year, a phone would take a targets file that ended yesterday.
		repo.md['targets'].expires = at(NOW - DAY);
		await repo.publish('targets', 'snapshot', 'timestamp');
		expect(await code(NOW - 365 * DAY)).toBe('trust/expired');
	});

	it('refuses an issue time after the end of what it dates', async () => {
		const { repo, code } = await setUpClient();
		repo.md['timestamp'].issued = at(NOW + 31 * DAY);
		await repo.publish('timestamp');
		expect(await code()).toBe('trust/malformed');
	});

	it('lets the floor fall when root replaces the online key, before it looks at dates (TRU-11)', async () => {
		const { repo, store, code } = await setUpClient();
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
		const { repo, code } = await setUpClient();
		repo.md['timestamp'].issued = at(NOW);
		await repo.publish('timestamp');
		await code();
		repo.addKey('timestamp');
		repo.md['targets'].expires = at(NOW - DAY);
		await repo.publish('root', 'targets', 'snapshot', 'timestamp');
		expect(await code(NOW - 365 * DAY)).toBe('trust/expired');
	});
});
