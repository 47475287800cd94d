/** The text of what was handed in, read through the same gate as on a phone, with the fault where it does not pass. */
import { fail, ok, type Result } from '../../core/base/result.ts';
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
import type { BlobRow } from './repository.ts';
import type { ReadBlob } from './snapshot.ts';

export interface HandedText {
	manifest: VerifiedManifest;
	shared: VerifiedSharedPart;
	languages: ReadonlyMap<string, VerifiedLanguagePart>;
	/** Files of the packs, by `shared` or language. */
	files: ReadonlyMap<string, PackFiles>;
	/** Bytes of all packs. */
	bytes: ReadonlyMap<string, Uint8Array>;
}

/** Reads manifest, parts and packs; `package/missing-file` names one that is not there. */
export async function readText(read: ReadBlob, digest: string): Promise<Result<HandedText, PackageFault>> {
	const bytes = new Map<string, Uint8Array>();
	async function blob<Value>(
		name: string,
		verify: (bytes: Uint8Array) => Promise<Result<Value, PackageFault>>
	): Promise<Result<Value, PackageFault>> {
		const found = await read(name);
		if (!found) return fail('package/missing-file', { path: name });
		bytes.set(name, found);
		return verify(found);
	}
	const manifest = await blob(digest, (found) => verifyManifest(found, digest));
	if (!manifest.ok) return manifest;
	const refs = manifest.value.manifest;
	const shared = await blob(refs.shared.digest, (found) => verifySharedPart(found, manifest.value));
	if (!shared.ok) return shared;
	const languages = new Map<string, VerifiedLanguagePart>();
	for (const [tag, ref] of Object.entries(refs.languages)) {
		const part = await blob(ref.digest, (found) =>
			verifyLanguagePart(found, tag, manifest.value, shared.value)
		);
		if (!part.ok) return part;
		languages.set(tag, part.value);
	}
	const files = new Map<string, PackFiles>();
	for (const [name, part] of [['shared', shared.value] as const, ...languages]) {
		const pack = await blob(part.part.pack.digest, (found) => verifyPack(found, part));
		if (!pack.ok) return pack;
		files.set(name, pack.value.files);
	}
	return ok({ manifest: manifest.value, shared: shared.value, languages, files, bytes });
}

/** Every blob that a version consists of, with size and role. */
export function filesOf({
	manifest,
	shared,
	languages,
	bytes
}: Omit<HandedText, 'files'>): Map<string, Pick<BlobRow, 'size' | 'role'>> {
	const files = new Map<string, Pick<BlobRow, 'size' | 'role'>>();
	for (const { part } of [shared, ...languages.values()])
		for (const { digest, size, role } of part.files) files.set(digest, { size, role });
	const add = (digest: string, role: BlobRow['role']) =>
		files.set(digest, { size: bytes.get(digest)!.length, role });
	for (const { part } of [shared, ...languages.values()]) add(part.pack.digest, 'pack');
	for (const { digest } of [shared, ...languages.values()]) add(digest, 'part');
	add(manifest.digest, 'manifest');
	return files;
}
