/** A built package as a folder: `manifest.json` names the manifest, `blobs/<sha256>` holds everything (PKG-60, PKG-61). */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as v from 'valibot';
import { fromUtf8, sha256 } from '../../core/base/hash.ts';
import { fail, ok, type Result } from '../../core/base/result.ts';
import { Digest } from '../../core/base/schema.ts';
import { blobsOf, type BuiltPackage } from '../../core/packages/build.ts';
import { chunksOf, verifyChunk } from '../../core/packages/chunks.ts';
import { verifyContents } from '../../core/packages/contents.ts';
import type { PackageFault } from '../../core/packages/faults.ts';
import type { PackFiles } from '../../core/packages/pack.ts';
import {
	verifyLanguagePart,
	verifyManifest,
	verifyPack,
	verifySharedPart,
	type VerifiedLanguagePart,
	type VerifiedManifest,
	type VerifiedSharedPart
} from '../../core/packages/verify.ts';

const Pointer = v.strictObject({ format: v.literal('setara-build/1'), manifest: Digest });

/** A version with everything in it verified. */
export interface VerifiedPackage {
	manifest: VerifiedManifest;
	shared: VerifiedSharedPart;
	languages: Record<string, VerifiedLanguagePart>;
	/** Files of the packs, by `shared` or language. */
	files: Record<string, PackFiles>;
}

/** Answers a blob's bytes by its digest, or null where it is not there. Nothing is believed of it. */
export type ReadBlob = (digest: string) => Promise<Uint8Array | null>;

/** Writes a built package; blobs that are no longer part of it go. */
export async function writeBuild(dir: string, built: BuiltPackage): Promise<void> {
	const blobs = blobsOf(built);
	await mkdir(join(dir, 'blobs'), { recursive: true });
	for (const name of await readdir(join(dir, 'blobs'))) {
		if (!blobs.has(name)) await rm(join(dir, 'blobs', name));
	}
	for (const [digest, bytes] of blobs) await writeFile(join(dir, 'blobs', digest), bytes);
	const pointer = { format: 'setara-build/1', manifest: built.manifest.digest };
	await writeFile(join(dir, 'manifest.json'), `${JSON.stringify(pointer)}\n`);
}

/** Verifies a built package on disk: `path` is its folder or the `manifest.json` in it. */
export async function verifyBuild(path: string): Promise<Result<VerifiedPackage, PackageFault>> {
	const dir = basename(path) === 'manifest.json' ? dirname(path) : path;
	const pointer = v.safeParse(Pointer, await readJson(join(dir, 'manifest.json')));
	if (!pointer.success) return fail('package/bad-shape', { path: 'manifest.json' });
	return verifyPackage(pointer.output.manifest, (digest) => readBytes(join(dir, 'blobs', digest)));
}

/**
 * Verifies a version from its manifest's digest on: manifest, parts, packs, what is in them, and every chunk of every
 * file. `package/missing-file` names a blob that is not there.
 */
export async function verifyPackage(
	digest: string,
	read: ReadBlob
): Promise<Result<VerifiedPackage, PackageFault>> {
	const need = async (name: string): Promise<Result<Uint8Array, PackageFault>> => {
		const bytes = await read(name);
		return bytes ? ok(bytes) : fail('package/missing-file', { path: name });
	};
	const manifest = await chain(need(digest), (bytes) => verifyManifest(bytes, digest));
	if (!manifest.ok) return manifest;
	const shared = await chain(need(manifest.value.manifest.shared.digest), (bytes) =>
		verifySharedPart(bytes, manifest.value)
	);
	if (!shared.ok) return shared;
	const found: VerifiedPackage = { manifest: manifest.value, shared: shared.value, languages: {}, files: {} };
	for (const [language, ref] of Object.entries(manifest.value.manifest.languages)) {
		const part = await chain(need(ref.digest), (bytes) =>
			verifyLanguagePart(bytes, language, manifest.value, shared.value)
		);
		if (!part.ok) return part;
		found.languages[language] = part.value;
	}
	for (const [name, part] of [['shared', found.shared] as const, ...Object.entries(found.languages)]) {
		const pack = await chain(need(part.part.pack.digest), (bytes) => verifyPack(bytes, part));
		if (!pack.ok) return pack;
		found.files[name] = pack.value.files;
		const media = await verifyMedia(part, need);
		if (!media.ok) return media;
	}
	for (const [name, language] of Object.entries(found.languages)) {
		const files = { shared: found.files.shared!, language: found.files[name]! };
		const contents = verifyContents({ shared: found.shared, language, files });
		if (!contents.ok) return contents;
	}
	return ok(found);
}

async function verifyMedia(
	{ part }: VerifiedSharedPart | VerifiedLanguagePart,
	need: (digest: string) => Promise<Result<Uint8Array, PackageFault>>
): Promise<Result<void, PackageFault>> {
	for (const file of part.files) {
		const bytes = await need(file.digest);
		if (!bytes.ok) return bytes;
		if (bytes.value.length !== file.size || (await sha256(bytes.value)) !== file.digest) {
			return fail('package/bad-digest', { digest: file.digest });
		}
		for (const chunk of chunksOf(file)) {
			const own = bytes.value.subarray(chunk.offset, chunk.offset + chunk.length);
			const checked = await verifyChunk(chunk, own);
			if (!checked.ok) return checked;
		}
	}
	return ok(undefined);
}

async function chain<From, To, Fault>(
	first: Promise<Result<From, Fault>>,
	then: (value: From) => Promise<Result<To, Fault>>
): Promise<Result<To, Fault>> {
	const result = await first;
	return result.ok ? then(result.value) : result;
}

const readBytes: ReadBlob = (path) => readFile(path).then((bytes) => new Uint8Array(bytes), whenMissing);

async function readJson(path: string): Promise<unknown> {
	const bytes = await readBytes(path);
	try {
		return bytes && (JSON.parse(fromUtf8(bytes)) as unknown);
	} catch {
		return null;
	}
}

/** A file that is not there is an answer; one that cannot be read is the caller's trouble. */
function whenMissing(error: NodeJS.ErrnoException): null {
	if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
	throw error;
}
