/** A language that grows hands its packages on to smaller roles, and phones follow (TRU-29). */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Updater } from 'tuf-js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { refreshByBundle, serve } from '../../../../tests/factories/trust-server.ts';
import { DAY, memoryStore, NOW } from '../../../../tests/factories/tuf-repository.ts';
import { SECTORS } from '../../core/base/vocabulary.ts';
import { bundleQuery } from '../../core/trust/bundle.ts';
import { initTrust, openCatalogue } from '../../core/trust/client.ts';
import { lookUpTarget } from '../../core/trust/look-up.ts';
import { packagePath } from '../../core/trust/package-target.ts';
import { openTrust, type Trust } from './open.ts';
import { commit, readState } from './repository.ts';
import { findEntry, MOST_ENTRIES, readRole, type TargetEntry } from './role-tree.ts';
import { leapAhead, renewOnline } from './trust.ts';

let dir: string;
let trust: Trust;
beforeEach(async () => {
	dir = await mkdtemp(join(tmpdir(), 'setara-roles-'));
	trust = await openTrust(dir, { now: NOW });
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const sectorOf = (n: number) => SECTORS[n % 7 === 0 ? 1 : 0]!;
const pathOf = (n: number) => packagePath(sectorOf(n), 'th', `package-${n}`);
const entry = (n: number, v = 1): TargetEntry => ({
	...{ length: 900, hashes: { sha256: sha256(`${n} ${v}`) } },
	custom: { v, status: 'current' }
});
const put = (from: number, to: number, now = NOW) => {
	const all = Array.from({ length: to - from }, (_, at) => from + at);
	return commit(
		trust.folder,
		trust.online,
		new Map([['th', new Map(all.map((n) => [pathOf(n), entry(n)]))]]),
		now
	);
};
const meta = async () => (await readState(trust.folder)).snapshot!.signed.meta;
const below = async () => Object.keys(await meta()).filter((file) => file.startsWith('th~'));
async function phone() {
	const store = memoryStore();
	await initTrust(store, trust.anchor);
	return store;
}

it('TRU-29 splits by sector, then by digits of the path, and no role grows past its limit', async () => {
	await put(0, MOST_ENTRIES);
	expect(await below()).toEqual([]);
	await put(MOST_ENTRIES, MOST_ENTRIES + 1);
	expect(await below()).toEqual(['th~energy.json', 'th~manufacturing.json']);
	await put(MOST_ENTRIES + 1, 4200);
	const sizes = await Promise.all(
		(await below()).map(async (file) => {
			const { signed } = (await readRole(trust.folder, await meta(), file.slice(0, -5)))!;
			return [Object.keys(signed.targets).length, signed.delegations?.roles.length ?? 0];
		})
	);
	for (const [targets, delegations] of sizes) {
		expect(targets).toBeLessThanOrEqual(MOST_ENTRIES);
		expect(targets === 0).toBe(delegations !== 0);
	}
	expect(sizes.reduce((sum, [targets]) => sum + targets!, 0)).toBe(4200);
	expect(await below()).toContain('th~energy~a~0.json');
	for (const n of [0, 1, 200, 4199])
		expect(await findEntry(trust.folder, await meta(), 'th', pathOf(n))).toEqual(entry(n));
	expect(await findEntry(trust.folder, await meta(), 'th', pathOf(4200))).toBeUndefined();
});

it('TRU-29 a phone from before the split finds all of its packages after it, and fetches only their roles', async () => {
	await put(0, 150);
	const store = await phone();
	const before = await refreshByBundle(trust, store, NOW, ['recalls', 'th'], ['package-3']);
	expect((await lookUpTarget(before.catalogue, pathOf(3))).ok).toBe(true);
	await put(150, 2500);
	const after = await refreshByBundle(trust, store, NOW, ['recalls', 'th'], ['package-3', 'package-2400']);
	const found = after.names.filter((name) => name.includes('~'));
	expect(found.length).toBeGreaterThanOrEqual(2);
	expect(found.length).toBeLessThanOrEqual(3);
	for (const n of [3, 2400])
		expect(await lookUpTarget(after.catalogue, pathOf(n))).toMatchObject({
			value: { custom: { v: 1 }, hashes: entry(n).hashes }
		});
	// Nothing changed: nothing comes. What is here opens with no link.
	const again = await refreshByBundle(trust, store, NOW, ['th'], ['package-3', 'package-2400']);
	expect(again.names).toEqual(['timestamp.json']);
	const offline = await openCatalogue(store, NOW + 400 * DAY);
	expect(offline.ok && (await lookUpTarget(offline.value, pathOf(2400))).ok).toBe(true);
});

it('TRU-29 a publication costs one role and the snapshot, and is refused nobody', async () => {
	await put(0, 2500);
	const store = await phone();
	const first = await refreshByBundle(trust, store, NOW, ['th'], ['package-8']);
	await lookUpTarget(first.catalogue, pathOf(8));
	await commit(trust.folder, trust.online, new Map([['th', new Map([[pathOf(8), entry(8, 2)]])]]), NOW);
	const { catalogue, names } = await refreshByBundle(trust, store, NOW, ['th'], ['package-8']);
	expect(names.filter((name) => name !== 'timestamp.json' && !name.includes('snapshot'))).toHaveLength(1);
	expect(await lookUpTarget(catalogue, pathOf(8))).toMatchObject({ value: { custom: { v: 2 } } });
});

it('TRU-29 a package that went leaves its role, and one that never was is in none', async () => {
	await put(0, 500);
	await commit(trust.folder, trust.online, new Map([['th', new Map([[pathOf(8), null]])]]), NOW);
	const store = await phone();
	const { catalogue, names } = await refreshByBundle(trust, store, NOW, ['th'], ['package-8', '../x', '']);
	expect(names.filter((name) => name.includes('~'))).toEqual([]);
	expect((await lookUpTarget(catalogue, pathOf(8))).ok).toBe(false);
});

it('TRU-6 renews the roles below as well, and all of them after a restore', async () => {
	await put(0, 500);
	const versions = async () => Object.entries(await meta()).filter(([file]) => file.startsWith('th'));
	const before = Object.fromEntries(await versions());
	await renewOnline(trust, NOW + DAY);
	expect(Object.fromEntries(await versions())).toEqual(before);
	await renewOnline(trust, NOW + 20 * DAY);
	for (const [file, { version }] of await versions()) expect(version).toBe(before[file]!.version + 1);
	await leapAhead(trust, NOW + 20 * DAY);
	for (const [, { version }] of await versions()) expect(version).toBeGreaterThan(100_000);
	const store = await phone();
	const { catalogue } = await refreshByBundle(trust, store, NOW + 21 * DAY, ['th'], ['package-8']);
	expect((await lookUpTarget(catalogue, pathOf(8))).ok).toBe(true);
});

it('TRU-33 another TUF client finds what the roles below list', async () => {
	await put(0, 2500);
	const { base, server } = await serve(trust);
	const files = await mkdtemp(join(tmpdir(), 'setara-reader-'));
	try {
		const updater = await readerOf(files, base);
		expect((await updater.getTargetInfo(pathOf(2400)))?.hashes).toEqual(entry(2400).hashes);
		expect(await updater.getTargetInfo(pathOf(2500))).toBeUndefined();
	} finally {
		server.close();
		await rm(files, { recursive: true, force: true });
	}
});

async function readerOf(files: string, base: string): Promise<Updater> {
	const { writeFile } = await import('node:fs/promises');
	await writeFile(join(files, 'root.json'), trust.anchor);
	const updater = new Updater({
		metadataDir: files,
		metadataBaseUrl: `${base}/metadata`,
		targetDir: files,
		targetBaseUrl: `${base}/targets`
	});
	await updater.refresh();
	return updater;
}

it('TRU-13 asks with the versions of what is here, and with no more packages than a question takes', async () => {
	await put(0, 500);
	const store = await phone();
	const { catalogue } = await refreshByBundle(trust, store, NOW, ['th'], ['package-8']);
	await lookUpTarget(catalogue, pathOf(8));
	const ids = Array.from({ length: 400 }, (_, n) => `p${n}`);
	const query = new URLSearchParams(await bundleQuery(store, ['th'], ids));
	expect(query.get('roles')).toMatch(/^th@\d+,th~energy@\d+,th~energy~[0-9a-f]@\d+$/);
	expect(query.get('for')!.split(',')).toHaveLength(250);
});
