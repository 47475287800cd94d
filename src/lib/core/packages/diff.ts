/** What differs between two versions of a package, part by part: what its experts read anew, and phones fetch anew. */
import { chunksOf } from './chunks.ts';
import type { LanguagePart, SharedPart } from './manifest.ts';
import type { PackFiles } from './pack.ts';

/** A version with the files of its packs by `shared` or language, as `verifyPackage` gives it. */
export interface Version {
	shared: { digest: string; part: SharedPart };
	languages: Readonly<Record<string, { digest: string; part: LanguagePart }>>;
	files: Readonly<Record<string, PackFiles>>;
}

type Change = 'added' | 'removed' | 'changed';

export interface PartDiff {
	/** `shared`, or the language. */
	part: string;
	change: Change | 'same';
	/** Units with a file of their own, in pack or media, that differs. */
	units: string[];
	/** Paths in the pack and of media. */
	files: { path: string; change: Change }[];
	/** Bytes of the new pack (uncompressed) and of chunks that the old version does not have. */
	bytes: number;
}

/** Compares two versions: the shared part, then every language that either has, by tag. */
export function diffVersions(before: Version, after: Version): PartDiff[] {
	const names = new Set([...Object.keys(before.languages), ...Object.keys(after.languages)]);
	const chunks = new Set([before.shared, ...Object.values(before.languages)].flatMap(chunkDigestsOf));
	return ['shared', ...[...names].sort()].map((name) => {
		const [old, now] = [before, after].map((version) => partOf(version, name));
		const files = fileChanges(contentsOf(before, name), contentsOf(after, name));
		const media = [old, now].flatMap((part) => part?.part.files ?? []);
		const units = files.flatMap(({ path }) => {
			const unit = /^units\/(.*)\.[a-z]+$/.exec(path)?.[1] ?? media.find((file) => file.path === path)?.unit;
			return unit ?? [];
		});
		return {
			part: name,
			change: !old ? 'added' : !now ? 'removed' : old.digest === now.digest ? 'same' : 'changed',
			units: [...new Set(units)],
			files,
			bytes: now ? newBytes(now, old?.part.pack.digest, chunks) : 0
		};
	});
}

type Part = { digest: string; part: SharedPart | LanguagePart };

const partOf = (version: Version, name: string): Part | undefined =>
	name === 'shared' ? version.shared : version.languages[name];

const chunkDigestsOf = ({ part }: Part): string[] => part.files.flatMap((file) => file.chunks);

function newBytes({ part }: Part, oldPack: string | undefined, known: ReadonlySet<string>): number {
	const chunks = part.files.flatMap(chunksOf).filter((chunk) => !known.has(chunk.digest));
	return chunks.reduce((sum, chunk) => sum + chunk.length, part.pack.digest === oldPack ? 0 : part.pack.size);
}

/** What each path of a part holds: text, or the digest of a medium. */
function contentsOf(version: Version, name: string): Map<string, string> {
	const pack = version.files[name];
	const texts = (pack?.paths ?? []).map((path) => [path, pack!.text(path) ?? ''] as const);
	const media = (partOf(version, name)?.part.files ?? []).map((file) => [file.path, file.digest] as const);
	return new Map([...texts, ...media]);
}

function fileChanges(before: Map<string, string>, after: Map<string, string>): PartDiff['files'] {
	return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((path) => {
		const [old, now] = [before.get(path), after.get(path)];
		if (old === now) return [];
		return [{ path, change: old === undefined ? 'added' : now === undefined ? 'removed' : 'changed' }];
	});
}
