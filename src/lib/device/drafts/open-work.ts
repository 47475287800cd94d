/**
 * A `.setara-work` file that somebody chose, read in stretches (DRA-62): its list, its drafts, and one picture or recording
 * at a time. Everything in it is checked here; nothing is stored.
 */
import { sha256 } from '../../core/base/hash.ts';
import { fail, ok, type Result } from '../../core/base/result.ts';
import type { DraftFile } from '../../core/drafts/draft.ts';
import {
	filesByDigest,
	isAsSaid,
	readWorkDraft,
	readWorkHead,
	readWorkList,
	type WorkDraft,
	type WorkList
} from '../../core/drafts/work-file.ts';
import { MAX_FIRST_LINE } from '../../core/packages/listed-file.ts';
import type { DraftFault } from './api.ts';

export interface OpenedWork {
	by: WorkList['by'];
	made: number;
	drafts: WorkDraft[];
	/** Bytes of its pictures and recordings, by digest. */
	blobs: ReadonlyMap<string, number>;
	/** A picture or recording, when its bytes are those of its name and what the drafts say that they are. */
	blob(digest: string): Promise<Result<Uint8Array, DraftFault>>;
}

/** Opens one and looks through all of it. */
export async function openWork(file: Blob): Promise<Result<OpenedWork, DraftFault>> {
	const head = await stretch(file, 0, MAX_FIRST_LINE);
	if (!head.ok) return head;
	const at = readWorkHead(head.value);
	if (!at.ok) return at;
	const listed = await stretch(file, at.value.offset, at.value.size);
	if (!listed.ok) return listed;
	const list = readWorkList(listed.value, at.value, file.size);
	if (!list.ok) return list;
	const { places, by, made } = list.value;
	const drafts: WorkDraft[] = [];
	for (const [name, place] of places) {
		if (!name.startsWith('draft/')) continue;
		const bytes = await stretch(file, place.offset, place.size);
		const draft = bytes.ok ? readWorkDraft(name, bytes.value) : bytes;
		if (!draft.ok) return draft;
		drafts.push(draft.value);
	}
	const files = filesByDigest(drafts, places);
	if (!files.ok) return files;
	const blobs = new Map<string, number>();
	const blob = async (digest: string): Promise<Result<Uint8Array, DraftFault>> => {
		const place = places.get(`blob/${digest}`)!;
		const bytes = await stretch(file, place.offset, place.size);
		return bytes.ok ? checked(digest, bytes.value, files.value.get(digest)!) : bytes;
	};
	for (const [digest] of files.value) {
		const place = places.get(`blob/${digest}`);
		if (!place) continue;
		const bytes = await blob(digest);
		if (!bytes.ok) return bytes;
		blobs.set(digest, place.size);
	}
	return ok({ by, made, drafts, blobs, blob });
}

async function checked(
	digest: string,
	bytes: Uint8Array,
	files: readonly DraftFile[]
): Promise<Result<Uint8Array, DraftFault>> {
	if ((await sha256(bytes)) !== digest) return fail('work-file/damaged');
	return files.every((file) => isAsSaid(file, bytes)) ? ok(bytes) : fail('work-file/bad-media');
}

async function stretch(file: Blob, offset: number, size: number): Promise<Result<Uint8Array, DraftFault>> {
	try {
		return ok(new Uint8Array(await file.slice(offset, offset + size).arrayBuffer()));
	} catch {
		// The card was pulled out, or the file was changed.
		return fail('file/cut');
	}
}
