/** Install bundles as they are sent: those of one language were stored when published, others are made and kept. */
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';
import { utf8 } from '../../core/base/hash.ts';
import { BASES_FILE, WIRE_FILE } from '../../core/packages/install-bundle.ts';
import { writeBundle } from '../../core/trust/bundle.ts';
import { compress, type Encoding } from '../base/compress.ts';
import { keep } from '../base/kept.ts';
import type { BlobStore } from './blob-store.ts';
import type { BasedSizes, Frames } from './frames.ts';
import type { PublishedVersion, Versions } from './versions.ts';
import { bundleName, wireFile } from './wire.ts';

export interface Bundles {
	/** The bundle with the shared part and these languages; `library/not-found`: no such version, or not this language. */
	of: (
		manifest: string,
		languages: readonly string[],
		encoding: Encoding | null,
		/** Packs that the phone has: what its frames cost with them is said too. */
		bases?: readonly string[]
	) => Promise<Result<Buffer, Fault<'library/not-found'>>>;
}

const KEPT_BYTES = 16 * 1024 * 1024;

export function createBundles(blobs: BlobStore, versions: Versions, frames: Pick<Frames, 'sizes'>): Bundles {
	const made = keep<Buffer>(KEPT_BYTES, (bytes) => bytes.length);

	return {
		async of(manifest, languages, encoding, bases = []) {
			const version = await versions.byManifest(manifest);
			if (!version || languages.some((tag) => !version.languages.has(tag))) {
				return fail('library/not-found', { id: manifest });
			}
			if (bases.length > 0) {
				const bundle = await write(blobs, version, languages, (packs) => frames.sizes(bases, packs));
				return ok(encoding ? await compress(bundle, encoding, false) : Buffer.from(bundle));
			}
			if (languages.length === 1 && (encoding === 'br' || encoding === 'zstd')) {
				const stored = await blobs.read(bundleName(manifest, languages[0]!, encoding));
				if (stored) return ok(stored);
			}
			const key = [manifest, version.statements, encoding, ...languages].join(' ');
			return ok(
				await made.get(key, async () => {
					const bundle = await write(blobs, version, languages);
					return encoding ? compress(bundle, encoding, true) : Buffer.from(bundle);
				})
			);
		}
	};
}

async function write(
	blobs: BlobStore,
	version: PublishedVersion,
	languages: readonly string[],
	based?: (packs: string[]) => Promise<BasedSizes>
): Promise<Uint8Array> {
	const { manifest, shared, statements, wire } = version;
	const parts = [shared, ...languages.map((tag) => version.languages.get(tag)!.part)];
	const names = [manifest.digest, ...parts.map(({ digest }) => digest), statements];
	const files = await Promise.all(
		names.map(async (name): Promise<[string, Uint8Array]> => [name, (await blobs.read(name))!])
	);
	const frames = parts.map(({ part }): [string, number] => [part.pack.digest, wire.of[part.pack.digest]!]);
	if (based) files.push([BASES_FILE, utf8(JSON.stringify(await based(frames.map(([pack]) => pack))))]);
	return writeBundle([...files, [WIRE_FILE, wireFile(new Map(frames))]]);
}
