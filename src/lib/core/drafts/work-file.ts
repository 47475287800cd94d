/**
 * `.setara-work`: what a teacher makes as one file (DRA-61): a list, then drafts as JSON, then their photos, sounds and
 * clips, each named by its SHA-256. Nothing in it is believed: whoever reads it holds each draft to the schema that drafts
 * are saved by, and each picture or recording to what the draft says that it is.
 */
import * as v from 'valibot';
import { fromUtf8, utf8 } from '../base/hash.ts';
import { fail, ok, type Fault, type Result } from '../base/result.ts';
import { text } from '../base/schema.ts';
import { checkFigure } from '../lessons/svg-check.ts';
import {
	readHead,
	readList,
	Size,
	writeHead,
	type ListCode,
	type Listed,
	type Place
} from '../packages/listed-file.ts';
import { MAX_PICTURE_BYTES } from '../packages/source/check-drawings.ts';
import { MAX_VARIANT_BYTES } from '../packages/source/check-media.ts';
import { audioType, checkClipFile } from '../packages/source/media.ts';
import { hasPlace } from '../packages/source/media-metadata.ts';
import { checkPicture } from '../packages/source/picture.ts';
import { Draft, type DraftFile } from './draft.ts';

export const WORK_FAULTS = [
	/** It is no file of drafts, or none that Setara wrote. */
	'work-file/not-one',
	'file/other-version',
	'file/cut',
	/** More drafts than are taken in at once. */
	'work-file/too-many',
	/** Bytes that are not those that the list names. */
	'work-file/damaged',
	/** Right bytes, and not the picture, sound or clip that the draft says. */
	'work-file/bad-media'
] as const;
type WorkCode = (typeof WORK_FAULTS)[number];
type Read<Value> = Result<Value, Fault<WorkCode>>;

const KIND = 'setara-work';
export const ENDING = '.setara-work';
/** More than a teacher has under way; each is held in memory while the file is looked into. */
export const MOST_DRAFTS = 50;
/** Five units in thirteen languages, each as long as a draft takes, in a script of three bytes a letter: 12.5 MB. */
const MAX_DRAFT_BYTES = 16 * 1024 * 1024;
export const MAX_DRAFTS_BYTES = 32 * 1024 * 1024;

/** Milliseconds since 1970 that a calendar can show. */
const Time = v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15));
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** `draft/<id>`, `blob/<sha-256>`. */
const Name = v.pipe(
	v.string(),
	v.maxLength(80),
	v.regex(new RegExp(`^(?:draft/${UUID}|blob/[0-9a-f]{64})$`))
);
const WorkList = v.strictObject({
	made: Time,
	/** Who was signed in where it was made; null: nobody. */
	by: v.nullable(v.strictObject({ account: text(64), name: text(200) })),
	entries: v.pipe(v.array(v.tuple([Name, Size])), v.minLength(1), v.maxLength(20_000))
});
export type WorkList = v.InferOutput<typeof WorkList>;

/** A draft in the file. */
export const WorkDraft = v.strictObject({
	draft: v.pipe(
		Draft,
		v.check(({ createdAt, changedAt }) => v.is(Time, createdAt) && v.is(Time, changedAt)),
		v.check(({ files }) => new Set(files.map(({ id }) => id)).size === files.length)
	),
	/** It is as it was handed in, which had not arrived when the file was made: when, and the word to the committee. */
	handedIn: v.nullable(v.strictObject({ at: Time, note: v.nullable(text(2000)) }))
});
export type WorkDraft = v.InferOutput<typeof WorkDraft>;

export const writeWorkHead = (list: WorkList): Uint8Array => writeHead(KIND, list);
export const writeWorkDraft = (work: WorkDraft): Uint8Array => utf8(JSON.stringify(work));

/** How many bytes the list has and where it begins, from the first bytes of a file. */
export const readWorkHead = (bytes: Uint8Array): Read<Place> => notOne(readHead(KIND, bytes));

/**
 * Reads the list.
 * @param length bytes of the whole file
 */
export function readWorkList(bytes: Uint8Array, at: Place, length: number): Read<Listed<WorkList>> {
	const list = notOne(readList(WorkList, bytes, at, length));
	if (!list.ok) return list;
	const drafts = [...list.value.places].filter(([name]) => name.startsWith('draft/'));
	if (drafts.length > MOST_DRAFTS) return fail('work-file/too-many', { most: MOST_DRAFTS });
	const text = drafts.reduce((sum, [, { size }]) => sum + size, 0);
	const isWell =
		drafts.length > 0 &&
		text <= MAX_DRAFTS_BYTES &&
		[...list.value.places].every(
			([name, { size }]) => size <= (name.startsWith('draft/') ? MAX_DRAFT_BYTES : MAX_VARIANT_BYTES)
		);
	return isWell ? list : fail('work-file/not-one');
}

/** The sentence of the other code names the ending of a package's file. */
const notOne = <Value>(result: Result<Value, Fault<ListCode>>): Read<Value> =>
	result.ok || result.fault.code !== 'file/not-setara' ? (result as Read<Value>) : fail('work-file/not-one');

/** Reads one draft; its id is the one that the list names it by. */
export function readWorkDraft(name: string, bytes: Uint8Array): Read<WorkDraft> {
	let json: unknown;
	try {
		json = JSON.parse(fromUtf8(bytes));
	} catch {
		return fail('work-file/damaged');
	}
	const read = v.safeParse(WorkDraft, json, { abortEarly: true });
	return read.success && name === `draft/${read.output.draft.id}`
		? ok(read.output)
		: fail('work-file/not-one');
}

/**
 * Files of the drafts by the digest of their bytes, where the list's blobs are these and no others, each as long as the
 * drafts say. Bytes that the phone had lost when it wrote the file are not in the list.
 */
export function filesByDigest(
	drafts: readonly WorkDraft[],
	places: ReadonlyMap<string, Place>
): Read<Map<string, DraftFile[]>> {
	const files = new Map<string, DraftFile[]>();
	for (const file of drafts.flatMap(({ draft }) => draft.files)) {
		files.set(file.digest, [...(files.get(file.digest) ?? []), file]);
	}
	const blobs = [...places].filter(([name]) => name.startsWith('blob/'));
	const isWell = blobs.every(([name, { size }]) => {
		const named = files.get(name.slice('blob/'.length));
		return named?.every((file) => file.size === size);
	});
	return isWell ? ok(files) : fail('work-file/not-one');
}

/** Whether bytes are what a draft says of them, by themselves: the rules that a hand-in is held to (SRC-8, 10, 13 to 15). */
export function isAsSaid(
	{ role, mediaType }: Pick<DraftFile, 'role' | 'mediaType'>,
	bytes: Uint8Array
): boolean {
	switch (role) {
		case 'picture':
			return mediaType === 'image/webp' && bytes.length <= MAX_PICTURE_BYTES && checkPicture(bytes) === null;
		case 'drawing':
			return mediaType === 'image/svg+xml' && isDrawing(bytes);
		case 'sound':
			return audioType(bytes) === mediaType && !hasPlace(bytes);
		case 'clip':
			return CLIPS.has(mediaType) && checkClipFile(bytes, CLIPS.get(mediaType)!) === null;
	}
}

const CLIPS = new Map<string, 'mp4' | 'webm'>([
	['video/mp4', 'mp4'],
	['video/webm', 'webm']
]);

function isDrawing(bytes: Uint8Array): boolean {
	try {
		return checkFigure(fromUtf8(bytes)).length === 0;
	} catch {
		return false;
	}
}
