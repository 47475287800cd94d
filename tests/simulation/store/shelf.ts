/**
 * What the server has for simulated phones: two packages in three and two versions, approved, signed and packed by the
 * server's own code, at every stage of their publication. What it answers is worked out once for all histories.
 */
import { createHash, createPrivateKey } from 'node:crypto';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { LanguagePart, SharedPart } from '../../../src/lib/core/packages/manifest.ts';
import { blobsOf } from '../../../src/lib/core/packages/build.ts';
import type { BlobStore } from '../../../src/lib/server/packages/blob-store.ts';
import { createBundles } from '../../../src/lib/server/packages/bundles.ts';
import { encodeFrame } from '../../../src/lib/server/packages/frame.ts';
import type { PublishedVersion, Versions } from '../../../src/lib/server/packages/versions.ts';
import { frameName, storeFrame } from '../../../src/lib/server/packages/wire.ts';
import { openTrust, type Trust } from '../../../src/lib/server/trust/open.ts';
import {
	parseBundleQuery,
	readBundle,
	readMetadataFile,
	readTargetFile
} from '../../../src/lib/server/trust/serve.ts';
import { approveAsDemonstration, publishPackages } from '../../../src/lib/server/trust/trust.ts';
import { blobPort } from '../../../src/lib/server/packages/blob-store.ts';
import { buildOf, verifiedFrom, type VerifiedBuild } from '../../factories/built-package.ts';
import { NOW } from '../../factories/now.ts';
import { makeSource, type SourceFactory } from '../../factories/package-source.ts';
import { makeMp4 } from '../../factories/mp4.ts';

/** A version that was published. */
export interface Edition extends VerifiedBuild {
	id: string;
	version: string;
	statements: string;
	/** The stage from which on it is in force. */
	since: number;
}

export interface Shelf {
	/** By digest of the manifest. */
	editions: ReadonlyMap<string, Edition>;
	/** The number of stages. */
	stages: number;
	/** The bytes at a path at a stage, or null. */
	answer: (stage: number, path: string) => Promise<Uint8Array | null>;
	close: () => Promise<void>;
}

export const SUN = 'little-sun';
export const WIND = 'little-wind';

/** In the order in which they come out. */
const PUBLISHED: readonly (readonly [id: string, edition: number])[][] = [
	[
		[SUN, 1],
		[WIND, 1]
	],
	[[SUN, 2]],
	[[WIND, 2]],
	[[SUN, 3]]
];

export async function openShelf(): Promise<Shelf> {
	const folder = await mkdtemp(join(tmpdir(), 'setara-shelf-'));
	const blobs = memoryBlobs();
	await putKeys(join(folder, 'demonstration-keys'));
	const trust = await openTrust(folder, { now: NOW, blobs: blobPort(blobs) });
	const editions = new Map<string, Edition>();
	const versions = new Map<string, PublishedVersion>();
	const stages: Trust[] = [];
	for (const [stage, published] of PUBLISHED.entries()) {
		for (const [id, number] of published) {
			const before = [...editions.values()].findLast((each) => each.id === id)?.manifest.digest ?? null;
			const edition = await publish(trust, blobs, sourceOf(id, number, before), { id, number, stage });
			editions.set(edition.manifest.digest, edition);
			versions.set(edition.manifest.digest, await versionOf(edition, blobs));
		}
		const copy = join(folder, `stage-${stage}`);
		await cp(trust.folder, copy, { recursive: true });
		stages.push({ ...trust, folder: copy });
	}

	const framed = new Map<string, Promise<Uint8Array | null>>();
	const frame = (base: string, pack: string) => {
		const name = `${base} ${pack}`;
		if (!framed.has(name)) framed.set(name, makeFrame(blobs, base, pack));
		return framed.get(name)!;
	};
	const bundles = createBundles(
		blobs,
		{ byManifest: async (digest) => versions.get(digest) ?? null } as Versions,
		{
			async sizes(bases, packs) {
				const sizes: Record<string, Record<string, number>> = {};
				for (const pack of packs) {
					for (const base of bases.filter((each) => each !== pack)) {
						const made = await frame(base, pack);
						if (made) (sizes[pack] ??= {})[base] = made.length;
					}
				}
				return sizes;
			}
		}
	);

	async function find(stage: number, path: string): Promise<Uint8Array | null> {
		const { pathname, searchParams } = new URL(path, 'https://phone.test');
		const [, kind, ...rest] = pathname.split('/').map(decodeURIComponent);
		const here = stages[stage]!;
		if (kind === 'blob') return blobs.read(rest[0]!);
		if (kind === 'pack') {
			const pack = rest[1]!.replace('.zst', '');
			return rest[0] === '0' ? blobs.read(frameName(pack)) : frame(rest[0]!, pack);
		}
		if (kind === 'package') {
			const parts = searchParams.get('parts')!.split(',').slice(1);
			const bases = (searchParams.get('bases') ?? '').split(',').filter(Boolean);
			const bundle = await bundles.of(rest[0]!, parts.sort(), null, bases);
			return bundle.ok ? bundle.value : null;
		}
		if (rest[0] === 'bundle') {
			const query = parseBundleQuery(searchParams);
			return query.ok ? readBundle(here, query.value) : null;
		}
		if (rest[0] === 'targets') return readTargetFile(here, rest.slice(1).join('/'));
		return readMetadataFile(here, rest.join('/'));
	}

	const known = new Map<string, Promise<Uint8Array | null>>();
	return {
		...{ editions, stages: stages.length },
		answer(stage, path) {
			const key = path.startsWith('/tuf/') ? `${stage} ${path}` : path;
			if (!known.has(key)) known.set(key, find(stage, path));
			return known.get(key)!;
		},
		close: () => rm(folder, { recursive: true, force: true })
	};
}

