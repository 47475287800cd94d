import { describe, expect, it } from 'vitest';
import {
	NOW,
	DAY,
	TufRepository,
	at,
	memoryStore,
	trustedRoles
} from '../../../../tests/factories/tuf-repository.ts';
import { sha256, utf8 } from '../base/hash.ts';
import { initTrust, openCatalogue, refresh } from './client.ts';
import { checkTarget, lookUpTarget } from './look-up.ts';

type Edge = [delegator: string, name: string, options?: { paths?: string[]; terminating?: boolean }];

const setUp = async (edges: Edge[] = [], targets: [role: string, path: string, custom?: object][] = []) => {
	const repo = await TufRepository.create();
	const store = memoryStore();
	await initTrust(store, repo.root());
	for (const edge of edges) repo.delegate(...edge);
	for (const [role, path, custom] of targets) await repo.addTarget(role, path, `${path} by ${role}`, custom);
	const names = [...new Set(edges.map(([, name]) => name))];
	await repo.publish(...names, 'targets', 'snapshot', 'timestamp');
	const find = async (path: string, now = NOW) => {
		const catalogue = await refresh(store, repo.fetch, now);
		if (!catalogue.ok) return catalogue.fault.code;
		repo.asked = [];
		const target = await lookUpTarget(catalogue.value, path);
		return target.ok ? target.value.role : target.fault.code;
	};
	const publish = () => repo.publish(...names, 'targets', 'snapshot', 'timestamp');
	return { repo, store, find, publish };
};

