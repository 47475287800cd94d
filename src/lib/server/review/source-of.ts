/** The package source that a version was built of, for the checks of sources (HND-23). */
import { canonicalJson, type Json } from '../../core/packages/canonical.ts';
import { utf8 } from '../../core/base/hash.ts';
import type { SourceFiles } from '../../core/packages/source/files.ts';
import type { ReadBlob } from './snapshot.ts';
import type { HandedText } from './text.ts';

export interface HandedSource {
	source: SourceFiles;
	/** Paths of media that are not here: empty files stand in their place, and what is said of those says nothing. */
	absent: ReadonlySet<string>;
}

/** Unpacks a version into its source; of the media only those `here` are read. */
export async function sourceOf(
	text: HandedText,
	read: ReadBlob,
	here: ReadonlySet<string>
): Promise<HandedSource> {
	const source = new Map<string, Uint8Array>();
	const absent = new Set<string>();
	const { manifest, shared, languages, files } = text;
	for (const [name, { part }] of [['shared', shared] as const, ...languages]) {
		const pack = files.get(name)!;
		for (const path of pack.paths) source.set(`${name}/${path}`, pack.bytes(path)!);
		for (const { path, digest } of part.files) {
			const bytes = here.has(digest) ? await read(digest) : null;
			if (!bytes) absent.add(`${name}/${path}`);
			source.set(`${name}/${path}`, bytes ?? new Uint8Array());
		}
	}
	const { id, version, supersedes } = manifest.manifest;
	const root = { ...written(shared.part), id, version, supersedes, languages: [...languages.keys()] };
	source.set('package.json', json({ format: 'setara-package/1', ...root }));
	for (const [tag, { part }] of languages) source.set(`${tag}/package.json`, json(written(part)));
	return { source, absent };
}

/** Fields that building adds to what authors write. */
const BUILT = ['format', 'part', 'package', 'version', 'language', 'pack', 'files'];

const written = (part: object): Record<string, unknown> =>
	Object.fromEntries(Object.entries(part).filter(([name]) => !BUILT.includes(name)));

const json = (value: unknown): Uint8Array => utf8(canonicalJson(value as Json));
