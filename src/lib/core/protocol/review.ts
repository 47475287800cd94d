/** What the committee asks and sends (docs/spec/review.md). */
import * as v from 'valibot';
import { UUID_PATTERN } from '../base/ids.ts';
import { Bytes, Country, Digest, Id, IsoDate, LanguageTag, text } from '../base/schema.ts';
import { PACKAGE_KINDS, SECTORS, UNIT_KINDS } from '../base/vocabulary.ts';
import { SUBMISSION_ACTIONS, SUBMISSION_STATES } from './submission-states.ts';
import { Submission } from './hand-in.ts';

const Uuid = v.pipe(v.string(), v.regex(UUID_PATTERN));
const Time = v.pipe(v.string(), v.maxLength(40));
const PublicKey = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** A DSSE envelope as it is sent (core/trust/statement). */
export const SignedStatement = v.strictObject({
	payloadType: v.literal('application/vnd.in-toto+json'),
	payload: v.pipe(v.string(), v.maxLength(64_000)),
	signatures: v.pipe(
		v.array(v.strictObject({ keyid: v.optional(v.string()), sig: v.pipe(v.string(), v.maxLength(100)) })),
		v.length(1)
	)
});

/** GET /api/review/queue?language=&sector=&state=&after= */
export const QueueQuery = v.object({
	language: v.optional(LanguageTag),
	sector: v.optional(v.picklist(SECTORS)),
	/** `mine`: waits for me; `all`: everything in review; `published`: what is out. */
	show: v.optional(v.picklist(['mine', 'all', 'published'])),
	after: v.optional(v.pipe(v.string(), v.maxLength(100)))
});
export const QueueEntry = v.strictObject({
	id: Uuid,
	package: Id,
	version: text(32),
	kind: v.picklist(PACKAGE_KINDS),
	sector: v.picklist(SECTORS),
	title: text(200),
	titleLanguage: LanguageTag,
	/** Languages that still lack their joint approval. */
	languages: v.array(LanguageTag),
	maker: v.strictObject({
		name: text(200),
		institution: v.nullable(text(160)),
		country: v.nullable(Country)
	}),
	state: v.picklist(SUBMISSION_STATES),
	handedInAt: Time,
	/** My signature would count, and is not there yet. */
	waitsForMe: v.boolean(),
	openComments: v.number(),
	/** Of what is out: the day by which it is to be looked at again. */
	reviewBy: v.nullable(IsoDate)
});
export const Queue = v.strictObject({
	entries: v.array(QueueEntry),
	next: v.nullable(text(100)),
	waiting: v.number()
});

/** Why a signature of this expert would not count, told before signing; null: it would. */
export const NOT_COUNTING = [
	'review/contributor',
	'review/already-signed',
	/** It has its joint approval: another signature would add nothing. */
	'review/already-approved',
	'review/same-party',
	'review/out-of-scope',
	'review/no-key',
	'review/key-not-enrolled'
] as const;

/** GET /api/review/{id} */
export const ReviewPage = v.strictObject({
	submission: Submission,
	maker: QueueEntry.entries.maker,
	note: v.nullable(text(2000)),
	/** The version that is out now, if any. */
	before: v.nullable(v.strictObject({ version: text(32), manifest: Digest })),
	shared: v.strictObject({ digest: Digest, changed: v.boolean() }),
	/** Bytes that a phone with the version before will fetch, in the text of one language. */
	updateBytes: v.nullable(Bytes),
	units: v.array(
		v.strictObject({
			id: Id,
			kind: v.picklist(UNIT_KINDS),
			/** By language. */
			titles: v.record(LanguageTag, text(200)),
			/** Languages (`shared` for keys, drawings and photos) in which it differs from the version that is out. */
			changed: v.array(v.pipe(v.string(), v.maxLength(35)))
		})
	),
	log: v.array(
		v.strictObject({
			at: Time,
			who: v.nullable(text(200)),
			action: v.picklist(SUBMISSION_ACTIONS),
			detail: v.nullable(text(4000))
		})
	),
	/** Recalls in force on this version: what a lifting has to name, and the parts that it has to read. */
	recalls: v.array(
		v.strictObject({
			digest: Digest,
			parts: v.array(v.pipe(v.string(), v.maxLength(35))),
			/** Null: every unit. */
			units: v.nullable(v.array(Id)),
			reason: text(2000),
			replacement: v.nullable(text(2000)),
			by: v.strictObject({ name: text(200), party: text(200), date: text(10) })
		})
	),
	/** What stands for whoever asks. */
	me: v.strictObject({
		expert: v.nullable(Id),
		/** By language of the submission: whether signing it counts, or why not. */
		counts: v.record(LanguageTag, v.nullable(v.picklist(NOT_COUNTING))),
		mayComment: v.boolean(),
		mayAskChanges: v.boolean(),
		mayRecall: v.boolean()
	})
});