describe('the search (TUF 5.6.7)', () => {
	it.each<[string, Edge[], string[]]>([
		['one delegation', [['targets', 'A']], ['A']],
		[
			'two beside each other',
			[
				['targets', 'A'],
				['targets', 'B']
			],
			['A', 'B']
		],
		[
			'two levels',
			[
				['targets', 'A'],
				['targets', 'B'],
				['B', 'C']
			],
			['A', 'B', 'C']
		],
		[
			'depth first',
			[
				['targets', 'A'],
				['targets', 'B'],
				['A', 'C'],
				['A', 'D']
			],
			['A', 'C', 'D', 'B']
		],
		[
			'depth first, three levels',
			[
				['targets', 'A'],
				['targets', 'B'],
				['A', 'C'],
				['C', 'D']
			],
			['A', 'C', 'D', 'B']
		],
		[
			'a terminating one ends it',
			[
				['targets', 'A'],
				['targets', 'B'],
				['A', 'C', { terminating: true }],
				['A', 'D']
			],
			['A', 'C']
		],
		[
			'but not for its own',
			[
				['targets', 'A'],
				['targets', 'B'],
				['A', 'C', { terminating: true }],
				['C', 'D']
			],
			['A', 'C', 'D']
		],
		[
			'other paths',
			[
				['targets', 'A', { paths: ['*.py'] }],
				['targets', 'B'],
				['A', 'C']
			],
			['B']
		],
		[
			'other paths below',
			[
				['targets', 'A'],
				['targets', 'B'],
				['A', 'C', { paths: ['*.py'] }],
				['C', 'D']
			],
			['A', 'B']
		],
		[
			'a circle',
			[
				['targets', 'A'],
				['targets', 'B'],
				['B', 'C'],
				['C', 'D'],
				['D', 'B']
			],
			['A', 'B', 'C', 'D']
		],
		[
			'two ways to one role',
			[
				['targets', 'A'],
				['targets', 'B'],
				['B', 'C'],
				['A', 'C']
			],
			['A', 'C', 'B']
		],
		[
			'the second way only',
			[
				['targets', 'A'],
				['targets', 'B'],
				['B', 'C'],
				['A', 'C', { paths: ['*.py'] }]
			],
			['A', 'B', 'C']
		]
	])('%s', async (_, edges, visited) => {
		const { repo, find } = await setUp(edges);
		expect(await find('missingpath')).toBe('trust/unknown-target');
		expect(repo.asked).toEqual(visited.map((role) => `1.${role}.json`));
	});

	it.each([
		['targetfile', 'targets', []],
		['README.md', 'A', ['A']],
		['releases/x/x_v1', 'C', ['B', 'C']],
		['releases/y/y_v1.zip', 'D', ['B', 'D']],
		['releases/z/z_v1.zip', 'trust/unknown-target', ['B']]
	])('%s is found in %s', async (path, found, visited) => {
		const { repo, find } = await setUp(
			[
				['targets', 'A', { paths: ['*.doc', '*.md'] }],
				['targets', 'B', { paths: ['releases/*/*'] }],
				['B', 'C', { paths: ['releases/x/*'] }],
				['B', 'D', { paths: ['releases/y/*.zip'] }]
			],
			[
				['targets', 'targetfile'],
				['A', 'README.md'],
				['C', 'releases/x/x_v1'],
				['D', 'releases/y/y_v1.zip'],
				['D', 'releases/z/z_v1.zip']
			]
		);
		expect(await find(path)).toBe(found);
		expect(repo.asked).toEqual(visited.map((role) => `1.${role}.json`));
	});

	it('knows delegations by the hash of the path', async () => {
		const { repo, find, publish } = await setUp([['targets', 'A', { paths: [] }]], [['A', 'file']]);
		expect(await find('file')).toBe('trust/unknown-target');
		repo.md['targets'].delegations.roles[0].path_hash_prefixes = [(await sha256(utf8('file'))).slice(0, 3)];
		await publish();
		expect(await find('file')).toBe('A');
	});

	it.each(['?', '#', '/delegatedrole', '../delegatedrole'])(
		'asks and stores safely for a role called %s',
		async (name) => {
			const { repo, store, find } = await setUp([['targets', name]]);
			expect(await find('nonexistent')).toBe('trust/unknown-target');
			expect(repo.asked).toEqual([`1.${encodeURIComponent(name)}.json`]);
			expect(trustedRoles(store).length).toBe(5);
			expect([...store.files.keys()].some((file) => file.includes('/'))).toBe(false);
		}
	);

	it('refuses a delegation that takes the name of a top-level role', async () => {
		const { repo, find } = await setUp();
		repo.md['targets'].delegations = {
			keys: {},
			roles: [{ name: 'root', keyids: [], threshold: 1, terminating: false, paths: ['*'] }]
		};
		await repo.publish('targets', 'snapshot', 'timestamp');
		expect(await find('x')).toBe('trust/malformed');
	});

	it('visits 32 roles and no more', async () => {
		const { repo, find } = await setUp();
		repo.delegate('targets', 'r0');
		for (let count = 1; count < 40; count++) {
			repo.signers[`r${count}`] = repo.signers['r0']!;
			repo.delegate('targets', `r${count}`);
			repo.signers[`r${count}`] = repo.signers['r0']!;
		}
		await repo.publish(
			...Array.from({ length: 40 }, (_, count) => `r${count}`),
			'targets',
			'snapshot',
			'timestamp'
		);
		expect(await find('x')).toBe('trust/unknown-target');
		expect(repo.asked.length).toBe(32);
	});
});

describe('recalls come first and end the search (TRU-5)', () => {
	it('nobody else can speak for a recall, and a language not for another', async () => {
		const { find } = await setUp(
			[
				['targets', 'recalls', { paths: ['recalls/*'], terminating: true }],
				['targets', 'th', { paths: ['*/th/*', 'recalls/*'], terminating: true }],
				['targets', 'vi', { paths: ['*/vi/*'], terminating: true }]
			],
			[
				['th', 'recalls/solar.json'],
				['th', 'energy/vi/solar.json'],
				['th', 'energy/th/solar.json'],
				['recalls', 'recalls/other.json']
			]
		);
		expect(await find('recalls/solar.json')).toBe('trust/unknown-target');
		expect(await find('recalls/other.json')).toBe('recalls');
		expect(await find('energy/vi/solar.json')).toBe('trust/unknown-target');
		expect(await find('energy/th/solar.json')).toBe('th');
		expect(await find('energy/th/deeper/solar.json')).toBe('trust/unknown-target');
	});
});

