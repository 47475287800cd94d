/**
 * `.setara`: what a device has of a package as one file, for a card or a cable (docs/spec/package-file.md): a list and then
 * bytes (`listed-file.ts`). It needs no trust: metadata, documents, packs and chunks are checked as if they had come over a
 * link.
 */
import * as v from 'valibot';
import type { Fault, Result } from '../base/result.ts';
import { Digest, Id, LanguageTag } from '../base/schema.ts';
import { TIERS } from '../base/vocabulary.ts';
import {
	readHead,
	readList,
	Size,
	writeHead,
	type ListCode,
	type Listed,
	type Place
} from './listed-file.ts';
import { MAX_BLOCK_BYTES } from './zstd.ts';

export type FileFault = Fault<ListCode | 'file/older' | 'file/damaged'>;

const KIND = 'setara-file';

/** `tuf/<file>`, `recalls`, `document/<digest>`, `pack/<digest>` (a frame), `blob/<digest>`. */
const Name = v.pipe(
	v.string(),
	v.maxLength(200),
	v.regex(/^(?:tuf\/[\w.%-]{1,150}\.json|recalls|(?:document|pack|blob)\/[0-9a-f]{64})$/)
);
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
/** What a file says that it holds, and where. Nothing of it is believed. */
export type PackageFile = Listed<FileList>;

/** What stands before the first entry. */
export const writeFileHead = (list: FileList): Uint8Array => writeHead(KIND, list);

/** How many bytes the list has and where it begins, from the first bytes of a file. */
export const readFirstLine = (bytes: Uint8Array): Result<Place, FileFault> => readHead(KIND, bytes);

/**
 * Reads the list.
 * @param length bytes of the whole file; fewer than the list needs is `file/cut`
 */
export const readFileList = (bytes: Uint8Array, at: Place, length: number): Result<PackageFile, FileFault> =>
	readList(List, bytes, at, length);

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
