/**
 * `.setara`: what a device has of a package as one file, for a card or a cable (docs/spec/package-file.md). A first line,
 * a list of what follows, then the bytes one after another: whoever reads it asks for stretches of it and never holds it
 * whole. It needs no trust: metadata, documents, packs and chunks are checked as if they had come over a link.
 */
import * as v from 'valibot';
import { fromUtf8, utf8 } from '../base/hash.ts';
import { fail, ok, type Fault, type Result } from '../base/result.ts';
import { Digest, Id, LanguageTag } from '../base/schema.ts';
import { TIERS } from '../base/vocabulary.ts';
import { MAX_BLOCK_BYTES } from './zstd.ts';

type FileCode = 'file/not-setara' | 'file/other-version' | 'file/cut' | 'file/older' | 'file/damaged';
export type FileFault = Fault<FileCode>;

const KIND = 'setara-file';
const VERSION = 1;
/** The longest first line: name, version and how long the list is. */
export const MAX_FIRST_LINE = 32;
const MAX_LIST = 4 * 1024 * 1024;

/** `tuf/<file>`, `recalls`, `document/<digest>`, `pack/<digest>` (a frame), `blob/<digest>`. */
const Name = v.pipe(
	v.string(),
	v.maxLength(200),
	v.regex(/^(?:tuf\/[\w.%-]{1,150}\.json|recalls|(?:document|pack|blob)\/[0-9a-f]{64})$/)
);
const Size = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 40));
const List = v.strictObject({
	package: Id,
	version: v.pipe(v.string(), v.maxLength(32)),
	languages: v.pipe(v.array(LanguageTag), v.minLength(1), v.maxLength(60)),
	tier: v.picklist(TIERS),
	/** SHA-256 of the manifest that all languages are of. */
	manifest: Digest,
	entries: v.pipe(v.array(v.tuple([Name, Size])), v.minLength(1), v.maxLength(20_000))
});
export type FileList = v.InferOutput<typeof List>;

export interface Place {
	offset: number;
	size: number;
}
/** What a file says that it holds, and where. Nothing of it is believed. */
export interface PackageFile extends Omit<FileList, 'entries'> {
	places: ReadonlyMap<string, Place>;
	/** Bytes of the whole file. */
	length: number;
}

/** What stands before the first entry. */
export function writeFileHead(list: FileList): Uint8Array {
	const body = utf8(JSON.stringify(list));
	const line = utf8(`${KIND}/${VERSION} ${body.length}\n`);
	const head = new Uint8Array(line.length + body.length);
	head.set(line);
	head.set(body, line.length);
	return head;
}

/** How many bytes the list has and where it begins, from the first bytes of a file. */
export function readFirstLine(bytes: Uint8Array): Result<Place, FileFault> {
	let line: string;
	try {
		line = fromUtf8(bytes.subarray(0, Math.max(0, bytes.subarray(0, MAX_FIRST_LINE).indexOf(10))));
	} catch {
		return fail('file/not-setara');
	}
	const [, version, length] = /^setara-file\/(\d{1,6}) (\d{1,8})$/.exec(line) ?? [];
	if (version === undefined) return fail('file/not-setara');
	if (Number(version) !== VERSION) return fail('file/other-version');
	return Number(length) > MAX_LIST
		? fail('file/not-setara')
		: ok({ offset: line.length + 1, size: Number(length) });
}

/**
 * Reads the list.
 * @param length bytes of the whole file; fewer than the list needs is `file/cut`
 */
export function readFileList(bytes: Uint8Array, at: Place, length: number): Result<PackageFile, FileFault> {
	if (bytes.length < at.size) return fail('file/cut');
	let json: unknown;
	try {
		json = JSON.parse(fromUtf8(bytes));
	} catch {
		return fail('file/not-setara');
	}
	const list = v.safeParse(List, json, { abortEarly: true });
	if (!list.success) return fail('file/not-setara');
	const { entries, ...rest } = list.output;
	const places = new Map<string, Place>();
	let offset = at.offset + at.size;
	for (const [name, size] of entries) {
		if (places.has(name)) return fail('file/not-setara');
		places.set(name, { offset, size });
		offset += size;
	}
	if (!Number.isSafeInteger(offset)) return fail('file/not-setara');
	return offset > length ? fail('file/cut') : ok({ ...rest, places, length: offset });
}

const MAGIC = 0xfd2fb528;
const RAW_HEADER = 9;
const BLOCK_HEADER = 3;

/** A pack as a zstd frame of raw blocks: what a phone, which cannot compress, puts into a file (RFC 8878, 3.1.1.2). */
export function rawFrame(pack: Uint8Array): Uint8Array {
	const blocks = Math.max(1, Math.ceil(pack.length / MAX_BLOCK_BYTES));
	const frame = new Uint8Array(RAW_HEADER + blocks * BLOCK_HEADER + pack.length);
	const view = new DataView(frame.buffer);
	view.setUint32(0, MAGIC, true);
	view.setUint8(4, 0xa0);
	view.setUint32(5, pack.length, true);
	let to = RAW_HEADER;
	for (let n = 0; n < blocks; n++) {
		const block = pack.subarray(n * MAX_BLOCK_BYTES, (n + 1) * MAX_BLOCK_BYTES);
		const head = (block.length << 3) | Number(n === blocks - 1);
		view.setUint16(to, head & 0xffff, true);
		view.setUint8(to + 2, head >> 16);
		frame.set(block, to + BLOCK_HEADER);
		to += BLOCK_HEADER + block.length;
	}
	return frame;
}
