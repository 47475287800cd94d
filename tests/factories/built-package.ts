/** A package that has been built and verified from `makeSource`, or from a source that a test has changed. */
import { buildPackage, type BuiltPackage } from '../../src/lib/core/packages/build.ts';
import type { PackFiles } from '../../src/lib/core/packages/pack.ts';
import { checkSource } from '../../src/lib/core/packages/source/check.ts';
import {
	verifyLanguagePart,
	verifyManifest,
	verifyPack,
	verifySharedPart,
	type VerifiedLanguagePart,
	type VerifiedManifest,
	type VerifiedSharedPart
} from '../../src/lib/core/packages/verify.ts';
import type { Result } from '../../src/lib/core/base/result.ts';
import { makeSource, type SourceFactory } from './package-source.ts';

export interface VerifiedBuild {
	built: BuiltPackage;
	manifest: VerifiedManifest;
	shared: VerifiedSharedPart;
	languages: Record<string, VerifiedLanguagePart>;
	/** Files of the packs, by `shared` or language. */
	files: Record<string, PackFiles>;
}

export async function buildOf(source: SourceFactory = makeSource()): Promise<BuiltPackage> {
	const checked = checkSource(source.files);
	if (!checked.source) throw new Error(JSON.stringify(checked.faults));
	return buildPackage(checked.source);
}

export async function verifiedBuild(source: SourceFactory = makeSource()): Promise<VerifiedBuild> {
	return verifiedFrom(await buildOf(source));
}

/** A build through the gate that a phone has. */
export async function verifiedFrom(built: BuiltPackage): Promise<VerifiedBuild> {
	const manifest = valueOf(await verifyManifest(built.manifest.bytes, built.manifest.digest));
	const shared = valueOf(await verifySharedPart(built.parts[0]!.bytes, manifest));
	const languages: VerifiedBuild['languages'] = {};
	const files: VerifiedBuild['files'] = {
		shared: valueOf(await verifyPack(built.parts[0]!.pack.bytes, shared)).files
	};
	for (const { name, bytes, pack } of built.parts.slice(1)) {
		languages[name] = valueOf(await verifyLanguagePart(bytes, name, manifest, shared));
		files[name] = valueOf(await verifyPack(pack.bytes, languages[name])).files;
	}
	return { built, manifest, shared, languages, files };
}

export function valueOf<Value>(result: Result<Value, unknown>): Value {
	if (!result.ok) throw new Error(JSON.stringify(result.fault));
	return result.value;
}
