import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, NOW, memoryStore } from '../../../../tests/factories/tuf-repository.ts';
import { fromUtf8 } from '../../core/base/hash.ts';
import { approvalOf } from '../../core/trust/approval.ts';
import { readBundle as unpack } from '../../core/trust/bundle.ts';
import { initTrust } from '../../core/trust/client.ts';
import { lookUpTarget } from '../../core/trust/look-up.ts';
import { readPackageTarget } from '../../core/trust/package-target.ts';
import { recallsOf } from '../../core/trust/recall.ts';
import {
	readEnvelopes,
	RECALL_TYPE,
	signStatement,
	STATEMENT_TYPE,
	type Statement
} from '../../core/trust/statement.ts';
import { demonstrationKey } from './demonstration.ts';
import { openTrust, type Trust } from './open.ts';
import { parseBundleQuery, readBundle, readMetadataFile } from './serve.ts';
import { expiryWarnings, publishPackages, publishRecall, renewOnline } from './trust.ts';
import { S, TH, manifest, publication, refreshByBundle } from '../../../../tests/factories/trust-server.ts';

let dir: string;
beforeEach(async () => {
	dir = await mkdtemp(join(tmpdir(), 'setara-trust-'));
});
afterEach(async () => {
	await rm(dir, { recursive: true, force: true });
});

describe('the demonstration (TRU-31)', () => {
	it('is made once, with keys that only its owner can read, and says what it is', async () => {
		const trust = await openTrust(dir, { now: NOW });
		expect(trust).toMatchObject({ demonstration: true, fresh: true });
		const again = await openTrust(dir, { now: NOW });
		expect(again.fresh).toBe(false);
		expect(again.anchor).toEqual(trust.anchor);
		for (const name of await readdir(trust.keysFolder))
			expect((await stat(join(trust.keysFolder, name))).mode & 0o077).toBe(0);
		const store = memoryStore();
		await initTrust(store, trust.anchor);
		const { catalogue } = await refreshByBundle(trust, store, NOW);
		const register = catalogue.register;
		expect(
			register.ok && register.value.parties.map(({ name, demonstration }) => [name, demonstration])
		).toEqual([
			['Demonstration party A', true],
			['Demonstration party B', true]
		]);
	});
});

describe('publishing', () => {
	it('a phone finds manifest, statements and listing, and the seal holds and says demonstration', async () => {
		const trust = await openTrust(dir, { now: NOW });
		await publishPackages(trust, [await publication(trust, 1, NOW)], NOW);
		const store = memoryStore();
		await initTrust(store, trust.anchor);
		const { catalogue } = await refreshByBundle(trust, store, NOW);
		const target = await lookUpTarget(catalogue, 'energy/th/rooftop-solar.json');
		const entry = target.ok && readPackageTarget(target.value);
		if (!entry || !entry.ok || !catalogue.register.ok) throw new Error('not found');
		expect(entry.value).toMatchObject({ v: 1, status: 'current', manifest: { length: manifest.length } });
		const statements = readEnvelopes((await trust.blobs.get(entry.value.statements!.sha256))!);
		const pair = { ...{ packageId: 'rooftop-solar', sector: 'energy', language: 'th' }, shared: S, part: TH };
		const seal = await approvalOf(
			{ ...pair, contributors: [] },
			statements.ok ? statements.value : [],
			catalogue.register.value
		);
		expect(seal).toMatchObject({
			value: { demonstration: true, parties: ['Demonstration party A', 'Demonstration party B'] }
		});
		const listing = await lookUpTarget(catalogue, 'energy/th/listing.json');
		if (!listing.ok) throw new Error(listing.fault.code);
		expect(JSON.parse(fromUtf8((await trust.blobs.get(listing.value.hashes['sha256']!))!))).toEqual({
			format: 'setara-listing/1',
			packages: [{ id: 'rooftop-solar', v: 1, title: 'โซลาร์บนหลังคา', bytes: 1200 }]
		});
	});

	it('refuses a language that targets does not delegate', async () => {
		const trust = await openTrust(dir, { now: NOW });
		const wanted = { ...(await publication(trust, 1, NOW)), languages: { xx: {} } };
		await expect(publishPackages(trust, [wanted], NOW)).rejects.toThrow('enrol --language xx');
		await expect(publishPackages(trust, [await publication(trust, 1, NOW)], NOW)).resolves.toBeUndefined();
	});

	it('twenty publications at once leave one whole catalogue', async () => {
		const trust = await openTrust(dir, { now: NOW });
		const one = await publication(trust, 1, NOW);
		await Promise.all(
			Array.from({ length: 20 }, (_, count) =>
				publishPackages(trust, [{ ...one, packageId: `package-${count}` }], NOW)
			)
		);
		const store = memoryStore();
		await initTrust(store, trust.anchor);
		const { catalogue } = await refreshByBundle(trust, store, NOW);
		for (let count = 0; count < 20; count++)
			expect((await lookUpTarget(catalogue, `energy/vi/package-${count}.json`)).ok).toBe(count < 0);
		const both = await refreshByBundle(trust, store, NOW, ['th', 'vi']);
		for (let count = 0; count < 20; count++)
			expect((await lookUpTarget(both.catalogue, `energy/vi/package-${count}.json`)).ok).toBe(true);
	});

	it('a crash before the timestamp leaves the catalogue before it in force', async () => {
		const trust = await openTrust(dir, { now: NOW });
		await publishPackages(trust, [await publication(trust, 1, NOW)], NOW);
		const before = await readFile(join(trust.folder, 'timestamp.json'));
		await publishPackages(trust, [await publication(trust, 2, NOW)], NOW);
		await writeFile(join(trust.folder, 'timestamp.json'), before);
		const again = await openTrust(dir, { now: NOW });
		const store = memoryStore();
		await initTrust(store, again.anchor);
		const { catalogue } = await refreshByBundle(again, store, NOW);
		expect(await lookUpTarget(catalogue, 'energy/th/rooftop-solar.json')).toMatchObject({
			value: { custom: { v: 1 } }
		});
		await publishPackages(again, [await publication(again, 3, NOW)], NOW);
		const next = await refreshByBundle(again, store, NOW);
		expect(await lookUpTarget(next.catalogue, 'energy/th/rooftop-solar.json')).toMatchObject({
			value: { custom: { v: 3 } }
		});
	});
});

