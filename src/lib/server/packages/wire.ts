/** What travels, stored as it is sent: frames of packs, and install bundles in brotli and zstd (SRV-30, SRV-31). */
import { createHash } from 'node:crypto';
import { utf8 } from '../../core/base/hash.ts';
import type { BuiltPackage } from '../../core/packages/build.ts';
import { WIRE_FILE } from '../../core/packages/install-bundle.ts';
import type { WireSizes } from '../../core/packages/tiers.ts';
import { writeBundle } from '../../core/trust/bundle.ts';
import { compress } from '../base/compress.ts';
import type { BlobStore } from './blob-store.ts';
import { encodeFrame } from './frame.ts';

/** The name of a pack's frame in the store; with a base one that an archive's entry can hold (`backup/tar.ts`). */
export const frameName = (pack: string, base: string | null = null): string =>
	base === null
		? `${pack}.0.zst`
		: `${createHash('sha256').update(`${base} ${pack}`).digest('hex')}.based.zst`;
export const bundleName = (manifest: string, language: string, encoding: 'br' | 'zstd'): string =>
	`${manifest}.${language}.bundle.${encoding}`;

/** Stores a pack's frame unless it is there; answers its bytes on the wire. */
export async function storeFrame(blobs: BlobStore, pack: Uint8Array, digest: string): Promise<number> {
	const there = await blobs.size(frameName(digest));
	if (there !== null) return there;
	const frame = await encodeFrame(pack);
	await blobs.putDerived(frameName(digest), frame);
	return frame.length;
}

/** What an install bundle says of the sizes that no manifest states. */
export const wireFile = (frames: ReadonlyMap<string, number>): Uint8Array =>
	utf8(JSON.stringify({ of: Object.fromEntries(frames), statements: 0 } satisfies WireSizes));

/**
 * Stores the install bundle of each language with the shared part, which is what most installs ask for; answers their
 * bytes in brotli by language. Other selections are compressed when they are asked for.
 */
export async function storeBundles(
	blobs: BlobStore,
	{ manifest, parts }: BuiltPackage,
	statements: string,
	frames: ReadonlyMap<string, number>
): Promise<Map<string, number>> {
	const [shared, ...languages] = parts;
	const approved = (await blobs.read(statements))!;
	const sizes = new Map<string, number>();
	for (const language of languages) {
		const packs = [shared!.pack.digest, language.pack.digest];
		const bundle = writeBundle([
			[manifest.digest, manifest.bytes],
			[shared!.digest, shared!.bytes],
			[language.digest, language.bytes],
			[statements, approved],
			[WIRE_FILE, wireFile(new Map(packs.map((pack) => [pack, frames.get(pack)!])))]
		]);
		for (const encoding of ['br', 'zstd'] as const) {
			const sent = await compress(bundle, encoding, true);
			await blobs.putDerived(bundleName(manifest.digest, language.name, encoding), sent);
			if (encoding === 'br') sizes.set(language.name, sent.length);
		}
	}
	return sizes;
}
