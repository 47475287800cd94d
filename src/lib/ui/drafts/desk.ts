/** What the parts of one draft's pages share. The route makes it out of what this phone keeps; nothing here stores. */
import { getContext, setContext } from 'svelte';
import type { Result } from '../../core/base/result.ts';
import type { Draft, DraftFile } from '../../core/drafts/draft.ts';
import type { Comment } from '../../core/protocol/hand-in.ts';

/** Why something did not work; its sentence is `faults.<code>`. */
export interface Trouble {
	code: string;
	params?: Record<string, string | number>;
}

/** Puts a new file where it belongs, in the same step of undo. */
export type Placing = (draft: Draft, file: DraftFile) => Draft;

export interface RecorderState {
	seconds: number;
	/** Loudness now, 0 to 1. */
	level: number;
	bytes: number;
	fault: Trouble | null;
}

/** A recording that is going on. */
export interface Recorder {
	watch(listener: (state: RecorderState) => void): () => void;
	stop(): Promise<Result<DraftFile, Trouble>>;
	cancel(): Promise<void>;
}

/** A camera that is open: `stream` is what it sees. */
export interface Camera {
	stream: MediaStream;
	/** One picture, for `addPicture`. */
	take(): Promise<Blob>;
	close(): void;
}

export interface Desk {
	readonly draft: Draft;
	/** It is being written in another tab: here it is only read. */
	readonly locked: boolean;
	/** Language that is written now, and the one that stands beside it. */
	readonly language: string;
	readonly beside: string | null;
	/** What the committee said of the last hand-in. */
	readonly comments: readonly Comment[];
	/** Changes with the same `place` that follow each other closely are one step of undo. */
	change(edit: (draft: Draft) => Draft, place?: string): void;
	/** Says a sentence to those who do not see, and below what was done. `undo`: offers to take it back. */
	say(words: string, undo?: boolean): void;
	fileUrl(file: string): Promise<string | null>;
	/** Bytes of all files, by digest. */
	bytes(): Promise<ReadonlyMap<string, Uint8Array>>;
	addPicture(photo: Blob, place: Placing): Promise<Result<DraftFile, Trouble>>;
	addClip(clip: Blob, place: Placing): Promise<Result<DraftFile, Trouble>>;
	addSound(sound: Blob, place: Placing): Promise<Result<DraftFile, Trouble>>;
	recordSound(place: Placing): Promise<Result<Recorder, Trouble>>;
	openCamera(): Promise<Result<Camera, Trouble>>;
}

const KEY = Symbol('desk');

/** Called once by the draft's layout, with an object whose getters follow it. */
export const setDesk = (desk: Desk): Desk => setContext(KEY, desk);

/** Keep the object and read `desk.draft` in markup, so that a change is seen. */
export const useDesk = (): Desk => getContext(KEY);
