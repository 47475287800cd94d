/** What this phone has of a package, as a `.setara` file (FIL-1, FIL-8): a chunk at a time, never whole in memory. */
import { TIERS, type Tier } from '../../core/base/vocabulary.ts';
import { fail, ok, type Result } from '../../core/base/result.ts';
import { rawFrame, writeFileHead, type FileList } from '../../core/packages/package-file.ts';
import { readMetadata, type Kind } from '../../core/trust/metadata.ts';
import { openDatabases, type Databases } from '../db/schema.ts';
import { storing } from '../db/storing.ts';
import type { MediaRow, TrustRow } from '../db/rows.ts';
import type { SaveFault } from '../faults.ts';
import { filesOfInstall } from './stored-parts.ts';

export interface FileToWrite {
	/** A name for it: package and version. */
	name: string;
	bytes: number;
	/** Its bytes, in order. */
	pieces: () => AsyncGenerator<Uint8Array<ArrayBuffer>>;
}

/** Some bytes of the file, read when it is their turn. */
type Entry = [name: string, size: number, pieces: () => AsyncGenerator<Uint8Array>];

/** Makes ready the file of what opens now; `library/not-saved` where nothing does. */
export async function exportPackage(id: string): Promise<Result<FileToWrite, SaveFault>> {
	const made = await storing(() => make(openDatabases(), id));
	return made.ok ? made.value : made;
}

async function make(databases: Databases, id: string): Promise<Result<FileToWrite, SaveFault>> {
	const { safe } = databases;
	const all = await safe.installs.where('package').equals(id).toArray();
	const first = all[0];
	if (!first) return fail('library/not-saved', { id });
	// Languages of one version: a file names one manifest.
	const installs = all.filter(({ manifest }) => manifest === first.manifest);
	const entries: Entry[] = [];
	const whole = (name: string, bytes: Uint8Array) =>
		entries.push([
			name,
			bytes.length,
			async function* () {
				yield bytes;
			}
		]);
	const metadata = new Map<string, Uint8Array>();
	for (const row of await safe.trust.toArray()) {
		const name = nameInRepository(row);
		if (name) metadata.set(name, row.bytes);
	}
	for (const [name, bytes] of metadata) whole(`tuf/${name}`, bytes);
	const recalls = (await safe.recalls.get(id))?.bytes;
	if (recalls) whole('recalls', recalls);
	const documents = installs.flatMap(({ manifest, shared, part, statements }) => [
		manifest,
		shared,
		part,
		statements
	]);
	for (const digest of new Set(documents)) {
		const row = await safe.blobs.get(digest);
		if (row) whole(`document/${digest}`, row.bytes);
	}
	for (const digest of new Set(installs.flatMap(({ packs }) => [packs.shared, packs.part]))) {
		const row = await safe.blobs.get(digest);
		if (row) whole(`pack/${digest}`, rawFrame(row.bytes));
	}
	let tier: Tier = 'text';
	const seen = new Set<string>();
	for (const install of installs) {
		for (const file of await filesOfInstall(safe, install)) {
			const row = await safe.media.get(file.digest);
			if (!row?.here || seen.has(file.digest) || !(await isWhole(databases, row))) continue;
			seen.add(file.digest);
			if (TIERS.indexOf(file.tier) > TIERS.indexOf(tier)) tier = file.tier;
			entries.push([`blob/${file.digest}`, file.size, () => chunksOf(databases, row)]);
		}
	}
	const { version } = first;
	const list: FileList = {
		...{ package: id, version, tier, manifest: first.manifest },
		languages: installs.map(({ language }) => language),
		entries: entries.map(([name, size]) => [name, size])
	};
	const head = writeFileHead(list);
	return ok({
		name: `${id}-${version}.setara`,
		bytes: entries.reduce((sum, [, size]) => sum + size, head.length),
		async *pieces() {
			yield head as Uint8Array<ArrayBuffer>;
			for (const [, , pieces] of entries)
				for await (const piece of pieces()) yield piece as Uint8Array<ArrayBuffer>;
		}
	});
}

/** As the file is called in a TUF repository with consistent snapshots; null for what is the client's own. */
function nameInRepository({ name, bytes }: TrustRow): string | null {
	if (name === 'timestamp.json') return name;
	const isRoot = name === 'root.json' || name === 'anchor' || name.startsWith('root/');
	if (!isRoot && !name.endsWith('.json')) return null;
	const role = isRoot ? 'root' : name.slice(0, -5);
	const kind: Kind = role === 'root' || role === 'snapshot' ? role : 'targets';
	const metadata = readMetadata(kind, bytes);
	return metadata.ok ? `${metadata.value.signed.version}.${role}.json` : null;
}

async function isWhole({ media }: Databases, { chunks }: MediaRow): Promise<boolean> {
	const stored = await media.chunks.where('digest').anyOf(chunks).primaryKeys();
	return stored.length === new Set(chunks).size;
}

async function* chunksOf({ media }: Databases, { digest, chunks }: MediaRow): AsyncGenerator<Uint8Array> {
	for (const name of chunks) {
		const chunk = await media.chunks.get(name);
		// It was taken away since the list was made, of which the file must not differ.
		if (!chunk) throw new Error(`a chunk of ${digest} is gone`);
		yield chunk.bytes;
	}
}
