/** Where drafts lie: the port that an open draft is written over. Backends: `dexie-drafts.ts`, and memory in tests. */
import type { Draft } from '../../core/drafts/draft.ts';
import type { StoredStep, Unsaved } from './history.ts';

export interface StoredDraft {
	draft: Draft;
	position: number;
	revision: number;
	savedAt: number;
	steps: StoredStep[];
}

export interface DraftStore {
	/** A draft of the profile in use, or null. */
	load(id: string): Promise<StoredDraft | null>;
	/**
	 * Writes what an open draft has, on the disk when it resolves: true, or false where another tab wrote since the
	 * revision that this one knows, and nothing was written.
	 */
	save(id: string, revision: number, unsaved: Unsaved, now: number): Promise<boolean>;
	/** Calls when a draft may have changed on the disk; answers what ends it. */
	watch(id: string, listener: () => void): () => void;
	putBlob(digest: string, bytes: Uint8Array): Promise<void>;
	blob(digest: string): Promise<Uint8Array | null>;
}