describe('a delegated role', () => {
	const one: Edge[] = [['targets', 'th', { paths: ['*/th/*'] }]];
	const path = 'energy/th/solar.json';

	it('is refused unsigned, expired, rolled back or not as listed, and what is stored stays', async () => {
		const { repo, store, find, publish } = await setUp(one, [['th', path]]);
		expect(await find(path)).toBe('th');
		const before = store.files.get('th.json');
		const signers = repo.signers['th']!;
		repo.signers['th'] = repo.signers['root']!;
		await publish();
		expect(await find(path)).toBe('trust/threshold-not-met');
		repo.signers['th'] = signers;
		repo.md['th'].expires = at(NOW - DAY);
		await publish();
		expect(await find(path)).toBe('trust/expired');
		repo.restart('th');
		await publish();
		expect(await find(path)).toBe('trust/rollback');
		expect(store.files.get('th.json')).toEqual(before);
	});

	it('is not used once it has expired, until a newer one comes', async () => {
		const { repo, find, publish } = await setUp(one, [['th', path]]);
		repo.md['th'].expires = at(NOW + 7 * DAY);
		await publish();
		expect(await find(path)).toBe('th');
		expect(await find(path, NOW + 18 * DAY)).toBe('trust/expired');
		repo.md['th'].expires = at(NOW + 21 * DAY);
		await publish();
		expect(await find(path, NOW + 18 * DAY)).toBe('th');
	});

	it('opens from the store without a link, with a label when it is past its date', async () => {
		const { store, find } = await setUp(one, [['th', path]]);
		await find(path);
		const opened = await openCatalogue(store, NOW + 40 * DAY);
		if (!opened.ok) throw new Error(opened.fault.code);
		expect((await lookUpTarget(opened.value, path)).ok).toBe(true);
		expect(opened.value.expired.has('th')).toBe(true);
	});
});

describe('the floor on v (TRU-10)', () => {
	const one: Edge[] = [['targets', 'th', { paths: ['*/th/*'] }]];
	const path = 'energy/th/solar.json';
	const publishV = async (setup: Awaited<ReturnType<typeof setUp>>, v: number | null) => {
		if (v === null) delete setup.repo.md['th'].targets[path];
		else await setup.repo.addTarget('th', path, `manifest ${v}`, { v });
		await setup.publish();
	};

	it('refuses an older package in newer metadata, even after it was hidden for a while', async () => {
		const setup = await setUp(one, [['th', path, { v: 3 }]]);
		expect(await setup.find(path)).toBe('th');
		await publishV(setup, 2);
		expect(await setup.find(path)).toBe('trust/rollback');
		await publishV(setup, null);
		expect(await setup.find(path)).toBe('trust/unknown-target');
		await publishV(setup, 2);
		expect(await setup.find(path)).toBe('trust/rollback');
		await publishV(setup, 4);
		expect(await setup.find(path)).toBe('th');
	});

	it('falls when root replaces the online key, so that a thief cannot leave it too high for good (TRU-11)', async () => {
		const setup = await setUp(one, [['th', path, { v: 3 }]]);
		await publishV(setup, Number.MAX_SAFE_INTEGER);
		expect(await setup.find(path)).toBe('th');
		await publishV(setup, 4);
		expect(await setup.find(path)).toBe('trust/rollback');
		for (const role of ['timestamp', 'snapshot']) setup.repo.rotateKeys(role);
		await setup.repo.publish('root', 'snapshot', 'timestamp');
		expect(await setup.find(path)).toBe('th');
	});
});

describe('the target itself', () => {
	it('must have its length and every stated hash, of kinds that we know, one at least', async () => {
		const bytes = utf8('manifest');
		const target = { path: 'a', role: 'th', custom: {}, length: 8, hashes: { sha256: await sha256(bytes) } };
		expect((await checkTarget(target, bytes)).ok).toBe(true);
		expect((await checkTarget(target, utf8('Manifest'))).ok).toBe(false);
		expect((await checkTarget({ ...target, length: 9 }, bytes)).ok).toBe(false);
		expect((await checkTarget({ ...target, hashes: {} }, bytes)).ok).toBe(false);
		expect((await checkTarget({ ...target, hashes: { ...target.hashes, md5: '00' } }, bytes)).ok).toBe(false);
		const sha512 = Buffer.from(
			await crypto.subtle.digest('SHA-512', bytes as Uint8Array<ArrayBuffer>)
		).toString('hex');
		expect((await checkTarget({ ...target, hashes: { ...target.hashes, sha512 } }, bytes)).ok).toBe(true);
	});
});
