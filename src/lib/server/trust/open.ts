import { dirname, join } from 'node:path';
import { sha256 } from '../../core/base/hash.ts';
import { readMetadata } from '../../core/trust/metadata.ts';
import type { Signer } from '../../core/trust/types.ts';
import { demonstrationKey, foundDemonstration } from './demonstration.ts';
import { listVersions, readIfThere, writeWhole } from './files.ts';
import { isComplete } from './offline.ts';
import { commit } from './repository.ts';
import { keyIdOf, readKey } from './signing.ts';

/** Where listings, statements and recalls are kept: the server's blob store. */
interface BlobPort {
	/** Stores bytes and answers their SHA-256. */
	put(bytes: Uint8Array): Promise<string>;
	get(sha256: string): Promise<Uint8Array | null>;
}

export interface Trust {
	/** Public metadata, `1.root.json` to `timestamp.json`. */
	folder: string;
	keysFolder: string;
	/** The folder of a root in earnest; null for a demonstration. */
	source: string | null;
	online: Signer;
	demonstration: boolean;
	/** The root that this server's app begins with. */
	anchor: Uint8Array;
	/** No catalogue was here before: everything has to be published. */
	fresh: boolean;
	blobs: BlobPort;
	queue: Promise<unknown>;
}

export interface OpenOptions {
	now: number;
	/** `SETARA_ROOT`: a root in earnest. Beside it lie `N.root.json`, `N.targets.json` and `online.pem`. */
	rootFile?: string | undefined;
	blobs?: BlobPort | undefined;
}

/**
 * Opens the trust of a server under `dir` (`./data/trust`), making a demonstration where no root is given, and signs
 * what is due. Each root has a folder of its own, so that a demonstration and a root in earnest never mix.
 */
export async function openTrust(dir: string, options: OpenOptions): Promise<Trust> {
	const { now, rootFile } = options;
	const keysFolder = join(dir, 'demonstration-keys');
	const source = rootFile ? dirname(rootFile) : null;
	const folder = join(dir, source ? await identityOf(source) : 'demonstration');
	if (!source && (await listVersions(folder, 'root')).length === 0)
		await foundDemonstration(folder, keysFolder, now);
	if (source) await takeIn(source, folder);
	const online = source ? await onlineKeyOf(source) : await demonstrationKey(keysFolder, 'online');
	const last = (await listVersions(folder, 'root')).at(-1);
	const bytes = await readIfThere(join(folder, `${last}.root.json`));
	const root = bytes && readMetadata('root', bytes);
	if (!root?.ok) throw new Error(`${folder} holds no root that can be read`);
	if (!root.value.signed.roles.timestamp.keyids.includes(keyIdOf(online.key)))
		throw new Error('the online key is not the one that root names: copy the new online.pem beside the root');
	const fresh = !(await readIfThere(join(folder, 'timestamp.json')));
	await commit(folder, online, new Map(), now);
	return {
		...{ folder, keysFolder, source, online, demonstration: !source, fresh },
		anchor: (await readIfThere(rootFile ?? join(folder, '1.root.json')))!,
		blobs: options.blobs ?? fileBlobs(join(dir, 'blobs')),
		queue: Promise.resolve()
	};
}

/**
 * Copies from a ceremony's folder the roots that follow on ours, and the newest targets, together and only when enough
 * keys have signed every one of them: a ceremony that is still gathering signatures changes nothing.
 */
export async function takeIn(source: string, folder: string): Promise<void> {
	const newest = async (of: string, kind: string): Promise<number> =>
		(await listVersions(of, kind)).at(-1) ?? 0;
	const have = await newest(folder, 'root');
	const roots = (await listVersions(source, 'root')).filter((version) => version > have);
	const targets = await newest(source, 'targets');
	let complete = await isComplete(source, 'targets', targets);
	for (const version of roots) complete &&= await isComplete(source, 'root', version);
	if (!complete) {
		if (have > 0) return;
		throw new Error(`${source} holds no root and targets that enough keys have signed`);
	}
	const files = roots.map((version) => `${version}.root.json`);
	if (targets > (await newest(folder, 'targets'))) files.push(`${targets}.targets.json`);
	for (const file of files) await writeWhole(join(folder, file), (await readIfThere(join(source, file)))!);
}

/** A root's identity: the digest of the first root of its chain, which never changes. */
async function identityOf(source: string): Promise<string> {
	const [first] = await listVersions(source, 'root');
	if (!first)
		throw new Error(`${source} holds no 1.root.json: SETARA_ROOT names a root made by setara trust init`);
	return (await sha256((await readIfThere(join(source, `${first}.root.json`)))!)).slice(0, 16);
}

async function onlineKeyOf(source: string): Promise<Signer> {
	const pem = await readIfThere(join(source, 'online.pem'));
	if (!pem) throw new Error(`${source} holds no online.pem`);
	return readKey(pem);
}

function fileBlobs(folder: string): BlobPort {
	return {
		put: async (bytes) => {
			const name = await sha256(bytes);
			if (!(await readIfThere(join(folder, name)))) await writeWhole(join(folder, name), bytes);
			return name;
		},
		get: (name) => readIfThere(join(folder, name))
	};
}
