/** What each tier of a package costs to fetch, to the byte (PKG-50, PKG-51). */
import * as v from 'valibot';
import { Bytes, Digest } from '../base/schema.ts';
import { TIERS, type Tier } from '../base/vocabulary.ts';
import type { TierBytes } from '../protocol/library.ts';
import type { BlobFile, LanguagePart, SharedPart } from './manifest.ts';

/**
 * Bytes on the wire that the manifests do not say themselves: for the digest of a manifest or part manifest the bytes
 * of that body as sent, for the digest of a pack those of its frame; and the statements and catalogue files that go
 * with the package. Only for showing and for progress: nothing is trusted for it.
 */
export const WireSizes = v.strictObject({ of: v.record(Digest, Bytes), statements: Bytes });
export type WireSizes = v.InferOutput<typeof WireSizes>;

/** A pack that a device has, with which a frame of another is smaller: its SHA-256, and the frame's bytes. */
export interface Based {
	base: string;
	size: number;
}

export type VideoVariant = '360p' | '144p';

/** What of a version's media is wanted. Text comes whole: a pack has all units of its part. */
export interface MediaChoice {
	tier: Tier;
	/** 360p unless the smaller one is asked for. */
	video?: VideoVariant | undefined;
	/** Ids of the units whose media are wanted; absent: all of them. */
	units?: readonly string[] | undefined;
}

/** Whether a choice includes a file; each tier holds what the ones before it hold, and what is of no unit comes with any. */
export function inChoice(file: BlobFile, { tier, video = '360p', units }: MediaChoice): boolean {
	if (TIERS.indexOf(file.tier) > TIERS.indexOf(tier)) return false;
	if (units && file.unit !== undefined && !units.includes(file.unit)) return false;
	return file.role !== 'video' || file.variant === undefined || file.variant === video;
}

/**
 * Bytes up to and with each tier for one language from nothing stored: manifests, statements, both frames, media in
 * the variant asked for. `manifest` is the digest of the version's manifest.
 */
export function tierBytes(
	manifest: string,
	shared: { digest: string; part: SharedPart },
	language: { digest: string; part: LanguagePart },
	wire: WireSizes,
	video: VideoVariant = '360p'
): TierBytes {
	const named = [
		manifest,
		shared.digest,
		language.digest,
		shared.part.pack.digest,
		language.part.pack.digest
	];
	const base = named.reduce((sum, digest) => sum + (wire.of[digest] ?? 0), wire.statements);
	const files = [...shared.part.files, ...language.part.files];
	const upTo = (tier: Tier) =>
		files.reduce((sum, file) => sum + (inChoice(file, { tier, video }) ? file.size : 0), base);
	return { text: upTo('text'), pictures: upTo('pictures'), audio: upTo('audio'), video: upTo('video') };
}
