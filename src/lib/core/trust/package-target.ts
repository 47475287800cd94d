import * as v from 'valibot';
import { fail, ok, type Result } from '../base/result.ts';
import type { TrustedTarget, TrustFault } from './types.ts';

const Blob = v.object({
	sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
	length: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(1_000_000))
});
const PackageCustom = v.object({
	v: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
	status: v.picklist(['current', 'withdrawn']),
	/** The envelopes that approve this version's parts: a JSON list, readable by `readEnvelopes`. */
	statements: v.optional(Blob)
});
export type PackageCustom = v.InferOutput<typeof PackageCustom>;

/** Where the catalogue names the current manifest of a package in a language (TRU-4). */
export const packagePath = (sector: string, language: string, packageId: string): string =>
	`${sector}/${language}/${packageId}.json`;
/** Where it names the titles and sizes of a sector's packages in a language. No package is called `listing`. */
export const listingPath = (sector: string, language: string): string => `${sector}/${language}/listing.json`;
/** Where it names the recalls, and their liftings, of a package. */
export const recallsPath = (packageId: string): string => `recalls/${packageId}.json`;

/** What the catalogue says of a package besides the manifest's digest. */
export function readPackageTarget(
	target: TrustedTarget
): Result<PackageCustom & { manifest: { sha256: string; length: number } }, TrustFault> {
	const custom = v.safeParse(PackageCustom, target.custom);
	const sha256 = target.hashes['sha256'];
	return custom.success && sha256
		? ok({ ...custom.output, manifest: { sha256, length: target.length } })
		: fail('trust/malformed', { file: target.path });
}
