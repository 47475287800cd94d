/**
 * A pack: the text files of one part behind an index, so that one request brings them and one SHA-256 names them
 * (PKG-10 to PKG-14). One line of JSON, `["setara-pack/1",[["path",length],…]]`, a line feed, then the files' bytes
 * one after the other in the order of the index.
 */
import * as v from 'valibot';
import { fromUtf8, utf8 } from '../base/hash.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { PackageFault } from './faults.ts';

export const MAX_PACK_BYTES = 16 * 1024 * 1024;
const MAX_PACK_FILES = 4000;
const MAX_INDEX_BYTES = 512 * 1024;
const LINE_FEED = 0x0a;

/** A path inside a pack or part: ids, dots for what a file is of, no step upwards, nothing absolute. */
export const PACK_PATH = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*\/){0,3}[a-z0-9]+(?:[-.][a-z0-9]+)*\.[a-z0-9]{1,8}$/;

const Index = v.strictTuple([
	v.literal('setara-pack/1'),
	v.pipe(
		v.array(
			v.strictTuple([
				v.pipe(v.string(), v.maxLength(200), v.regex(PACK_PATH)),
				v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_PACK_BYTES))
			])
		),
		v.maxLength(MAX_PACK_FILES)
	)
]);

/** Files by path, as they lie in a pack. */
export interface PackFiles {
	paths: readonly string[];
	/** A file's bytes (a view into the pack), or null where there is no such file. */
	bytes(path: string): Uint8Array | null;
	/** A file as text, or null where there is none or it is not UTF-8. */
	text(path: string): string | null;
}

/** Writes a pack. Throws on a path or size that PKG-12 forbids: the source check comes first. */
export function writePack(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
	const paths = [...files.keys()].sort();
	const index = ['setara-pack/1', paths.map((path) => [path, files.get(path)!.length])];
	const head = utf8(JSON.stringify(v.parse(Index, index)) + '\n');
	const size = paths.reduce((sum, path) => sum + files.get(path)!.length, head.length);
	if (size > MAX_PACK_BYTES || head.length > MAX_INDEX_BYTES) throw new RangeError('the pack is too large');
	const pack = new Uint8Array(size);
	pack.set(head);
	let at = head.length;
	for (const path of paths) {
		pack.set(files.get(path)!, at);
		at += files.get(path)!.length;
	}
	return pack;
}

/**
 * Reads a pack whose digest has been checked (`verifyPack`). Nothing is copied. `package/bad-pack`: index malformed,
 * paths not in strict order, or lengths that do not fill the pack to the byte; `package/too-large`.
 */
export function readPack(pack: Uint8Array): Result<PackFiles, PackageFault> {
	if (pack.length > MAX_PACK_BYTES)
		return fail('package/too-large', { bytes: pack.length, limit: MAX_PACK_BYTES });
	const end = pack.subarray(0, MAX_INDEX_BYTES).indexOf(LINE_FEED);
	if (end < 0) return fail('package/bad-pack');
	const index = readIndex(pack.subarray(0, end));
	if (!index) return fail('package/bad-pack');
	const views = new Map<string, Uint8Array>();
	let at = end + 1;
	let before = '';
	for (const [path, length] of index) {
		if (path <= before || at + length > pack.length) return fail('package/bad-pack', { path });
		views.set(path, pack.subarray(at, at + length));
		at += length;
		before = path;
	}
	if (at !== pack.length) return fail('package/bad-pack');
	return ok(filesOf(views));
}

/** Files that are already apart (a source folder, a test), in the shape that a pack is read in. */
export function filesOf(files: ReadonlyMap<string, Uint8Array>): PackFiles {
	return {
		paths: [...files.keys()],
		bytes: (path) => files.get(path) ?? null,
		text: (path) => {
			const bytes = files.get(path);
			if (!bytes) return null;
			try {
				return fromUtf8(bytes);
			} catch {
				return null;
			}
		}
	};
}

function readIndex(line: Uint8Array): [string, number][] | null {
	try {
		const text = fromUtf8(line);
		const index = v.parse(Index, JSON.parse(text));
		return JSON.stringify(index) === text ? index[1] : null;
	} catch {
		return null;
	}
}
