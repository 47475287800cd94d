/**
 * The gate between bytes that came from anywhere and a package that may be shown: the digest is the one that was
 * named, the bytes are the canonical form of what the schema allows, and manifest and parts agree (PKG-40 to PKG-46).
 * What comes out has a type of its own, so that the compiler refuses the unchecked one.
 */
import * as v from 'valibot';
import { fromUtf8, sha256 } from '../base/hash.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { canonicalJson, type Json } from './canonical.ts';
import { chunkCount } from './chunks.ts';
import type { PackageFault } from './faults.ts';
import { LanguagePart, PackageManifest, SharedPart } from './manifest.ts';
import { isLater } from './version.ts';
import { MAX_PACK_BYTES, PACK_PATH, readPack, type PackFiles } from './pack.ts';

/** The most bytes of a manifest or part manifest: 64 MB of chunks, 200 units and 200 contributors fit three times. */
const MAX_MANIFEST_BYTES = 512 * 1024;
/** The most bytes of all files of one version (SRC-12). */
export const MAX_PACKAGE_BYTES = 64 * 1024 * 1024;

declare const verified: unique symbol;
type Verified<Value> = Readonly<Value> & { readonly [verified]: true };

export type VerifiedManifest = Verified<{ digest: string; manifest: PackageManifest }>;
/** `version`: of the manifest that names it; the part's own is the version in which it last changed. */
export type VerifiedSharedPart = Verified<{ digest: string; part: SharedPart; version: string }>;
export type VerifiedLanguagePart = Verified<{ digest: string; part: LanguagePart }>;
export type VerifiedPack = Verified<{ digest: string; files: PackFiles }>;

/** The manifest of a version, named by `digest` (in the trusted catalogue). */
export async function verifyManifest(
	bytes: Uint8Array,
	digest: string
): Promise<Result<VerifiedManifest, PackageFault>> {
	const manifest = await parseNamed(PackageManifest, bytes, digest);
	if (!manifest.ok) return manifest;
	if (Object.keys(manifest.value.languages).length === 0) return fail('package/missing-language');
	return ok({ digest, manifest: manifest.value } as VerifiedManifest);
}

/** The shared part that a manifest names. `package/wrong-package`: it is another package's or version's. */
export async function verifySharedPart(
	bytes: Uint8Array,
	of: VerifiedManifest
): Promise<Result<VerifiedSharedPart, PackageFault>> {
	const { digest, size } = of.manifest.shared;
	const part = await parseNamed(SharedPart, bytes, digest, size);
	if (!part.ok) return part;
	const fault = commonFault(part.value, of.manifest) ?? treeFault(part.value);
	return fault
		? { ok: false, fault }
		: ok({ digest, part: part.value, version: of.manifest.version } as VerifiedSharedPart);
}

/**
 * A language's part that a manifest names: also has a title for every module and unit of the shared part
 * (`package/missing-words`). `package/missing-language`: the manifest does not have it.
 */
export async function verifyLanguagePart(
	bytes: Uint8Array,
	language: string,
	of: VerifiedManifest,
	shared: VerifiedSharedPart
): Promise<Result<VerifiedLanguagePart, PackageFault>> {
	const ref = Object.hasOwn(of.manifest.languages, language) ? of.manifest.languages[language] : undefined;
	if (!ref) return fail('package/missing-language', { language });
	const part = await parseNamed(LanguagePart, bytes, ref.digest, ref.size);
	if (!part.ok) return part;
	const fault = commonFault(part.value, of.manifest) ?? wordsFault(part.value, language, shared.part);
	return fault ? { ok: false, fault } : ok({ digest: ref.digest, part: part.value } as VerifiedLanguagePart);
}

/** A part's pack: length and digest are the part manifest's, and it can be read (PKG-14). */
export async function verifyPack(
	bytes: Uint8Array,
	of: VerifiedSharedPart | VerifiedLanguagePart
): Promise<Result<VerifiedPack, PackageFault>> {
	const { digest, size } = of.part.pack;
	if (bytes.length !== size || (await sha256(bytes)) !== digest)
		return fail('package/bad-digest', { digest });
	const files = readPack(bytes);
	return files.ok ? ok({ digest, files: files.value } as VerifiedPack) : files;
}

async function parseNamed<Schema extends v.GenericSchema>(
	schema: Schema,
	bytes: Uint8Array,
	digest: string,
	size?: number
): Promise<Result<v.InferOutput<Schema>, PackageFault>> {
	if (bytes.length > MAX_MANIFEST_BYTES) {
		return fail('package/too-large', { bytes: bytes.length, limit: MAX_MANIFEST_BYTES });
	}
	if ((size !== undefined && bytes.length !== size) || (await sha256(bytes)) !== digest) {
		return fail('package/bad-digest', { digest });
	}
	try {
		const text = fromUtf8(bytes);
		const json = JSON.parse(text) as Json;
		const parsed = v.safeParse(schema, json, { abortEarly: true });
		if (!parsed.success) return fail('package/bad-shape', { path: v.getDotPath(parsed.issues[0]) ?? '' });
		return canonicalJson(json) === text ? ok(parsed.output) : fail('package/not-canonical');
	} catch {
		return fail('package/bad-shape', { path: '' });
	}
}

function commonFault(part: SharedPart | LanguagePart, manifest: PackageManifest): PackageFault | null {
	// An unchanged part is carried over as it was, under the version in which it last changed.
	if (part.package !== manifest.id || isLater(part.version, manifest.version)) {
		return { code: 'package/wrong-package', params: { id: part.package, version: part.version } };
	}
	const bytes = part.files.reduce((sum, file) => sum + file.size, part.pack.size);
	if (part.pack.size > MAX_PACK_BYTES || bytes > MAX_PACKAGE_BYTES) {
		return { code: 'package/too-large', params: { bytes, limit: MAX_PACKAGE_BYTES } };
	}
	const paths = new Set<string>();
	for (const file of part.files) {
		if (!PACK_PATH.test(file.path) || paths.has(file.path) || file.chunks.length !== chunkCount(file.size)) {
			return { code: 'package/bad-shape', params: { path: file.path } };
		}
		paths.add(file.path);
	}
	return null;
}

function treeFault(part: SharedPart): PackageFault | null {
	const units = part.modules.flatMap((module) => module.units.map((unit) => unit.id));
	const modules = part.modules.map((module) => module.id);
	const twice = [units, modules].find((ids) => new Set(ids).size !== ids.length);
	if (twice) return { code: 'package/bad-shape', params: { path: 'modules' } };
	if (units.length > 200) return { code: 'package/too-large', params: { bytes: units.length, limit: 200 } };
	const stray = part.files.find((file) => file.unit !== undefined && !units.includes(file.unit));
	return stray ? { code: 'package/bad-shape', params: { path: stray.path } } : null;
}

function wordsFault(part: LanguagePart, language: string, shared: SharedPart): PackageFault | null {
	if (part.language !== language) {
		return { code: 'package/wrong-package', params: { id: part.package, version: part.language } };
	}
	for (const module of shared.modules) {
		if (!Object.hasOwn(part.modules, module.id)) {
			return { code: 'package/missing-words', params: { id: module.id, language } };
		}
		const unit = module.units.find((each) => !Object.hasOwn(part.units, each.id));
		if (unit) return { code: 'package/missing-words', params: { id: unit.id, language } };
	}
	return null;
}