/** POST /api/review/{id}/comment */
export const CommentRequest = v.strictObject({
	/** Made by the browser, so that the same comment sent twice is one. */
	id: Uuid,
	language: v.nullable(LanguageTag),
	unit: v.nullable(Id),
	block: v.nullable(v.pipe(v.string(), v.maxLength(80))),
	quote: v.nullable(v.pipe(v.string(), v.maxLength(400))),
	text: text(2000)
});
/** POST /api/review/{id}/resolve */
export const ResolveRequest = v.strictObject({ comment: Uuid });
/** POST /api/review/{id}/ask-changes. `manifest`: what was looked at. */
export const AskChangesRequest = v.strictObject({ manifest: Digest, text: text(4000) });
/** POST /api/review/{id}/approve */
export const ApproveRequest = v.strictObject({ manifest: Digest, statement: SignedStatement });
/** POST /api/review/{id}/recall: a recall or its lifting. */
export const RecallRequest = v.strictObject({ statement: SignedStatement });

/** GET /api/review/key: this expert's key, as the server and the register know it. */
export const ExpertKey = v.strictObject({
	expert: v.nullable(
		v.strictObject({
			id: Id,
			name: text(120),
			party: Id,
			partyName: text(200),
			country: Country,
			sectors: v.array(text(64)),
			languages: v.array(text(35))
		})
	),
	key: v.nullable(PublicKey),
	state: v.picklist(['none', 'requested', 'enrolled', 'revoked']),
	demonstration: v.boolean()
});
/**
 * POST /api/review/key: `proof` is the key's signature over the account's id (UTF-8), in hexadecimal. Sectors and
 * languages are what this person says they can judge; who enrols them decides. A key that was there before ends.
 */
export const KeyRequest = v.strictObject({
	key: PublicKey,
	proof: v.pipe(v.string(), v.regex(/^[0-9a-f]{128}$/)),
	sectors: v.pipe(v.array(v.picklist(SECTORS)), v.minLength(1)),
	languages: v.pipe(v.array(LanguageTag), v.minLength(1), v.maxLength(40))
});
/** POST /api/review/key/revoke: my own key, or (administrators) somebody's who lost it. */
export const RevokeRequest = v.strictObject({ expert: v.nullable(Id) });
/** POST /api/review/register answers the version that is in force from now on. */
export const RegisterAnswer = v.strictObject({ version: v.number() });

export type SignedStatement = v.InferOutput<typeof SignedStatement>;
export type QueueQuery = v.InferOutput<typeof QueueQuery>;
export type QueueEntry = v.InferOutput<typeof QueueEntry>;
export type Queue = v.InferOutput<typeof Queue>;
export type ReviewPage = v.InferOutput<typeof ReviewPage>;
export type CommentRequest = v.InferOutput<typeof CommentRequest>;
export type KeyRequest = v.InferOutput<typeof KeyRequest>;
export type AskChangesRequest = v.InferOutput<typeof AskChangesRequest>;
export type ApproveRequest = v.InferOutput<typeof ApproveRequest>;
export type ExpertKey = v.InferOutput<typeof ExpertKey>;
