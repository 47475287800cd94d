/** The package source that a version was built of, for the checks of sources (HND-23). */
import { unpackSource } from '../../core/packages/unpack.ts';
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
	const media = new Map<string, Uint8Array>();
	const absent = new Set<string>();
	for (const [name, { part }] of [['shared', text.shared] as const, ...text.languages]) {
		for (const { path, digest } of part.files) {
			const bytes = here.has(digest) ? await read(digest) : null;
			if (bytes) media.set(digest, bytes);
			else absent.add(`${name}/${path}`);
		}
	}
	return { source: unpackSource(text, (digest) => media.get(digest)), absent };
}
