/**
 * What pages can ask of drafts and of what was handed in on this phone (docs/spec/drafts.md). Types only: `openDrafts()`
 * in `open.ts` loads the rest, and no student's page does. All of it is the profile's in use; signing out hides it.
 */
import type { Result } from '../../core/base/result.ts';
import type { Draft, DraftFile } from '../../core/drafts/draft.ts';
import type { NewDraft } from '../../core/drafts/templates.ts';
import type { DraftProblem } from '../../core/drafts/problem.ts';
import type { SourceFault } from '../../core/packages/source/faults.ts';
import type { Submission } from '../../core/protocol/hand-in.ts';
import type { SubmissionState } from '../../core/protocol/submission-states.ts';
import type { WORK_FAULTS } from '../../core/drafts/work-file.ts';
import type { DraftOrigin } from '../db/draft-tables.ts';
import type { SaveCode } from '../faults.ts';

export const DRAFT_FAULTS = [
	/** There is no such draft of this profile here. */
	'draft/not-found',
	/** It is being written in another tab, and this one only shows it. */
	'draft/other-tab',
	/** A text or list is longer than a draft takes: the change was not made. */
	'draft/does-not-fit',
	/** A part of the draft is still missing: `problems` say which. */
	'draft/not-ready',
	/** The licence of what was to be adapted does not allow it. */
	'draft/no-derivatives',
	/** This version is published: what is changed now is the next one (`nextVersion` in core/drafts/edit.ts). */
	'draft/published-already',
	/** This browser cannot read the picture. */
	'draft/picture-unreadable',
	/** Even made small it takes more than its limit. */
	'draft/picture-too-large',
	'draft/clip-too-large',
	/** This browser cannot read the sound or clip. */
	'draft/media-unreadable',
	/** What reads recordings is not on this phone and there is no link: this one is kept, and offered again. */
	'draft/recorder-away',
	/** The microphone or camera was refused, or there is none. */
	'draft/no-microphone',
	'draft/no-camera',
	'draft/cannot-record',
	/** Only an account can hand in. */
	'hand-in/no-account',
	/** The account that hands in is not among the contributors. */
	'hand-in/not-named',
	/** What is in a file does not fit on this phone, or into the room that the person gave. */
	'work-file/full',
	'work-file/over-limit'
] as const;

export interface DraftFault {
	code: (typeof DRAFT_FAULTS)[number] | (typeof WORK_FAULTS)[number] | SaveCode;
	params?: Record<string, string | number>;
}
export type Drafted<Value> = Promise<Result<Value, DraftFault>>;

/** A line of the list of drafts. */
export interface DraftSummary {
	id: string;
	package: string;
	version: string;
	kind: Draft['kind'];
	sector: Draft['sector'];
	/** In its first language, or in the first that has one; empty while it has none. */
	title: string;
	languages: string[];
	units: number;
	/** Bytes of its photos, sounds and clips. */
	bytes: number;
	changedAt: number;
	/** How the last hand-in of it stands, or null. */
	handIn: HandInView | null;
}

export interface Drafts {
	/** Calls with the drafts, last changed first, now and after each change in any tab; answers what ends it. */
	watch(listener: (drafts: DraftSummary[]) => void): () => void;
	/** A draft from a template; answers its id. `fromTemplate` in core/drafts/templates.ts says what may be given. */
	create(start: NewDraft): Drafted<string>;
	/** Takes in a draft that was made elsewhere (adapted from a unit, or the next version), with its files' bytes. */
	takeIn(draft: Draft, bytes: ReadonlyMap<string, Uint8Array>): Drafted<string>;
	/**
	 * A draft from a published unit that is saved on this phone, with its makers, source and licence kept. `languages`:
	 * those wanted, the one to go on in first; the ones that are not saved here are left out.
	 */
	adapt(from: { package: string; unit: string }, languages: string[], who: NewDraft['who']): Drafted<string>;
	/** The next version of a micro-course or work case that is saved on this phone, when its draft is not. */
	revise(packageId: string, languages: string[]): Drafted<string>;
	open(id: string): Drafted<OpenDraft>;
	/** Takes it off the list; `restore` brings it back for thirty days. */
	remove(id: string): Drafted<null>;
	restore(id: string): Drafted<null>;
}

/** How an open draft stands. A new object after every change. */
export interface DraftState {
	draft: Draft;
	canUndo: boolean;
	canRedo: boolean;
	/** When the last change reached the disk, milliseconds. */
	savedAt: number;
	/** Whether something that was typed is not on the disk yet. */
	isSaving: boolean;
	/** Why it does not reach the disk; it is kept in this tab and tried again. */
	fault: DraftFault | null;
	/** It is being written in another tab: this one shows and follows, until `takeOver`. */
	otherTab: boolean;
}

