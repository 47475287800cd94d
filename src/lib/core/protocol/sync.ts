/**
 * POST /api/progress: a phone hands over what it did and gets what its account's other devices did (docs/spec/sync.md).
 * Requests travel as JSON in gzip. Events are opaque text here: what chain and receipt are about is these very bytes.
 */
import * as v from 'valibot';
import { UUID_PATTERN } from '../base/ids.ts';
import { Digest } from '../base/schema.ts';

/** Events of one push, and events of one page of a pull, at most. */
export const MAX_BATCH = 200;
/** Bytes of a request, as sent and unpacked. */
export const MAX_PUSH_BYTES = 256 * 1024;
export const MAX_PUSH_UNPACKED = 1024 * 1024;
/** Characters of events that a device puts into one push: with JSON's own escapes it stays below the limits above. */
export const PUSH_TEXT = 128 * 1024;
/** One event on the wire; a phone makes none above 16 KB, and a longer one is refused by itself, not with its batch. */
const MAX_TEXT = 64 * 1024;

/** Refused events that one answer may name; a phone of ours has none. */
const MAX_REFUSED = 100_000;

const Uuid = v.pipe(v.string(), v.regex(UUID_PATTERN));
const Sequence = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2_000_000_000));
const Mark = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));
const EventText = v.pipe(
	v.string(),
	v.maxLength(MAX_TEXT),
	// What PostgreSQL cannot keep byte for byte.
	v.check((text) => text.isWellFormed() && !text.includes('\0'))
);
const Texts = v.pipe(v.array(EventText), v.maxLength(MAX_BATCH));

/** A place in an account's order of events: how many, and the mark of all of them. */
export const Cursor = v.strictObject({ n: Sequence, mark: Mark });

export const SyncRequest = v.strictObject({
	/** Version of the protocol. */
	v: v.literal(1),
	device: Uuid,
	/** Sequence of the first event, the chain before it, the events in dense order (none: only asks for the receipt). */
	push: v.strictObject({
		first: v.pipe(Sequence, v.minValue(1)),
		before: Digest,
		events: Texts
	}),
	/** Where this device has read to; null: it wants nothing. */
	pull: v.nullable(Cursor)
});

/** Durable: the server has every event of this device up to `last`, and this is the chain after it. */
export const Receipt = v.strictObject({ last: Sequence, chain: Digest });

/** An event that was taken note of but does not count. */
export const Refused = v.strictObject({ seq: Sequence, code: v.string() });

export const SyncAnswer = v.strictObject({
	v: v.literal(1),
	/** `gap`: something before `first` is missing here; go on after the receipt. */
	outcome: v.picklist(['stored', 'gap']),
	receipt: Receipt,
	/** Those from `first` up to the receipt, however often it is sent: what a receipt covers is never silent about a refusal. */
	refused: v.pipe(v.array(Refused), v.maxLength(MAX_REFUSED)),
	pull: v.nullable(
		v.strictObject({
			/** Events of other devices, in the account's order. */
			events: Texts,
			cursor: Cursor,
			more: v.boolean(),
			/** The place that was asked from is not in this server's order: this page begins at the start again. */
			restarted: v.boolean()
		})
	)
});

export type Cursor = v.InferOutput<typeof Cursor>;
export type SyncRequest = v.InferOutput<typeof SyncRequest>;
export type SyncAnswer = v.InferOutput<typeof SyncAnswer>;
export type Receipt = v.InferOutput<typeof Receipt>;
export type Refused = v.InferOutput<typeof Refused>;
