/** The two `package.json` of a package source (SRC-1, SRC-4): the fields of part manifests that authors write. */
import * as v from 'valibot';
import { Digest, Id, LanguageTag, text } from '../../base/schema.ts';
import { Contributor } from '../../base/contributor.ts';
import { LanguagePart, SharedPart } from '../manifest.ts';

const contributors = v.pipe(v.array(Contributor), v.maxLength(200));
const shared = SharedPart.entries;
const language = LanguagePart.entries;

/** `package.json` of the package. */
export const SourcePackage = v.strictObject({
	format: v.literal('setara-package/1'),
	id: Id,
	version: shared.version,
	/** SHA-256 of the manifest that this version takes the place of. */
	supersedes: v.nullable(Digest),
	kind: shared.kind,
	sourceLanguage: LanguageTag,
	languages: v.pipe(v.array(LanguageTag), v.minLength(1), v.maxLength(40)),
	partners: shared.partners,
	licence: text(60),
	sector: shared.sector,
	occupation: shared.occupation,
	aqrfLevel: shared.aqrfLevel,
	hours: shared.hours,
	credits: shared.credits,
	reviewBy: shared.reviewBy,
	glossary: shared.glossary,
	adaptedFrom: shared.adaptedFrom,
	modules: shared.modules,
	/** Who made the shared part; left out, they are those of the source language. */
	contributors: v.optional(contributors)
});

/** `package.json` of a language. */
export const SourceLanguage = v.strictObject({
	title: language.title,
	summary: language.summary,
	translation: language.translation,
	contributors,
	narration: language.narration,
	releaseNotes: language.releaseNotes,
	modules: language.modules,
	units: language.units
});

export type SourcePackage = v.InferOutput<typeof SourcePackage>;
export type SourceLanguage = v.InferOutput<typeof SourceLanguage>;
