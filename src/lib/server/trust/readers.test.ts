import { mkdtemp, readFile, readdir, rm, writeFile, cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Updater } from 'tuf-js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run as runTuf } from '../../../cli/tuf.ts';
import { fromUtf8, sha256 } from '../../core/base/hash.ts';
import { demonstrationKey } from './demonstration.ts';
import { renew } from './offline.ts';
import { openTrust } from './open.ts';
import { publishPackages } from './trust.ts';
import { manifest, publication, serve } from '../../../../tests/factories/trust-server.ts';

let dir: string;
let close = (): void => {};
beforeEach(async () => {
	dir = await mkdtemp(join(tmpdir(), 'setara-trust-'));
});
afterEach(async () => {
	close();
	await rm(dir, { recursive: true, force: true });
});

describe('an independent reader (TRU-33)', () => {
	it('tuf-js reads the same repository over http, through new versions and a new root', async () => {
		const now = Date.now();
		const trust = await openTrust(dir, { now });
		await publishPackages(trust, [await publication(trust, 1, now)], now);
		const { base, server } = await serve(trust);
		close = () => server.close();
		const client = join(dir, 'tuf-js');
		await cp(join(trust.folder, '1.root.json'), join(client, 'root.json'));
		const read = async (path: string) => {
			const updater = new Updater({
				...{ metadataDir: client, metadataBaseUrl: `${base}/metadata` },
				...{ targetDir: client, targetBaseUrl: `${base}/targets`, config: { fetchRetry: 0 } }
			});
			await updater.refresh();
			const info = await updater.getTargetInfo(path);
			return info && { info, bytes: await readFile(await updater.downloadTarget(info)) };
		};
		const found = await read('energy/th/rooftop-solar.json');
		expect(found?.info.custom).toMatchObject({ v: 1, status: 'current' });
		expect(new Uint8Array(found!.bytes)).toEqual(manifest);
		expect(fromUtf8((await read('energy/vi/listing.json'))!.bytes)).toContain('Điện mặt trời');
		expect(await read('energy/en/rooftop-solar.json')).toBeUndefined();
		await publishPackages(trust, [await publication(trust, 2, now)], now + 1000);
		expect((await read('energy/th/rooftop-solar.json'))?.info.custom).toMatchObject({ v: 2 });
		await renew(trust.folder, 'root', [await demonstrationKey(trust.keysFolder, 'root')], now);
		expect((await read('energy/th/rooftop-solar.json'))?.info.custom).toMatchObject({ v: 2 });
		expect(JSON.parse(await readFile(join(client, 'root.json'), 'utf8')).signed.version).toBe(2);
	});
});

describe('setara tuf (TRU-34)', () => {
	it('initialises, refreshes, downloads, and keeps what was downloaded when the source lies', async () => {
		const now = Date.now();
		const trust = await openTrust(dir, { now });
		await publishPackages(trust, [await publication(trust, 1, now)], now);
		const { base, server } = await serve(trust);
		close = () => server.close();
		const metadata = join(dir, 'client');
		const to = join(dir, 'downloads');
		const tuf = (...args: string[]) =>
			runTuf(['--metadata-dir', metadata, '--metadata-url', `${base}/metadata/`, ...args]);
		const name = 'energy/th/rooftop-solar.json';
		const download = (path: string) =>
			tuf('--target-name', path, '--target-base-url', `${base}/targets/`, '--target-dir', to, 'download');
		expect(await tuf('refresh')).toBe(1);
		expect(await runTuf(['--metadata-dir', metadata, 'init', join(trust.folder, '1.root.json')])).toBe(0);
		expect(await tuf('refresh')).toBe(0);
		expect((await readdir(metadata)).sort()).toEqual([
			'anchor',
			'floors',
			'root.json',
			'snapshot.json',
			'targets.json',
			'timestamp.json'
		]);
		expect(await download('energy/th/none.json')).toBe(1);
		expect(await download(name)).toBe(0);
		const [file] = await readdir(to);
		expect(new Uint8Array(await readFile(join(to, file!)))).toEqual(manifest);
		await writeFile(join(dir, 'blobs', await sha256(manifest)), 'malicious');
		expect(await download(name)).toBe(0);
		await rm(join(to, file!));
		expect(await download(name)).toBe(1);
		expect(await readdir(to)).toEqual([]);
		expect(await runTuf(['--metadata-dir', metadata, 'dance'])).toBe(1);
		expect(await runTuf(['--nonsense'])).toBe(1);
	});
});
