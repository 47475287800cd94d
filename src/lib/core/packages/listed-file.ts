/**
 * A file with a list in front: a first line `<kind>/<version> <bytes of the list>`, the list as JSON, then its entries one
 * after another. Whoever reads it asks for stretches of it and never holds it whole. What the list says is up to each kind.
 */
import * as v from 'valibot';
import { fromUtf8, utf8 } from '../base/hash.ts';
import { fail, ok, type Fault, type Result } from '../base/result.ts';

export type ListCode = 'file/not-setara' | 'file/other-version' | 'file/cut';
type ListFault = Fault<ListCode>;

/** The longest first line: name, version and how long the list is. */
export const MAX_FIRST_LINE = 32;
const MAX_LIST = 4 * 1024 * 1024;
const VERSION = 1;

export const Size = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 40));

export interface Place {
	offset: number;
	size: number;
}
type Entries = { entries: [name: string, size: number][] };
/** What a file says that it holds, and where. Nothing of it is believed. */
export type Listed<List extends Entries> = Omit<List, 'entries'> & {
	places: ReadonlyMap<string, Place>;
	/** Bytes of the whole file. */
	length: number;
};

/** What stands before the first entry. */
export function writeHead(kind: string, list: Entries): Uint8Array {
	const body = utf8(JSON.stringify(list));
	const line = utf8(`${kind}/${VERSION} ${body.length}\n`);
	const head = new Uint8Array(line.length + body.length);
	head.set(line);
	head.set(body, line.length);
	return head;
}

/** How many bytes the list has and where it begins, from the first bytes of a file. */
export function readHead(kind: string, bytes: Uint8Array): Result<Place, ListFault> {
	let line: string;
	try {
		line = fromUtf8(bytes.subarray(0, Math.max(0, bytes.subarray(0, MAX_FIRST_LINE).indexOf(10))));
	} catch {
		return fail('file/not-setara');
	}
	const [, found, version, length] = /^([a-z-]+)\/(\d{1,6}) (\d{1,8})$/.exec(line) ?? [];
	if (found !== kind) return fail('file/not-setara');
	if (Number(version) !== VERSION) return fail('file/other-version');
	return Number(length) > MAX_LIST
		? fail('file/not-setara')
		: ok({ offset: line.length + 1, size: Number(length) });
}

/**
 * Reads the list, which is what the schema of its kind says, each entry once.
 * @param length bytes of the whole file; fewer than the list needs is `file/cut`
 */
export function readList<List extends Entries>(
	schema: v.GenericSchema<unknown, List>,
	bytes: Uint8Array,
	at: Place,
	length: number
): Result<Listed<List>, ListFault> {
	if (bytes.length < at.size) return fail('file/cut');
	let json: unknown;
	try {
		json = JSON.parse(fromUtf8(bytes));
	} catch {
		return fail('file/not-setara');
	}
	const list = v.safeParse(schema, json, { abortEarly: true });
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
