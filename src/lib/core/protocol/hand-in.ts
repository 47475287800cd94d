/** How something made on a phone reaches the server: an immutable snapshot, blob by blob (docs/spec/hand-in.md). */
import * as v from 'valibot';
import { UUID_PATTERN } from '../base/ids.ts';
import { Bytes, Digest, Id, LanguageTag, text } from '../base/schema.ts';
import { PACKAGE_KINDS, SECTORS } from '../base/vocabulary.ts';
import { SUBMISSION_STATES } from './submission-states.ts';

const Uuid = v.pipe(v.string(), v.regex(UUID_PATTERN));
const Time = v.pipe(v.string(), v.maxLength(40));

/** Blobs of a snapshot, in the order in which they are sent: what makes the text readable first. */
export const BLOB_ROLES = ['manifest', 'part', 'pack', 'picture', 'audio', 'video'] as const;

/** POST /api/hand-in. The same draft and manifest again answer the same submission. */
export const HandInRequest = v.strictObject({
	draft: Uuid,
	/** What it is, until its text is here and says so itself; another package or version there is refused. */
	package: Id,
	version: text(32),
	kind: v.picklist(PACKAGE_KINDS),
	sector: v.picklist(SECTORS),
	/** Source language, and the title in it. */
	language: LanguageTag,
	title: text(200),
	manifest: Digest,
	blobs: v.pipe(
		v.array(v.strictObject({ digest: Digest, size: Bytes, role: v.picklist(BLOB_ROLES) })),
		v.minLength(3),
		v.maxLength(400)
	),
	/** A word to the committee. */
	note: v.nullable(text(2000))
});

/** A comment on a paragraph, step or question of one language, or on a whole unit (`block` null). */
export const Comment = v.strictObject({
	id: Uuid,
	/** Language that was read; null: what is the same in all. */
	language: v.nullable(LanguageTag),
	unit: v.nullable(Id),
	/** `b3` (block 3), `step:<id>`, `item:<id>`, or null. */
	block: v.nullable(v.pipe(v.string(), v.maxLength(80))),
	/** The words that it was made about, so that it can be shown where they have moved. */
	quote: v.nullable(v.pipe(v.string(), v.maxLength(400))),
	text: text(2000),
	author: v.strictObject({
		name: text(200),
		institution: v.nullable(text(160)),
		country: v.nullable(text(2)),
		isMaker: v.boolean()
	}),
	at: Time,
	resolvedAt: v.nullable(Time)
});

/** How a language of a submission stands with the joint rule. */
export const LanguageStanding = v.strictObject({
	language: LanguageTag,
	title: text(200),
	part: Digest,
	approved: v.boolean(),
	published: v.boolean(),
	/** Carried over from the version before, whose readers' approval still counts. */
	unchanged: v.boolean(),
	signatures: v.array(
		v.strictObject({
			name: text(200),
			party: text(200),
			country: text(2),
			date: text(10),
			demonstration: v.boolean()
		})
	)
});

/** How something handed in stands, for who made it and for the committee. */
export const Submission = v.strictObject({
	id: Uuid,
	draft: Uuid,
	package: Id,
	version: text(32),
	manifest: Digest,
	kind: v.picklist(PACKAGE_KINDS),
	sector: v.picklist(SECTORS),
	title: text(200),
	languages: v.array(LanguageStanding),
	state: v.picklist(SUBMISSION_STATES),
	/** When it came into this state. */
	since: Time,
	handedInAt: Time,
	/** Bytes of the snapshot, and of it what the server has whole. */
	bytes: Bytes,
	received: Bytes,
	/** What the machine checks found, as sentences of the author's language. */
	faults: v.pipe(
		v.array(v.strictObject({ code: text(80), message: text(2000), file: v.nullable(text(200)) })),
		v.maxLength(100)
	),
	/** The last request for changes. */
	asked: v.nullable(v.strictObject({ text: text(4000), by: text(200), at: Time })),
	comments: v.array(Comment),
	/** Why it was recalled, in the expert's words. */
	recall: v.nullable(v.strictObject({ reason: text(2000), replacement: v.nullable(text(80)), at: Time }))
});

/** Answer of POST /api/hand-in and GET /api/hand-in/{id}: also the blobs that the server lacks, first ones first. */
export const HandInAnswer = v.strictObject({
	submission: Submission,
	missing: v.array(Digest)
});
/** GET /api/hand-in: what this person handed in, newest first. */
export const HandInList = v.strictObject({ submissions: v.array(Submission) });

/** Metadata of a tus upload (POST /api/uploads): which blob of which submission. */
export const UploadMetadata = v.strictObject({ submission: Uuid, digest: Digest });

export type HandInRequest = v.InferOutput<typeof HandInRequest>;
export type HandInAnswer = v.InferOutput<typeof HandInAnswer>;
export type UploadMetadata = v.InferOutput<typeof UploadMetadata>;
export type HandInList = v.InferOutput<typeof HandInList>;
export type Submission = v.InferOutput<typeof Submission>;
export type LanguageStanding = v.InferOutput<typeof LanguageStanding>;
export type Comment = v.InferOutput<typeof Comment>;