describe('the bundle (TRU-13)', () => {
	it('is exactly what a client would fetch, and no more when little changed', async () => {
		const trust = await openTrust(dir, { now: NOW });
		await publishPackages(trust, [await publication(trust, 1, NOW)], NOW);
		const store = memoryStore();
		await initTrust(store, trust.anchor);
		const first = await refreshByBundle(trust, store, NOW);
		expect(first.names).toEqual([
			'timestamp.json',
			'2.snapshot.json',
			'1.targets.json',
			'1.recalls.json',
			'2.th.json'
		]);
		await lookUpTarget(first.catalogue, 'energy/th/rooftop-solar.json');
		expect((await refreshByBundle(trust, store, NOW)).names).toEqual(['timestamp.json', '1.recalls.json']);
		await publishPackages(trust, [await publication(trust, 2, NOW)], NOW);
		const changed = await refreshByBundle(trust, store, NOW);
		expect(changed.names).toEqual(['timestamp.json', '3.snapshot.json', '1.recalls.json', '3.th.json']);
		for (const [name, bytes] of (() => {
			const files = unpack(changed.bytes);
			return files.ok ? files.value : [];
		})())
			expect(await readMetadataFile(trust, name)).toEqual(bytes);
	});

	it('takes any query or refuses it, and reads no file but metadata', async () => {
		const trust = await openTrust(dir, { now: NOW });
		for (const query of ['root=-1', 'ts=x', `roles=${'a,'.repeat(700)}`, 'root=1&root=1e9'])
			expect(parseBundleQuery(new URLSearchParams(query))).toMatchObject({
				fault: { code: 'trust/malformed' }
			});
		const odd = parseBundleQuery(new URLSearchParams('root=99&ts=99&roles=../x,__proto__,th@z,targets'));
		const files = odd.ok && unpack(await readBundle(trust, odd.value));
		expect(files && files.ok && [...files.value.keys()]).toEqual([
			'timestamp.json',
			'1.snapshot.json',
			'1.targets.json',
			'1.th.json'
		]);
		for (const name of [
			'../demonstration-keys/root.pem',
			'root.json',
			'1.root.json/x',
			'0.root.json',
			'.json'
		])
			expect(await readMetadataFile(trust, name)).toBeNull();
	});
});

