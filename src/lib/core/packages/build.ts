/**
 * Makes a package version out of a checked source: packs, part manifests, manifest. The same source gives the same
 * bytes and digests on every machine and at every time (PKG-4).
 */
import { sha256, utf8 } from '../base/hash.ts';
import { canonicalJson, type Json } from './canonical.ts';
import { chunkDigests } from './chunks.ts';
import type { BlobFile, LanguagePart, PackageManifest, SharedPart } from './manifest.ts';
import { writePack } from './pack.ts';
import type { CheckedSource } from './source/check.ts';
import { pictureSize } from './source/picture.ts';

interface BuiltBlob {
	digest: string;
	bytes: Uint8Array;
}

interface BuiltPart extends BuiltBlob {
	/** `shared`, or the language. */
	name: string;
	part: SharedPart | LanguagePart;
	pack: BuiltBlob;
}

/** Everything that a version is made of; each blob under its own SHA-256. */
export interface BuiltPackage {
	manifest: BuiltBlob & { manifest: PackageManifest };
	/** The shared part first. */
	parts: BuiltPart[];
	/** Media. */
	media: BuiltBlob[];
}

/** Bytes of part manifests of the version before, by `shared` or language. */
export type PartsBefore = ReadonlyMap<string, Uint8Array>;

/**
 * Builds a version. A part that would differ from the one before in nothing but its version is that one, byte for byte,
 * so that phones need not fetch it again and its approval holds (PKG-9).
 */
export async function buildPackage(
	source: CheckedSource,
	before: PartsBefore = new Map()
): Promise<BuiltPackage> {
	const { package: meta } = source;
	const shared = await buildShared(source, before);
	const parts = [shared];
	for (const language of meta.languages) parts.push(await buildLanguage(source, language, before));
	const refs = parts.map(({ name, digest, bytes }) => [name, { digest, size: bytes.length }] as const);
	const manifest: PackageManifest = {
		format: 'setara-package/1',
		id: meta.id,
		version: meta.version,
		supersedes: meta.supersedes,
		shared: refs[0]![1],
		languages: Object.fromEntries(refs.slice(1))
	};
	const paths = parts.flatMap(({ name, part }) => part.files.map((file) => `${name}/${file.path}`));
	const media = await Promise.all(paths.map((path) => blobOf(source.files.get(path)!)));
	return { manifest: { ...(await blobOf(jsonBytes(manifest))), manifest }, parts, media };
}

/** Every blob of a built package by its digest: what a server stores, what `build` writes. */
export function blobsOf(built: BuiltPackage): Map<string, Uint8Array> {
	const all = [built.manifest, ...built.parts, ...built.parts.map(({ pack }) => pack), ...built.media];
	return new Map(all.map(({ digest, bytes }) => [digest, bytes]));
}

async function buildShared(source: CheckedSource, before: PartsBefore): Promise<BuiltPart> {
	const { package: meta, languages } = source;
	const { pack, fields } = await commonParts(source, 'shared');
	const part: SharedPart = {
		...fields,
		part: 'shared',
		contributors: meta.contributors ?? languages[meta.sourceLanguage]!.contributors,
		kind: meta.kind,
		sourceLanguage: meta.sourceLanguage,
		partners: meta.partners,
		licence: meta.licence,
		sector: meta.sector,
		occupation: meta.occupation,
		aqrfLevel: meta.aqrfLevel,
		hours: meta.hours,
		credits: meta.credits,
		reviewBy: meta.reviewBy,
		glossary: meta.glossary,
		...(meta.adaptedFrom ? { adaptedFrom: meta.adaptedFrom } : {}),
		modules: meta.modules
	};
	return { ...(await carriedOver(part, before.get('shared'))), name: 'shared', pack };
}

async function buildLanguage(
	source: CheckedSource,
	language: string,
	before: PartsBefore
): Promise<BuiltPart> {
	const own = source.languages[language]!;
	const { pack, fields } = await commonParts(source, language);
	const part: LanguagePart = { ...fields, ...own, part: 'language', language };
	return { ...(await carriedOver(part, before.get(language))), name: language, pack };
}

