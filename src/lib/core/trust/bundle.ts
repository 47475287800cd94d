import { fromUtf8, utf8 } from '../base/hash.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { readMetadata, type Kind, type Metadata } from './metadata.ts';
import type { TrustFault, TrustFetcher, TrustStore } from './types.ts';

/*
 * `GET /tuf/bundle` answers the files of a refresh in one body: a first line, then for each file a line with name and
 * length, its exact bytes and a line feed. It needs no trust: the ordinary workflow runs over it (TRU-13).
 */
const FIRST_LINE = 'setara-tuf-bundle/1\n';
export const MAX_FILES = 300;
/** Most packages that one question names; the roles of others are asked for one by one. */
export const MOST_PACKAGES = 250;
/** Longest line before a file: name (a version and a role) and length. */
const MAX_LINE = 300;

/** Packs files into a bundle. */
export function writeBundle(files: Iterable<readonly [string, Uint8Array]>): Uint8Array {
	const pieces = [utf8(FIRST_LINE)];
	for (const [name, bytes] of files) pieces.push(utf8(`${name} ${bytes.length}\n`), bytes, utf8('\n'));
	const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
	let at = 0;
	for (const piece of pieces) {
		all.set(piece, at);
		at += piece.length;
	}
	return all;
}

/** The files of a bundle by name, or `trust/bad-bundle` where it is not one, is cut short, or names a file twice. */
export function readBundle(bytes: Uint8Array): Result<Map<string, Uint8Array>, TrustFault> {
	const files = new Map<string, Uint8Array>();
	let at = FIRST_LINE.length;
	try {
		if (fromUtf8(bytes.subarray(0, at)) !== FIRST_LINE) return fail('trust/bad-bundle');
		while (at < bytes.length && files.size < MAX_FILES) {
			const line = fromUtf8(bytes.subarray(at, at + MAX_LINE).subarray(0, bytes.indexOf(10, at) - at));
			const [, name, length] = /^([^ /]+) (\d{1,8})$/.exec(line) ?? [];
			const start = at + line.length + 1;
			const end = start + Number(length);
			if (!name || files.has(name) || bytes[end] !== 10) return fail('trust/bad-bundle');
			files.set(name, bytes.subarray(start, end));
			at = end + 1;
		}
	} catch {
		return fail('trust/bad-bundle');
	}
	return at === bytes.length ? ok(files) : fail('trust/bad-bundle');
}

/** A fetcher over a bundle's files; what it lacks is asked of `otherwise` (single files), else `trust/missing`. */
export const bundleFetcher =
	(files: ReadonlyMap<string, Uint8Array>, otherwise?: TrustFetcher): TrustFetcher =>
	async (name, maxLength) => {
		const bytes = files.get(name);
		if (!bytes) {
			// A bundle has every root that there is: asking again for the next one would cost a request each time.
			return otherwise && !name.endsWith('.root.json')
				? otherwise(name, maxLength)
				: fail('trust/missing', { file: name });
		}
		return bytes.length > maxLength ? fail('trust/too-long', { file: name }) : ok(bytes);
	};

/**
 * The query that asks for what a store lacks: `root=5&ts=200&roles=recalls@3,th@12,th~energy@2&for=rooftop-solar`, the
 * number after `@` being the version that is stored. Only a question: nothing here is trusted. Where a refresh broke off
 * half-way, it asks for all.
 * @param roles delegated roles to bring up to date: `recalls`, languages
 * @param packages whose roles below a language's are wanted too (TRU-29)
 */
export async function bundleQuery(
	store: TrustStore,
	roles: readonly string[],
	packages: readonly string[] = []
): Promise<string> {
	const stored = async <K extends Kind>(kind: K, name: string): Promise<Metadata<K>['signed'] | null> => {
		const bytes = await store.get(`${encodeURIComponent(name)}.json`);
		const metadata = bytes && readMetadata(kind, bytes);
		return metadata?.ok ? metadata.value.signed : null;
	};
	const wanted: string[] = [];
	/** A role and those below it that are here. */
	const ask = async (role: string): Promise<void> => {
		const here = await stored('targets', role);
		wanted.push(encodeURIComponent(role) + (here ? `@${here.version}` : ''));
		for (const { name } of here?.delegations?.roles ?? [])
			if (await store.get(`${encodeURIComponent(name)}.json`)) await ask(name);
	};
	for (const role of roles) await ask(role);
	const root = await stored('root', 'root');
	const timestamp = await stored('timestamp', 'timestamp');
	const snapshot = await stored('snapshot', 'snapshot');
	const targets = await stored('targets', 'targets');
	const isWhole =
		timestamp?.meta['snapshot.json'].version === snapshot?.version &&
		snapshot?.meta['targets.json']?.version === targets?.version;
	const query = `root=${root?.version ?? 0}&ts=${(isWhole && timestamp?.version) || 0}&roles=${wanted.join(',')}`;
	return packages.length > 0 ? `${query}&for=${packages.slice(0, MOST_PACKAGES).join(',')}` : query;
}
