/**
 * `.setara` files that are open in this tab: a source beside the origin, which costs nobody's data (DEV-60, FIL-4). A file
 * is read in stretches, as chunks are stored; nothing in it is believed.
 */
import { sha256 } from '../../core/base/hash.ts';
import { fail, ok, type Result } from '../../core/base/result.ts';
import { MAX_FIRST_LINE, type Place } from '../../core/packages/listed-file.ts';
import { readFileList, readFirstLine, type PackageFile } from '../../core/packages/package-file.ts';
import type { SaveFault } from '../faults.ts';
import type { Source } from './source.ts';

export interface OpenedFile {
	list: PackageFile;
	source: Source;
	/** The bytes of a small entry, whole; null where it has none of the name. */
	read(name: string): Promise<Uint8Array | null>;
	/** A document or a list of statements, if it is what its name says. */
	document(digest: string): Promise<Uint8Array | null>;
	/** It gave bytes that are not what they say. */
	isDamaged: boolean;
}

/** The largest entry that is read whole: metadata, a document, a list of statements. */
const MOST_WHOLE = 4 * 1024 * 1024;
const PIECE = 256 * 1024;

/** Opens one: only its first line and its list are read. */
export async function openFile(file: Blob, name: string): Promise<Result<OpenedFile, SaveFault>> {
	const stretch = async (offset: number, size: number) =>
		new Uint8Array(await file.slice(offset, offset + size).arrayBuffer());
	let list: Result<PackageFile, SaveFault>;
	try {
		const at = readFirstLine(await stretch(0, MAX_FIRST_LINE));
		if (!at.ok) return at;
		list = readFileList(await stretch(at.value.offset, at.value.size), at.value, file.size);
	} catch {
		return fail('file/cut');
	}
	if (!list.ok) return list;
	const { places } = list.value;
	const read = async (entry: string) => {
		const place = places.get(entry);
		return place && place.size <= MOST_WHOLE ? stretch(place.offset, place.size) : null;
	};
	return ok({
		list: list.value,
		source: sourceOf(name, places, stretch),
		read,
		async document(digest) {
			const bytes = await read(`document/${digest}`);
			return bytes && (await sha256(bytes)) === digest ? bytes : null;
		},
		isDamaged: false
	});
}

function sourceOf(
	name: string,
	places: ReadonlyMap<string, Place>,
	stretch: (offset: number, size: number) => Promise<Uint8Array>
): Source {
	return {
		name: `file:${name}`,
		reach: 'file',
		async read(asked, { from, to, max }, { signal }) {
			const place = places.get('blob' in asked ? `blob/${asked.blob}` : `pack/${asked.pack}`);
			const hasBase = 'base' in asked && asked.base !== null;
			if (!place || hasBase || from > place.size) return fail('network/not-found');
			const end = Math.min(place.size, to ?? place.size, from + max);
			let at = from;
			return ok({
				...{ from, total: place.size, etag: null },
				async next() {
					if (signal?.aborted) return fail('network/cut');
					if (at >= end) return ok(null);
					try {
						const piece = await stretch(place.offset + at, Math.min(PIECE, end - at));
						at += piece.length;
						return piece.length > 0 ? ok(piece) : fail('file/cut');
					} catch {
						// The card was pulled out, or the file was changed.
						return fail('file/cut');
					}
				},
				close: () => undefined
			});
		}
	};
}

const opened = new Map<string, OpenedFile>();

/** Has downloads of its package take what they can from it, for as long as this tab is open. */
export const useFile = (file: OpenedFile): void => void opened.set(file.list.package, file);
/** The file that was opened for a package in this tab. */
export const fileOf = (id: string): OpenedFile | null => opened.get(id) ?? null;