/** The part, or the one before where only the version would differ. */
async function carriedOver<Part extends SharedPart | LanguagePart>(
	part: Part,
	before: Uint8Array | undefined
): Promise<BuiltBlob & { part: Part }> {
	const version = before && versionOf(before);
	const same = version === undefined ? null : jsonBytes({ ...part, version });
	if (same && before && same.length === before.length && same.every((byte, at) => byte === before[at])) {
		return { ...(await blobOf(before)), part: { ...part, version: version! } };
	}
	return { ...(await blobOf(jsonBytes(part))), part };
}

/** The version that a part manifest states; nothing else of it is believed. */
function versionOf(bytes: Uint8Array): string | undefined {
	const { version } = JSON.parse(new TextDecoder().decode(bytes)) as { version?: unknown };
	return typeof version === 'string' ? version : undefined;
}

async function commonParts(source: CheckedSource, folder: string) {
	const texts = new Map<string, Uint8Array>();
	const files: BlobFile[] = [];
	for (const path of [...source.files.keys()].sort()) {
		if (!path.startsWith(`${folder}/`) || path === `${folder}/package.json`) continue;
		const bytes = source.files.get(path)!;
		const own = path.slice(folder.length + 1);
		const media = /^media\/([a-z0-9-]+)\.(360p|144p|audio)\.(mp4|m4a|webm)$/.exec(own);
		const picture = /^media\/([a-z0-9-]+)\.webp$/.exec(own);
		if (media) files.push(await mediaFile(source, own, bytes, media));
		else if (picture) files.push(await pictureFile(own, bytes, picture[1]!));
		else texts.set(own, textBytes(own, bytes));
	}
	const pack = await blobOf(writePack(texts));
	const fields = {
		format: 'setara-part/1' as const,
		package: source.package.id,
		version: source.package.version,
		pack: { digest: pack.digest, size: pack.bytes.length },
		files
	};
	return { pack, fields };
}

async function mediaFile(
	source: CheckedSource,
	path: string,
	bytes: Uint8Array,
	[, media, variant, ending]: RegExpExecArray
): Promise<BlobFile> {
	const role = variant === 'audio' ? 'audio' : 'video';
	const unit = source.mediaUnits.get(media!);
	// A clip that was filmed in one size is fetched by whoever wants video, whatever size they asked for.
	const isOnly = role === 'video' && !source.files.has(`shared/media/${media}.${OTHER[variant!]}.mp4`);
	return {
		path,
		...(unit === undefined ? {} : { unit }),
		role,
		media: media!,
		...(isOnly ? {} : { variant: variant as '360p' | '144p' | 'audio' }),
		mediaType: `${role}/${ending === 'webm' ? 'webm' : 'mp4'}`,
		tier: role,
		size: bytes.length,
		digest: await sha256(bytes),
		chunks: await chunkDigests(bytes)
	};
}

const OTHER: Record<string, string> = { '360p': '144p', '144p': '360p' };

async function pictureFile(path: string, bytes: Uint8Array, media: string): Promise<BlobFile> {
	return {
		...{ path, role: 'picture', media, mediaType: 'image/webp', tier: 'pictures' },
		...pictureSize(bytes)!,
		size: bytes.length,
		digest: await sha256(bytes),
		chunks: await chunkDigests(bytes)
	};
}

/** A text file as it travels: JSON without white space, other text with line feeds and no byte order mark. */
function textBytes(path: string, bytes: Uint8Array): Uint8Array {
	const text = new TextDecoder().decode(bytes).replace(/\r\n?/g, '\n');
	return path.endsWith('.json') ? jsonBytes(JSON.parse(text) as Json) : utf8(text);
}

const jsonBytes = (value: unknown): Uint8Array => utf8(canonicalJson(value as Json));
const blobOf = async (bytes: Uint8Array): Promise<BuiltBlob> => ({ digest: await sha256(bytes), bytes });