/** The same keys every time, so that everything has the same digest in every run. */
async function putKeys(folder: string): Promise<void> {
	await mkdir(folder);
	const experts = ['a1', 'a2', 'b1', 'b2'].map((name) => `demonstration-${name}`);
	for (const name of ['root', 'targets', 'online', ...experts]) {
		const seed = createHash('sha256').update(name).digest();
		const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
		const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
		await writeFile(join(folder, `${name}.pem`), key.export({ format: 'pem', type: 'pkcs8' }));
	}
}

async function publish(
	trust: Trust,
	blobs: BlobStore,
	source: SourceFactory,
	{ id, number, stage }: { id: string; number: number; stage: number }
): Promise<Edition> {
	const built = await buildOf(source);
	for (const bytes of blobsOf(built).values()) await blobs.put(bytes);
	for (const { pack } of built.parts) await storeFrame(blobs, pack.bytes, pack.digest);
	const [shared, ...languages] = built.parts;
	const { version } = built.manifest.manifest;
	const parts = Object.fromEntries(languages.map(({ name, digest }) => [name, digest]));
	const approved = await approveAsDemonstration(
		trust,
		{ packageId: id, version, shared: shared!.digest, parts },
		NOW
	);
	const statements = await blobs.put(new TextEncoder().encode(JSON.stringify(approved)));
	await publishPackages(
		trust,
		[
			{
				...{ packageId: id, sector: 'energy', v: number, status: 'current', statements: approved },
				manifest: { sha256: built.manifest.digest, length: built.manifest.bytes.length },
				languages: Object.fromEntries(languages.map(({ name }) => [name, { title: name }]))
			}
		],
		NOW
	);
	return { ...(await verifiedFrom(built)), id, version, statements, since: stage };
}

/** Versions differ in a line of one language, in the end of the film, and the last one in its beginning too. */
function sourceOf(id: string, number: number, supersedes: string | null): SourceFactory {
	const source = makeSource().edit('package.json', (json) => {
		json.id = id;
		json.version = `1.${number}.0`;
		json.supersedes = supersedes;
		if (id === WIND) json.languages = ['en'];
	});
	if (id === WIND)
		for (const path of [...source.files.keys()]) if (path.startsWith('th/')) source.remove(path);
	source.replace('en/units/light.md', 'Light makes', `Light ${number} of ${id} makes`);
	const film = makeMp4({ height: 360, data: 150_000 });
	film.fill(number, -9000, -100);
	if (number === 3) film.fill(number, 50_000, 51_000);
	return source.put('shared/media/clip.360p.mp4', film);
}

async function versionOf({ manifest, shared, languages, statements }: Edition, blobs: BlobStore) {
	const parts: (SharedPart | LanguagePart)[] = [
		shared.part,
		...Object.values(languages).map(({ part }) => part)
	];
	const of: Record<string, number> = {};
	for (const { pack } of parts) of[pack.digest] = (await blobs.size(frameName(pack.digest)))!;
	const all = Object.entries(languages).map(
		([tag, part]) => [tag, { part, bytes: { text: 0, pictures: 0, audio: 0, video: 0 } }] as const
	);
	return { manifest, shared, languages: new Map(all), statements, wire: { of, statements: 0 } };
}

async function makeFrame(blobs: BlobStore, base: string, pack: string): Promise<Uint8Array | null> {
	const [dictionary, bytes, alone] = await Promise.all([
		...[blobs.read(base), blobs.read(pack)],
		blobs.size(frameName(pack))
	]);
	if (!dictionary || !bytes || alone === null) return null;
	const frame = await encodeFrame(bytes as Uint8Array, dictionary as Uint8Array);
	return frame.length < Number(alone) ? frame : null;
}

function memoryBlobs(): BlobStore {
	const all = new Map<string, Buffer>();
	return {
		async put(bytes) {
			const digest = createHash('sha256').update(bytes).digest('hex');
			all.set(digest, Buffer.from(bytes));
			return digest;
		},
		putDerived: async (name, bytes) => void all.set(name, Buffer.from(bytes)),
		size: async (name) => all.get(name)?.length ?? null,
		read: async (name) => all.get(name) ?? null,
		remove: async (name) => void all.delete(name),
		stream: async (name, start, end) => Readable.from([all.get(name)!.subarray(start, end + 1)])
	};
}
