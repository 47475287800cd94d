/**
 * A micro-course or work case while somebody writes it (docs/spec/drafts.md): everything may still be empty. It lives
 * on the device until it is handed in; `compile.ts` makes a package source of it, and says what is missing.
 */
import * as v from 'valibot';
import { Bytes, Digest, Id, IsoDate, LanguageTag, text } from '../base/schema.ts';
import { Contributor } from '../base/contributor.ts';
import { UUID_PATTERN } from '../base/ids.ts';
import { SECTORS, TRANSLATION_STATES } from '../base/vocabulary.ts';

const Uuid = v.pipe(v.string(), v.regex(UUID_PATTERN));
const words = (max: number) => v.pipe(v.string(), v.maxLength(max));
const few = <Item extends v.GenericSchema>(item: Item, max = 40) => v.pipe(v.array(item), v.maxLength(max));
const byId = <Item extends v.GenericSchema>(item: Item) => v.record(Id, item);
const itemFields = { id: Id, picture: v.nullable(Id) };

/** A question without its words. `key` null: not chosen yet. */
export const DraftItem = v.variant('kind', [
	v.strictObject({ ...itemFields, kind: v.literal('single'), options: few(Id, 8), key: v.nullable(Id) }),
	v.strictObject({ ...itemFields, kind: v.literal('multiple'), options: few(Id, 8), key: few(Id, 8) }),
	v.strictObject({
		...itemFields,
		kind: v.literal('numeric'),
		value: v.nullable(v.number()),
		tolerance: v.pipe(v.number(), v.minValue(0)),
		symbol: words(20)
	}),
	v.strictObject({ ...itemFields, kind: v.literal('ordering'), key: few(Id, 12) }),
	/** `key`: by left side, the right side that belongs to it. */
	v.strictObject({
		...itemFields,
		kind: v.literal('matching'),
		left: few(Id, 8),
		right: few(Id, 10),
		key: byId(Id)
	})
]);

export const DraftItemWords = v.strictObject({
	prompt: words(1000),
	options: byId(words(600)),
	feedback: byId(words(800)),
	left: byId(words(300)),
	right: byId(words(300)),
	explain: words(1500)
});

export const DraftStep = v.strictObject({
	id: Id,
	minutes: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1000))),
	/** A file of role `picture` or `clip`. */
	picture: v.nullable(Id),
	/** By language, a file of role `sound`. */
	sound: v.record(LanguageTag, Id),
	evidence: v.nullable(v.picklist(['photo', 'measurement', 'check']))
});

export const DraftStepWords = v.strictObject({
	title: words(300),
	text: words(3000),
	safety: words(1500),
	evidence: words(800)
});

export const DraftUnitWords = v.strictObject({
	title: words(200),
	summary: words(600),
	/** Markdown of SRC-6; a photo stands in it as `![](figure:<file id>)`. */
	text: words(64_000),
	practice: v.nullable(
		v.strictObject({
			goal: words(1000),
			tools: byId(words(300)),
			safety: byId(v.strictObject({ title: words(200), text: words(1500) })),
			steps: byId(DraftStepWords)
		})
	),
	quiz: byId(DraftItemWords)
});

/** `practice` only in a unit of kind `practice`; questions may stand in every unit. */
export const DraftUnit = v.strictObject({
	id: Id,
	kind: v.picklist(['theory', 'practice', 'assessment', 'case']),
	minutes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(240)),
	practice: v.nullable(v.strictObject({ tools: few(Id), safety: few(Id), steps: few(DraftStep, 30) })),
	passPercent: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
	items: few(DraftItem),
	words: v.record(LanguageTag, DraftUnitWords)
});

/** A photo, recording, clip, or drawing of an adapted unit; its bytes stand beside the draft, by digest. */
export const DraftFile = v.strictObject({
	id: Id,
	role: v.picklist(['picture', 'sound', 'clip', 'drawing']),
	digest: Digest,
	/** `image/webp`, `image/svg+xml`, `audio/webm`, `audio/mp4`, `video/mp4`, `video/webm`. */
	mediaType: words(60),
	size: Bytes,
	/** Bytes before it was made smaller on the phone. */
	originalSize: Bytes,
	width: v.nullable(v.number()),
	height: v.nullable(v.number()),
	seconds: v.nullable(v.number()),
	/** What it shows, for one who cannot see it (picture, clip), and what is said in it (sound, clip). */
	words: v.record(
		LanguageTag,
		v.strictObject({
			alt: words(1000),
			caption: words(500),
			said: words(4000),
			/** Words inside a drawing (SRC-8). */
			labels: v.optional(v.record(words(64), words(200)))
		})
	)
});

export const Draft = v.strictObject({
	format: v.literal('setara-draft/1'),
	id: Uuid,
	/** Id of the package that it becomes. */
	package: Id,
	version: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+$/)),
	kind: v.picklist(['micro-course', 'work-case']),
	sector: v.picklist(SECTORS),
	/** ISCO-08; empty while not chosen. */
	occupation: v.pipe(v.string(), v.regex(/^\d{0,4}$/)),
	aqrfLevel: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8)),
	licence: text(60),
	reviewBy: IsoDate,
	/** The first is the one that it is written in. */
	languages: v.pipe(v.array(LanguageTag), v.minLength(1), v.maxLength(13)),
	contributors: few(Contributor, 20),
	/** Institution and country that stand as partner. */
	partners: few(v.strictObject({ name: words(160), country: v.pipe(v.string(), v.regex(/^[A-Z]{2}$/)) }), 4),
	/** The published version that this one takes the place of: SHA-256 of its manifest. */
	supersedes: v.nullable(Digest),
	/** What it was adapted from: who made it is kept among the contributors. */
	adaptedFrom: v.nullable(
		v.strictObject({
			package: Id,
			version: words(32),
			unit: v.nullable(Id),
			title: words(200),
			licence: words(60)
		})
	),
	/** What changed, for those who have the version before. */
	releaseNotes: v.record(LanguageTag, words(2000)),
	units: few(DraftUnit, 5),
	files: few(DraftFile, 60),
	words: v.record(LanguageTag, v.strictObject({ title: words(200), goal: words(1000) })),
	/** How each language but the first came about. */
	translations: v.record(LanguageTag, v.picklist(TRANSLATION_STATES)),
	/** Milliseconds since 1970 of the first and the last change. */
	createdAt: v.number(),
	changedAt: v.number()
});

export type Draft = v.InferOutput<typeof Draft>;
export type DraftUnit = v.InferOutput<typeof DraftUnit>;
export type DraftUnitWords = v.InferOutput<typeof DraftUnitWords>;
export type DraftItem = v.InferOutput<typeof DraftItem>;
export type DraftItemWords = v.InferOutput<typeof DraftItemWords>;
export type DraftStep = v.InferOutput<typeof DraftStep>;
export type DraftStepWords = v.InferOutput<typeof DraftStepWords>;
export type DraftFile = v.InferOutput<typeof DraftFile>;
