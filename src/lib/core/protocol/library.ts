/**
 * What pages ask for and get, shaped for a page: the answers of the `library` port, the same from the server's
 * `/api/library/…` and from what is stored on the phone (design.md, "Pages on the server and on the phone").
 */
import * as v from 'valibot';
import { Bytes, Country, Digest, Id, IsoDate, LanguageTag, text } from '../base/schema.ts';
import { Contributor } from '../base/contributor.ts';
import { PACKAGE_KINDS, SECTORS, TRANSLATION_STATES, UNIT_KINDS } from '../base/vocabulary.ts';

/** Who checked what a page shows: nobody on this phone yet (read online), or this phone itself. */
const Checked = v.picklist(['online', 'this-phone']);

/** Bytes on the wire up to and with each tier, everything counted: manifests, statements, frames, media. */
export const TierBytes = v.strictObject({ text: Bytes, pictures: Bytes, audio: Bytes, video: Bytes });

/** The two (or more) parties that approved, as the seal shows them. */
export const Approval = v.strictObject({
	parties: v.array(v.strictObject({ name: text(160), country: v.nullable(Country) })),
	/** Who signed, each with their party's country. */
	people: v.array(v.strictObject({ name: text(160), party: text(160), country: v.nullable(Country) })),
	/** Day of the last signature that was needed. */
	date: v.nullable(IsoDate),
	demonstration: v.boolean()
});

const cardFields = {
	id: Id,
	version: text(32),
	kind: v.picklist(PACKAGE_KINDS),
	sector: v.picklist(SECTORS),
	title: text(200),
	/** Language of title and content here, which is not always the interface's. */
	contentLanguage: LanguageTag,
	languages: v.array(LanguageTag),
	partners: v.array(v.strictObject({ name: text(160), country: Country })),
	units: v.number(),
	hours: v.number(),
	aqrfLevel: v.number(),
	bytes: TierBytes
};

export const PackageCard = v.strictObject(cardFields);
export const LibraryPage = v.strictObject({ checked: Checked, packages: v.array(PackageCard) });

export const PackagePage = v.strictObject({
	...cardFields,
	checked: Checked,
	summary: text(1000),
	/** SHA-256 of the manifest of this version. */
	manifest: Digest,
	licence: text(60),
	credits: v.number(),
	reviewBy: IsoDate,
	approval: Approval,
	contributors: v.array(Contributor),
	narration: v.nullable(v.picklist(['synthetic', 'spoken'])),
	/** What changed since the version before. */
	releaseNotes: v.nullable(text(2000)),
	/** The published work that it was made from. */
	adaptedFrom: v.nullable(
		v.strictObject({ package: Id, version: text(32), title: text(200), licence: text(60) })
	),
	translations: v.array(
		v.strictObject({ language: LanguageTag, status: v.picklist(TRANSLATION_STATES), bytes: TierBytes })
	),
	modules: v.array(
		v.strictObject({
			id: Id,
			title: text(200),
			units: v.array(
				v.strictObject({ id: Id, kind: v.picklist(UNIT_KINDS), title: text(200), minutes: v.number() })
			)
		})
	)
});

export type TierBytes = v.InferOutput<typeof TierBytes>;
export type Approval = v.InferOutput<typeof Approval>;
export type PackageCard = v.InferOutput<typeof PackageCard>;
export type LibraryPage = v.InferOutput<typeof LibraryPage>;
export type PackagePage = v.InferOutput<typeof PackagePage>;
