/**
 * What a package version is on its way: the manifest, which names its parts, and the part manifests, which name
 * their pack, files and contributors (docs/spec/package.md). Each is canonical JSON and a blob named by its SHA-256.
 */
import * as v from 'valibot';
import { Bytes, Country, Digest, Id, IsoDate, LanguageTag, text } from '../base/schema.ts';
import { Contributor } from '../base/contributor.ts';
import { PACKAGE_KINDS, SECTORS, TIERS, TRANSLATION_STATES, UNIT_KINDS } from '../base/vocabulary.ts';

const Tier = v.picklist(TIERS);
const Pixels = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096));
const Version = v.pipe(v.string(), v.maxLength(32), v.regex(/^\d+\.\d+\.\d+$/));
const PartRef = v.strictObject({ digest: Digest, size: Bytes });

/** The manifest of one package version: what the catalogue names, and what a device starts from. */
export const PackageManifest = v.strictObject({
	format: v.literal('setara-package/1'),
	id: Id,
	version: Version,
	/** SHA-256 of the manifest that this one takes the place of. */
	supersedes: v.nullable(Digest),
	shared: PartRef,
	languages: v.record(LanguageTag, PartRef)
});

/** A file that travels by itself, in chunks: media. Files of the pack are not listed, the pack's index names them. */
export const BlobFile = v.strictObject({
	path: text(200),
	unit: v.optional(Id),
	role: v.picklist(['video', 'audio', 'picture']),
	/** What the variants of one thing have in common: `mate-connector`. */
	media: Id,
	variant: v.optional(v.picklist(['360p', '144p', 'audio'])),
	mediaType: v.pipe(v.string(), v.regex(/^(?:video|audio|image)\/[a-z0-9.+-]+$/)),
	tier: Tier,
	/** Pixels of a picture, so that its place is kept while it comes. */
	width: v.optional(Pixels),
	height: v.optional(Pixels),
	size: Bytes,
	digest: Digest,
	/** SHA-256 of each 256 KiB of the blob, in order. */
	chunks: v.pipe(v.array(Digest), v.maxLength(4096))
});

const Pack = v.strictObject({ digest: Digest, size: Bytes });
const partFields = {
	format: v.literal('setara-part/1'),
	package: Id,
	version: Version,
	contributors: v.pipe(v.array(Contributor), v.maxLength(200)),
	/** The text files of the part, in one pack: uncompressed bytes and their SHA-256. */
	pack: Pack,
	files: v.pipe(v.array(BlobFile), v.maxLength(2000))
};

export const Unit = v.strictObject({
	id: Id,
	kind: v.picklist(UNIT_KINDS),
	minutes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2000))
});

/** What is the same in every language, and is approved too. */
export const SharedPart = v.strictObject({
	...partFields,
	part: v.literal('shared'),
	kind: v.picklist(PACKAGE_KINDS),
	sourceLanguage: LanguageTag,
	partners: v.pipe(v.array(v.strictObject({ name: text(160), country: Country })), v.maxLength(20)),
	licence: text(60),
	sector: v.picklist(SECTORS),
	occupation: v.strictObject({
		scheme: v.literal('ISCO-08'),
		code: v.pipe(v.string(), v.regex(/^\d{1,4}$/))
	}),
	/** Level of the ASEAN Qualifications Reference Framework, 1-8. */
	aqrfLevel: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8)),
	hours: v.pipe(v.number(), v.minValue(0), v.maxValue(5000)),
	credits: v.pipe(v.number(), v.minValue(0), v.maxValue(500)),
	reviewBy: IsoDate,
	glossary: v.pipe(v.array(Id), v.maxLength(500)),
	/** The published work that this one was made from. */
	adaptedFrom: v.optional(
		v.strictObject({
			package: Id,
			version: text(32),
			unit: v.optional(Id),
			title: text(200),
			licence: text(60)
		})
	),
	modules: v.pipe(
		v.array(v.strictObject({ id: Id, units: v.pipe(v.array(Unit), v.minLength(1), v.maxLength(200)) })),
		v.minLength(1),
		v.maxLength(50)
	)
});

/** One language's words and media. */
export const LanguagePart = v.strictObject({
	...partFields,
	part: v.literal('language'),
	language: LanguageTag,
	title: text(200),
	summary: text(1000),
	translation: v.strictObject({
		status: v.picklist(TRANSLATION_STATES),
		checkedBy: v.optional(text(120))
	}),
	narration: v.optional(v.picklist(['synthetic', 'spoken'])),
	/** What changed since the version before, for those who have that one. */
	releaseNotes: v.optional(text(2000)),
	modules: v.record(Id, text(200)),
	units: v.record(Id, v.strictObject({ title: text(200), summary: text(600) }))
});

export type PackageManifest = v.InferOutput<typeof PackageManifest>;
export type SharedPart = v.InferOutput<typeof SharedPart>;
export type LanguagePart = v.InferOutput<typeof LanguagePart>;
export type BlobFile = v.InferOutput<typeof BlobFile>;
export type Unit = v.InferOutput<typeof Unit>;
