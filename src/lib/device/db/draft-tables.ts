/** Tables of drafts and hand-ins, in the database that is written through to the disk (DEV-2). Owned by `device/drafts`. */
import type { Table } from 'dexie';
import type { Draft } from '../../core/drafts/draft.ts';
import type { Elsewhere } from '../../core/drafts/unsent.ts';
import type { BLOB_ROLES, Submission } from '../../core/protocol/hand-in.ts';

export interface DraftRow {
	id: string;
	/** Whose it is: the profile that it was begun under. */
	profile: string;
	draft: Draft;
	/** Number of the last change that is applied; changes above it can be done again. */
	position: number;
	/** Counted up by each save: a tab that lost its turn cannot write over a newer one. */
	revision: number;
	savedAt: number;
	/** Off the list since then, to be restored for a while; null: on it. */
	removedAt: number | null;
	/** The state of it that was last written into a file, and when (DRA-60). */
	filed?: Elsewhere;
	/** The file that it came out of (DRA-64); absent: it was begun here. */
	from?: DraftOrigin;
}

/** The file that a draft came out of: by whom and when it was made, and what was taken in when. */
export interface DraftOrigin extends Elsewhere {
	by: string | null;
	made: number;
	/** The word to the committee, where it had been handed in. */
	note: string | null;
}

/** One step of undo. */
interface DraftChangeRow {
	draft: string;
	n: number;
	/** A patch of core/drafts/patch.ts, as JSON. */
	patch: string;
}

/** Bytes of a draft's file, or of a snapshot that was handed in, under their SHA-256. */
interface WorkBlobRow {
	digest: string;
	bytes: Uint8Array;
	/** When it was put there: what nothing names yet is not swept at once. */
	at: number;
}

/** A recording that is under way or was cut off; its pieces stand beside it. */
export interface RecordingRow {
	id: string;
	draft: string;
	role: 'sound' | 'clip';
	mediaType: string;
	at: number;
	seconds: number;
	bytes: number;
}

interface RecordingPieceRow {
	recording: string;
	n: number;
	bytes: Uint8Array;
}

export interface HandInBlob {
	digest: string;
	size: number;
	role: (typeof BLOB_ROLES)[number];
}

/** A snapshot of a draft, on its way or arrived. The bytes of `blobs` are in `workBlobs`. */
export interface HandInRow {
	id: string;
	profile: string;
	draft: string;
	package: string;
	version: string;
	kind: Draft['kind'];
	sector: Draft['sector'];
	/** Source language, and the title in it. */
	language: string;
	title: string;
	manifest: string;
	blobs: HandInBlob[];
	note: string | null;
	createdAt: number;
	/** The draft as it was then; rows of before have none. */
	handed?: Draft;
	/** When that was last written into a file. */
	filedAt?: number;
	/** Blobs that the server has whole, as far as this phone knows. */
	arrived: string[];
	/** By digest, where an upload that was begun goes on. */
	uploads: Record<string, { url: string; sent: number }>;
	/** What is to be told to the server: that it comes, that it is taken back, or nothing. */
	task: 'send' | 'withdraw' | 'none';
	/** What the server said last, and when. */
	submission: Submission | null;
	askedAt: number | null;
	/** Why it does not go on: refused for good until the draft is changed, or only this time. */
	fault: { code: string; message?: string; params?: Record<string, string | number> } | null;
	/** Refused for good: not sent again by itself. */
	isRefused: boolean;
	/** When it was last given up for want of a link or answer. */
	triedAt: number | null;
	/** Taken back before anything of it had gone. */
	withdrawnAt: number | null;
}

/** Dexie's index strings by table; a change needs a new version in `schema.ts`. */
export const DRAFT_TABLES = {
	drafts: 'id, profile',
	draftChanges: '[draft+n]',
	workBlobs: 'digest',
	recordings: 'id, draft',
	recordingPieces: '[recording+n]',
	handIns: 'id, profile, draft'
} as const;

/** Typed tables, mixed into `SafeDb`. */
export interface DraftTables {
	drafts: Table<DraftRow, string>;
	draftChanges: Table<DraftChangeRow, [string, number]>;
	workBlobs: Table<WorkBlobRow, string>;
	recordings: Table<RecordingRow, string>;
	recordingPieces: Table<RecordingPieceRow, [string, number]>;
	handIns: Table<HandInRow, string>;
}
