/** A draft that is open in this tab: its changes, undo, saving, and whose turn it is (DRA-20 to DRA-24). */
import * as v from 'valibot';
import { fail, ok, type Result } from '../../core/base/result.ts';
import { Draft } from '../../core/drafts/draft.ts';
import type { DraftFault, Drafted, DraftState } from './api.ts';
import { History } from './history.ts';
import { Saver } from './saver.ts';
import type { DraftStore } from './store.ts';
import type { Turn, TurnParts } from './turn.ts';

export interface SessionParts {
	store: DraftStore;
	claimTurn: (name: string, parts: TurnParts) => Turn;
	now: () => number;
}

/** The writing half of `OpenDraft`; files come in by `open-files.ts`. */
export interface Session {
	readonly state: DraftState;
	watch(listener: (state: DraftState) => void): () => void;
	change(edit: (draft: Draft) => Draft, place?: string): Result<null, DraftFault>;
	undo(): void;
	redo(): void;
	flush(): Drafted<null>;
	takeOver(): Promise<void>;
	close(): Promise<void>;
}

/** Opens a draft; null where this profile has no such draft here. */
export async function openSession(
	id: string,
	{ store, claimTurn, now }: SessionParts
): Promise<Session | null> {
	const stored = await store.load(id);
	if (!stored) return null;
	let history = new History(stored.draft, stored.position, stored.steps);
	let { revision, savedAt } = stored;
	let isMine = false;
	let isClosed = false;
	let state: DraftState;
	const listeners = new Set<(state: DraftState) => void>();

	const saver = new Saver({ save, hasUnsaved: () => isMine && history.hasUnsaved, onChange: tell });
	const turn = claimTurn(`setara-draft-${id}`, {
		onTurn: async () => {
			if (isClosed) return;
			await reload();
			isMine = true;
			tell();
		},
		onAsked: () => saver.flush(),
		onLost: () => {
			isMine = false;
			tell();
			void reload();
		}
	});
	const endWatch = store.watch(id, () => {
		if (!isMine && !isClosed) void reload();
	});

	function tell(): void {
		state = {
			draft: history.draft,
			canUndo: isMine && history.canUndo,
			canRedo: isMine && history.canRedo,
			savedAt,
			isSaving: history.hasUnsaved || saver.isSaving,
			fault: saver.fault,
			otherTab: !isMine
		};
		for (const listener of listeners) listener(state);
	}

	async function save(): Promise<boolean> {
		const unsaved = history.take();
		try {
			const at = now();
			if (await store.save(id, revision, unsaved, at)) {
				revision += 1;
				savedAt = at;
				return true;
			}
		} catch (error) {
			history.giveBack(unsaved);
			throw error;
		}
		// Somebody else wrote while this tab slept: what they wrote counts.
		isMine = false;
		await reload();
		return false;
	}

	async function reload(): Promise<void> {
		const fresh = await store.load(id);
		if (!fresh || isMine || isClosed || fresh.revision === revision) return;
		history = new History(fresh.draft, fresh.position, fresh.steps);
		({ revision, savedAt } = fresh);
		tell();
	}

	function moved(move: () => void): void {
		if (!isMine) return;
		move();
		tell();
		saver.wake();
	}

	await turn.ready;
	tell();
	return {
		get state() {
			return state;
		},
		watch(listener) {
			listeners.add(listener);
			listener(state);
			return () => listeners.delete(listener);
		},
		change(edit, place) {
			if (!isMine) return fail('draft/other-tab');
			const changed = edit(history.draft);
			if (changed === history.draft) return ok(null);
			if (!v.is(Draft, changed)) return fail('draft/does-not-fit');
			moved(() => history.change(changed, place ?? null, now()));
			return ok(null);
		},
		undo: () => moved(() => history.undo(now())),
		redo: () => moved(() => history.redo(now())),
		async flush() {
			await saver.flush();
			return saver.fault ? { ok: false, fault: saver.fault } : ok(null);
		},
		takeOver: () => turn.take(),
		async close() {
			await saver.flush();
			isClosed = true;
			saver.stop();
			endWatch();
			turn.end();
			listeners.clear();
		}
	};
}
