/** The way back from a version to the source that it was built of (PKG-15): what was built by others can be checked like it. */
import { utf8 } from '../base/hash.ts';
import { canonicalJson, type Json } from './canonical.ts';
import type { PackFiles } from './pack.ts';
import type { SourceFiles } from './source/files.ts';
import type { VerifiedLanguagePart, VerifiedManifest, VerifiedSharedPart } from './verify.ts';

export interface UnpackedFrom {
	manifest: VerifiedManifest;
	shared: VerifiedSharedPart;
	languages: ReadonlyMap<string, VerifiedLanguagePart>;
	/** Files of the packs, by `shared` or language. */
	files: ReadonlyMap<string, PackFiles>;
}

/**
 * The source of a version: checked and built again, beside the parts that it carried over, it has the same digest.
 * Media that are not to be had stand as empty files.
 */
export function unpackSource(
	{ manifest, shared, languages, files }: UnpackedFrom,
	media: (digest: string) => Uint8Array | undefined
): SourceFiles {
	const source = new Map<string, Uint8Array>();
	for (const [name, { part }] of [['shared', shared] as const, ...languages]) {
		const pack = files.get(name)!;
		for (const path of pack.paths) source.set(`${name}/${path}`, pack.bytes(path)!);
		for (const { path, digest } of part.files)
			source.set(`${name}/${path}`, media(digest) ?? new Uint8Array());
	}
	const { id, version, supersedes } = manifest.manifest;
	const root = { ...written(shared.part), id, version, supersedes, languages: [...languages.keys()] };
	source.set('package.json', json({ format: 'setara-package/1', ...root }));
	for (const [tag, { part }] of languages) source.set(`${tag}/package.json`, json(written(part)));
	return source;
}

/** Fields that building adds to what authors write. */
const BUILT = ['format', 'part', 'package', 'version', 'language', 'pack', 'files'];

const written = (part: object): Record<string, unknown> =>
	Object.fromEntries(Object.entries(part).filter(([name]) => !BUILT.includes(name)));

const json = (value: unknown): Uint8Array => utf8(canonicalJson(value as Json));
