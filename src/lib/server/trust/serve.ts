import { join } from 'node:path';
import * as v from 'valibot';
import { fail, ok, type Result } from '../../core/base/result.ts';
import { writeBundle } from '../../core/trust/bundle.ts';
import type { TrustFault } from '../../core/trust/types.ts';
import { listVersions, readIfThere } from './files.ts';
import type { Trust } from './open.ts';
import { readFileOf, readState } from './repository.ts';

/** A metadata file by its name in the repository (`timestamp.json`, `6.root.json`, `12.th.json`), or null. */
export const readMetadataFile = async (trust: Trust, name: string): Promise<Uint8Array | null> =>
	/^(timestamp|[1-9]\d{0,8}\.[\w%~-]{1,200})\.json$/.test(name)
		? readIfThere(join(trust.folder, name))
		: null;

/**
 * A target by the path that TUF clients ask for (`energy/th/<sha256>.rooftop-solar.json`): the blob of that digest, or
 * null. The path around the digest says nothing about the bytes; who asks checks them.
 */
export const readTargetFile = async (trust: Trust, path: string): Promise<Uint8Array | null> => {
	const digest = /(?:^|\/)([0-9a-f]{64})\.[^/]+$/.exec(path)?.[1];
	return digest ? trust.blobs.get(digest) : null;
};

const Count = v.pipe(v.optional(v.string(), '0'), v.regex(/^\d{1,9}$/), v.transform(Number));
const Query = v.object({
	root: Count,
	ts: Count,
	roles: v.pipe(
		v.optional(v.string(), ''),
		v.maxLength(4000),
		v.transform((text) => text.split(',').filter(Boolean)),
		v.maxLength(64),
		v.transform((items) =>
			items.map((item) => ({
				name: item.split('@')[0]!,
				version: Number(item.split('@')[1] ?? 0)
			}))
		)
	)
});
export type BundleQuery = v.InferOutput<typeof Query>;

/** Reads `?root=5&ts=200&roles=recalls@3,th`, or `trust/malformed` (a 400). */
export function parseBundleQuery(parameters: URLSearchParams): Result<BundleQuery, TrustFault> {
	const parsed = v.safeParse(Query, Object.fromEntries(parameters));
	return parsed.success ? ok(parsed.output) : fail('trust/malformed', { file: 'query' });
}

/**
 * The exact bytes of the files that a client in this state would ask for one by one (TRU-13): newer roots, the
 * timestamp, snapshot and targets where they changed since timestamp `ts`, and the roles in another version than it
 * has. The answer depends on the query and on what is in force; it may be cached until the next publication.
 */
export async function readBundle(trust: Trust, query: BundleQuery): Promise<Uint8Array> {
	const { timestamp, snapshot } = await readState(trust.folder);
	const before = query.ts ? await readFileOf(trust.folder, 'timestamp', `${query.ts}.timestamp.json`) : null;
	const snapshotBefore = before?.signed.meta['snapshot.json'].version;
	const had = snapshotBefore
		? await readFileOf(trust.folder, 'snapshot', `${snapshotBefore}.snapshot.json`)
		: null;
	const files: [string, Uint8Array][] = [];
	const add = async (file: string): Promise<void> => {
		const bytes = await readIfThere(join(trust.folder, file));
		if (bytes) files.push([file, bytes]);
	};
	for (const version of await listVersions(trust.folder, 'root'))
		if (version > query.root) await add(`${version}.root.json`);
	// Not read again from the file: a publication in between would pair it with an older snapshot.
	if (timestamp) files.push(['timestamp.json', timestamp.bytes]);
	const { meta, version } = snapshot!.signed;
	if (version !== snapshotBefore) await add(`${version}.snapshot.json`);
	if (meta['targets.json']!.version !== had?.signed.meta['targets.json']?.version)
		await add(`${meta['targets.json']!.version}.targets.json`);
	const names = new Set<string>();
	for (const role of query.roles) {
		const listed = Object.hasOwn(meta, `${role.name}.json`) && meta[`${role.name}.json`];
		if (!listed || role.name === 'targets' || listed.version === role.version || names.has(role.name))
			continue;
		names.add(role.name);
		await add(`${listed.version}.${encodeURIComponent(role.name)}.json`);
	}
	return writeBundle(files);
}