describe('renewal (TRU-6, TRU-32)', () => {
	it('signs the timestamp anew daily, the rest when half its time is over, and phones follow for two years', async () => {
		const trust = await openTrust(dir, { now: NOW });
		await publishPackages(trust, [await publication(trust, 1, NOW)], NOW);
		const store = memoryStore();
		await initTrust(store, trust.anchor);
		const versions: number[][] = [];
		for (let day = 0; day < 900; day += 10) {
			await renewOnline(trust, NOW + day * DAY);
			if (day % 30 !== 0) continue;
			const { catalogue } = await refreshByBundle(trust, store, NOW + day * DAY);
			expect((await lookUpTarget(catalogue, 'energy/th/rooftop-solar.json')).ok).toBe(true);
			versions.push(Object.values(catalogue.versions));
		}
		// root, timestamp, snapshot, targets
		expect(versions[1]).toEqual([1, 5, 3, 1]);
		expect(versions.at(-1)![0]).toBe(2);
		expect(versions.at(-1)![3]).toBe(3);
	});

	it('does nothing within the day, and never dates a timestamp before the last', async () => {
		const trust = await openTrust(dir, { now: NOW });
		const before = await readFile(join(trust.folder, 'timestamp.json'));
		await renewOnline(trust, NOW + DAY / 2);
		expect(await readFile(join(trust.folder, 'timestamp.json'))).toEqual(before);
		await renewOnline(trust, NOW - 10 * DAY);
		await publishPackages(trust, [await publication(trust, 1, NOW)], NOW - 10 * DAY);
		const { signed } = JSON.parse(fromUtf8(await readFile(join(trust.folder, 'timestamp.json'))));
		expect(Date.parse(signed.issued)).toBe(NOW);
	});

	it('warns 60 days ahead of root and targets', async () => {
		const trust = await openTrust(dir, { now: NOW });
		expect(await expiryWarnings(trust, NOW)).toEqual([]);
		expect((await expiryWarnings(trust, NOW + 306 * DAY)).map(({ role }) => role)).toContain('targets');
		expect(await expiryWarnings(trust, NOW + 25 * DAY)).toMatchObject([
			{ role: 'snapshot', days: 5 },
			{ role: 'timestamp', days: 5 }
		]);
	});
});

describe('recalls (TRU-25)', () => {
	const recall = async (trust: Trust, expert: string, change: object = {}) =>
		signStatement(
			{
				_type: STATEMENT_TYPE,
				subject: [{ name: 'shared', digest: { sha256: S } }],
				predicateType: RECALL_TYPE,
				predicate: {
					packageId: 'rooftop-solar',
					version: '1.0.0',
					date: '2027-01-15',
					decision: 'recall',
					reason: 'wrong',
					...change
				}
			} as Statement,
			[await demonstrationKey(trust.keysFolder, expert)]
		);

	it('reach a phone, gather, and are refused from strangers', async () => {
		const trust = await openTrust(dir, { now: NOW });
		expect((await publishRecall(trust, 'rooftop-solar', [await recall(trust, 'root')], NOW)).ok).toBe(false);
		const first = await recall(trust, 'demonstration-a1');
		expect((await publishRecall(trust, 'rooftop-solar', [first], NOW)).ok).toBe(true);
		await publishRecall(
			trust,
			'rooftop-solar',
			[first, await recall(trust, 'demonstration-b1', { reason: 'again' })],
			NOW
		);
		const store = memoryStore();
		await initTrust(store, trust.anchor);
		const { catalogue } = await refreshByBundle(trust, store, NOW);
		const target = await lookUpTarget(catalogue, 'recalls/rooftop-solar.json');
		if (!target.ok || !catalogue.register.ok) throw new Error('not found');
		expect(target.value).toMatchObject({ role: 'recalls', custom: { v: 2 } });
		const envelopes = readEnvelopes((await trust.blobs.get(target.value.hashes['sha256']!))!);
		const pair = {
			...{ packageId: 'rooftop-solar', sector: 'energy', language: 'th' },
			shared: S,
			part: TH,
			contributors: []
		};
		const recalls = await recallsOf(pair, envelopes.ok ? envelopes.value : [], catalogue.register.value);
		expect(recalls.map(({ reason }) => reason)).toEqual(['wrong', 'again']);
	});
});
