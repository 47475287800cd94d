import { join } from 'node:path';
import * as v from 'valibot';
import { fail, ok, type Result } from '../../core/base/result.ts';
import { MAX_FILES, MOST_PACKAGES, writeBundle } from '../../core/trust/bundle.ts';
import { packagePath } from '../../core/trust/package-target.ts';
import type { TrustFault } from '../../core/trust/types.ts';
import { listVersions, readIfThere } from './files.ts';
import type { Trust } from './open.ts';
import { readFileOf, readState } from './repository.ts';
import { aboutRole, rolesOn, type Listed } from './role-tree.ts';

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
/** Items with commas between them. */
const items = (mostLength: number, most: number) =>
	v.pipe(
		v.optional(v.string(), ''),
		v.maxLength(mostLength),
		v.transform((text) => text.split(',').filter(Boolean)),
		v.maxLength(most)
	);
const Query = v.object({
	root: Count,
	ts: Count,
	roles: v.pipe(
		items(8000, 600),
		v.transform((all) =>
			all.map((item) => ({
				name: item.split('@')[0]!,
				version: Number(item.split('@')[1] ?? 0)
			}))
		)
	),
	for: items(8000, MOST_PACKAGES)
});
export type BundleQuery = v.InferOutput<typeof Query>;

/** Reads `?root=5&ts=200&roles=recalls@3,th&for=rooftop-solar`, or `trust/malformed` (a 400). */
export function parseBundleQuery(parameters: URLSearchParams): Result<BundleQuery, TrustFault> {
	const parsed = v.safeParse(Query, Object.fromEntries(parameters));
	return parsed.success ? ok(parsed.output) : fail('trust/malformed', { file: 'query' });
}

/**
 * The exact bytes of the files that a client in this state would ask for one by one (TRU-13): newer roots, the
 * timestamp, snapshot and targets where they changed since timestamp `ts`, and the roles in another version than it
 * has: those named, and those below them that list the packages of `for`. The answer depends on the query and on what is
 * in force; it may be cached until the next publication.
 */
export async function readBundle(trust: Trust, query: BundleQuery): Promise<Uint8Array> {
	const { timestamp, snapshot } = await readState(trust.folder);
	const before = query.ts ? await readFileOf(trust.folder, 'timestamp', `${query.ts}.timestamp.json`) : null;
	const snapshotBefore = before?.signed.meta['snapshot.json'].version;
	const hadSnapshot = snapshotBefore
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
	if (meta['targets.json']!.version !== hadSnapshot?.signed.meta['targets.json']?.version)
		await add(`${meta['targets.json']!.version}.targets.json`);
	const had = new Map(query.roles.map(({ name, version }) => [name, version]));
	for (const name of await rolesWanted(trust, meta, query)) {
		const listed = Object.hasOwn(meta, `${name}.json`) && meta[`${name}.json`];
		if (listed && listed.version !== had.get(name) && files.length < MAX_FILES)
			await add(`${listed.version}.${encodeURIComponent(name)}.json`);
	}
	return writeBundle(files);
}

/** The roles that were asked for, and those below them that list the packages; of others below, the client has some. */
async function rolesWanted(trust: Trust, listed: Listed, query: BundleQuery): Promise<Set<string>> {
	const { targets } = await readState(trust.folder);
	const known = targets.signed.delegations?.roles.map(({ name }) => name) ?? [];
	const asked = query.roles.map(({ name }) => name).filter((name) => known.includes(name));
	const wanted = new Set(asked);
	for (const language of asked) {
		const sectors = (await aboutRole(trust.folder, listed, language))?.children ?? [];
		for (const id of query.for)
			for (const sector of sectors) {
				const path = packagePath(sector.slice(language.length + 1), language, id);
				const { roles, isListed } = await rolesOn(trust.folder, listed, language, path);
				if (isListed) roles.forEach((role) => wanted.add(role));
			}
	}
	return wanted;
}