export interface OpenDraft {
	readonly state: DraftState;
	/** The file that it came out of; null: it was begun here. */
	readonly from: DraftOrigin | null;
	/** Calls with the state, now and after each change; answers what ends it. */
	watch(listener: (state: DraftState) => void): () => void;
	/**
	 * Changes the draft: `edit` answers a new draft and leaves the given one as it is (core/drafts/edit.ts). Changes
	 * with the same `place` that follow each other closely (typing in one field) are one step of undo.
	 */
	change(edit: (draft: Draft) => Draft, place?: string): Result<null, DraftFault>;
	undo(): void;
	redo(): void;
	/** Resolves when all is on the disk. */
	flush(): Drafted<null>;
	/** Makes this the tab that writes; the other one puts on the disk what it has, and follows. */
	takeOver(): Promise<void>;
	/** Shrinks a photo, takes its place and time out, and stores it. `place` puts it where it belongs, in the same step. */
	addPicture(photo: Blob, place?: Placing): Drafted<DraftFile>;
	/** A sound or clip file of the phone, remuxed without what says where and when it was made. */
	addSound(sound: Blob, place?: Placing): Drafted<DraftFile>;
	addClip(clip: Blob, place?: Placing): Drafted<DraftFile>;
	/** Records from the microphone, or from an open camera; every second of it goes to the disk. */
	recordSound(place?: Placing): Drafted<Recording>;
	recordClip(camera: Camera, place?: Placing): Drafted<Recording>;
	/** Recordings that a kill cut off: what reached the disk, to be kept or dropped. */
	cutRecordings(): Promise<CutRecording[]>;
	/** An address of a file's bytes for `src`, valid until `close`; null where they are not here. */
	fileUrl(file: string): Promise<string | null>;
	/** Bytes by digest, for `compileDraft` and previews. */
	bytes(): Promise<ReadonlyMap<string, Uint8Array>>;
	/** Saves and lets go. */
	close(): Promise<void>;
}

export type Placing = (draft: Draft, file: DraftFile) => Draft;

export interface RecordingState {
	seconds: number;
	/** Loudness now, 0 to 1. */
	level: number;
	bytes: number;
	/** Why it stopped by itself (disk full, limit reached); what was recorded until then is kept. */
	fault: DraftFault | null;
}

export interface Recording {
	watch(listener: (state: RecordingState) => void): () => void;
	/** Ends it and puts it into the draft. */
	stop(): Drafted<DraftFile>;
	/** Ends it and drops it. */
	cancel(): Promise<void>;
}

export interface CutRecording {
	id: string;
	role: 'sound' | 'clip';
	seconds: number;
	bytes: number;
	at: number;
	keep(place?: Placing): Drafted<DraftFile>;
	drop(): Promise<void>;
}

/** A camera that is open (`openCamera()` in camera.ts): show `stream` in a muted <video>. */
export interface Camera {
	stream: MediaStream;
	/** One picture, for `addPicture`. */
	take(): Promise<Blob>;
	close(): void;
}

/** `here`: on this phone, waits for a link; `sending`: on its way; `withdrawing`: waits to be told; else the server's. */
export type HandInState = 'here' | 'sending' | 'withdrawing' | SubmissionState;

/** How something handed in stands, as far as this phone knows. */
export interface HandInView {
	id: string;
	draft: string;
	package: string;
	version: string;
	title: string;
	state: HandInState;
	/** When it came into this state, milliseconds. */
	since: number;
	/** Bytes of the snapshot, and of it what has gone. */
	bytes: number;
	sent: number;
	/** Why it did not go on; it is tried again by itself, except after a refusal. */
	fault: { code: string; message?: string; params?: Record<string, string | number> } | null;
	/** What the server said last, comments with it, and when; null before it said anything. */
	submission: Submission | null;
	askedAt: number | null;
	/** A newer hand-in of the same draft took its place. */
	replaced: boolean;
}

/** Why a draft cannot be handed in: what is missing, or what the checks of a package found (`sourceFaults`). */
export interface HandInRefusal extends DraftFault {
	problems?: DraftProblem[];
	sourceFaults?: SourceFault[];
}

export interface HandIns {
	/** What this profile handed in, newest first, now and after each change in any tab. */
	watch(listener: (handIns: HandInView[]) => void): () => void;
	/** Makes an immutable snapshot of a draft and sends it as soon as there is a link. */
	handIn(draft: string, note: string | null): Promise<Result<HandInView, HandInRefusal>>;
	/** Takes it back: at once while nothing has gone, else as soon as there is a link. */
	withdraw(id: string): Drafted<null>;
	/** Tries to send and asks how things stand, now. */
	run(): Promise<void>;
	/** Ends what wakes it. */
	stop(): void;
}
