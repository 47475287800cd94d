/** Photos, sounds and clips of an open draft: made small, stored, then put into it, in this order (DRA-30 to DRA-33). */
import { sha256 } from '../../core/base/hash.ts';
import { fail, ok, type Result } from '../../core/base/result.ts';
import { addFile, fileId, MOST_FILES } from '../../core/drafts/edit.ts';
import type { DraftFile } from '../../core/drafts/draft.ts';
import type { RecordingRow } from '../db/draft-tables.ts';
import { storing } from '../db/storing.ts';
import { newId } from '../progress/profiles.ts';
import type { CutRecording, DraftFault, Drafted, OpenDraft, Placing, Recording } from './api.ts';
import type { Session } from './open-draft.ts';
import { shrinkPhoto } from './photo.ts';
import { openMicrophone, record } from './recorder.ts';
import type { Recordings } from './recordings.ts';
import { remux } from './remux.ts';
import type { DraftStore } from './store.ts';

type Files = Pick<
	OpenDraft,
	'addPicture' | 'addSound' | 'addClip' | 'recordSound' | 'recordClip' | 'cutRecordings' | 'fileUrl' | 'bytes'
> & {
	/** Gives the addresses back. */
	end(): void;
};

/** What is made of a photo or recording. */
interface Made {
	bytes: Uint8Array;
	mediaType: string;
	width: number | null;
	height: number | null;
	seconds: number | null;
}

export function openFiles(session: Session, store: DraftStore, recordings: Recordings): Files {
	const urls = new Map<string, string>();
	/** Recordings that are being made in this tab: they are not cut off. */
	const live = new Set<string>();

	async function put(
		role: 'picture' | 'sound' | 'clip',
		original: Blob,
		make: () => Promise<Result<Made, DraftFault>>,
		place?: Placing
	): Drafted<DraftFile> {
		if (session.state.otherTab) return fail('draft/other-tab');
		if (session.state.draft.files.length >= MOST_FILES) return fail('draft/does-not-fit');
		const made = await make();
		if (!made.ok) return made;
		const { bytes, ...facts } = made.value;
		const digest = await sha256(bytes);
		const stored = await storing(() => store.putBlob(digest, bytes));
		if (!stored.ok) return stored as Result<never, DraftFault>;
		let file: DraftFile | undefined;
		const changed = session.change((draft) => {
			file = {
				id: fileId(draft, role),
				role,
				digest,
				...facts,
				size: bytes.length,
				originalSize: original.size,
				words: {}
			};
			const added = addFile(draft, file);
			return place ? place(added, file) : added;
		});
		return changed.ok ? ok(file!) : changed;
	}

	const shrunk = (photo: Blob) => async (): Promise<Result<Made, DraftFault>> => {
		const small = await shrinkPhoto(photo);
		return small.ok ? ok({ ...small.value, seconds: null }) : small;
	};
	const keep = async (row: RecordingRow, place?: Placing): Drafted<DraftFile> => {
		const blob = await recordings.read(row);
		const kept = await put(row.role, blob, () => remux(blob, row.role), place);
		if (kept.ok) {
			await session.flush();
			await recordings.drop(row.id);
		}
		return kept;
	};

	/** A sound or clip of the phone's own recorder; where it cannot be read yet, it waits as one of ours would. */
	async function take(role: 'sound' | 'clip', file: Blob, place?: Placing): Drafted<DraftFile> {
		const taken = await put(role, file, () => remux(file, role), place);
		if (taken.ok || taken.fault.code !== 'draft/recorder-away') return taken;
		const kept = await storing(() => recordings.take(file, { draft: session.state.draft.id, role }));
		return kept.ok ? taken : (kept as Result<never, DraftFault>);
	}

	async function start(
		role: 'sound' | 'clip',
		stream: MediaStream,
		end: () => void,
		place?: Placing
	): Drafted<Recording> {
		const id = newId();
		const recorder = await record(stream, recordings, { id, draft: session.state.draft.id, role });
		if (!recorder.ok) {
			end();
			return recorder;
		}
		live.add(id);
		const stop = async () => {
			const row = await recorder.value.stop();
			end();
			live.delete(id);
			return row;
		};
		return ok({
			watch: (listener) => recorder.value.watch(listener),
			stop: async () => keep(await stop(), place),
			cancel: async () => {
				await stop();
				await recordings.drop(id);
			}
		});
	}

	return {
		addPicture: (photo, place) => put('picture', photo, shrunk(photo), place),
		addSound: (sound, place) => take('sound', sound, place),
		addClip: (clip, place) => take('clip', clip, place),
		async recordSound(place) {
			if (session.state.otherTab) return fail('draft/other-tab');
			const stream = await openMicrophone();
			if (!stream.ok) return stream;
			const close = () => stream.value.getTracks().forEach((track) => track.stop());
			return start('sound', stream.value, close, place);
		},
		async recordClip(camera, place) {
			if (session.state.otherTab) return fail('draft/other-tab');
			return start('clip', camera.stream, () => {}, place);
		},
		async cutRecordings() {
			const rows = await recordings.of(session.state.draft.id);
			return rows
				.filter(({ id }) => !live.has(id))
				.map((row): CutRecording => ({
					...row,
					keep: (place) => keep(row, place),
					drop: () => recordings.drop(row.id)
				}));
		},
		async fileUrl(id) {
			const file = session.state.draft.files.find((each) => each.id === id);
			if (!file) return null;
			const known = urls.get(file.digest);
			if (known !== undefined) return known;
			const bytes = await store.blob(file.digest);
			if (!bytes) return null;
			const url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: file.mediaType }));
			urls.set(file.digest, url);
			return url;
		},
		bytes: () => bytesOf(session.state.draft.files, store),
		end() {
			for (const url of urls.values()) URL.revokeObjectURL(url);
			urls.clear();
		}
	};
}

/** The bytes of files that are here, by digest. */
export async function bytesOf(
	files: readonly DraftFile[],
	store: Pick<DraftStore, 'blob'>
): Promise<Map<string, Uint8Array>> {
	const found = new Map<string, Uint8Array>();
	for (const { digest } of files) {
		const bytes = await store.blob(digest);
		if (bytes) found.set(digest, bytes);
	}
	return found;
}
