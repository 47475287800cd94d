/** What is in a verified package, for `inspect`: parts, digests, bytes. */
import { encodeFrame } from './frame.ts';
import type { VerifiedPackage } from './build-folder.ts';
import { canonicalJson } from '../../core/packages/canonical.ts';
import { utf8 } from '../../core/base/hash.ts';
import { writePack } from '../../core/packages/pack.ts';
import { tierBytes, type WireSizes } from '../../core/packages/tiers.ts';
import type { TierBytes } from '../../core/protocol/library.ts';

export interface PackageDescription {
	id: string;
	version: string;
	kind: string;
	sector: string;
	licence: string;
	units: number;
	manifest: string;
	/** Bytes: `pack` uncompressed, `frame` on the wire, `media` of all variants. */
	parts: {
		part: string;
		digest: string;
		pack: number;
		frame: number;
		media: number;
		translation: string | null;
	}[];
	/** Bytes to fetch from nothing, manifests uncompressed, without statements. */
	languages: { language: string; bytes: TierBytes }[];
}

/** Describes a package; makes its frames, so it takes a second or two. */
export async function describePackage(found: VerifiedPackage): Promise<PackageDescription> {
	const { manifest, digest } = found.manifest;
	const wire: WireSizes = { of: { [digest]: sizeOf(manifest) }, statements: 0 };
	const parts: PackageDescription['parts'] = [];
	for (const [name, { digest: part, part: body }] of [
		['shared', found.shared] as const,
		...Object.entries(found.languages)
	]) {
		const files = found.files[name]!;
		const pack = writePack(new Map(files.paths.map((path) => [path, files.bytes(path)!])));
		const frame = await encodeFrame(pack);
		wire.of[part] = sizeOf(body);
		wire.of[body.pack.digest] = frame.length;
		parts.push({
			part: name,
			digest: part,
			pack: pack.length,
			frame: frame.length,
			media: body.files.reduce((sum, file) => sum + file.size, 0),
			translation: body.part === 'language' ? body.translation.status : null
		});
	}
	return {
		id: manifest.id,
		version: manifest.version,
		kind: found.shared.part.kind,
		sector: found.shared.part.sector,
		licence: found.shared.part.licence,
		units: found.shared.part.modules.flatMap((module) => module.units).length,
		manifest: digest,
		parts,
		languages: Object.entries(found.languages).map(([language, part]) => ({
			language,
			bytes: tierBytes(digest, found.shared, part, wire)
		}))
	};
}

const sizeOf = (value: object): number => utf8(canonicalJson(value as never)).length;
