import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aDraft } from '../../../../tests/factories/drafts.ts';
import { memoryDrafts, memoryTurns, type MemoryDrafts } from '../../../../tests/factories/memory-drafts.ts';
import * as edit from '../../core/drafts/edit.ts';
import { openSession, type Session } from './open-draft.ts';

const DRAFT = aDraft();
const typed = (title: string) => (draft: typeof DRAFT) => edit.setWords(draft, 'en', { title });
const titleOf = (draft = DRAFT) => draft.words.en?.title;

let store: MemoryDrafts;
let turns: ReturnType<typeof memoryTurns>;
const open = async (): Promise<Session> =>
	(await openSession(DRAFT.id, { store, claimTurn: turns, now: Date.now }))!;
const onDisk = () => titleOf(store.rows.get(DRAFT.id)!.draft);

beforeEach(() => {
	vi.useFakeTimers();
	vi.stubGlobal('reportError', () => {});
	store = memoryDrafts(DRAFT);
	turns = memoryTurns();
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

describe('an open draft', () => {
	it('DRA-20 is on the disk half a second after every key, however fast the keys come', async () => {
		const draft = await open();
		const keys: string[] = [''];
		for (let n = 1; n <= 60; n++) {
			keys.push('x'.repeat(n));
			draft.change(typed(keys[n]!), 'title:en');
			await vi.advanceTimersByTimeAsync(50);
			// What was typed half a second ago is there.
			if (n > 10) expect(keys.indexOf(onDisk() ?? '')).toBeGreaterThanOrEqual(n - 10);
		}
		await vi.advanceTimersByTimeAsync(500);
		expect(onDisk()).toBe(keys[60]);
		expect(store.saves).toBeLessThan(30);
		expect(draft.state).toMatchObject({ isSaving: false, fault: null });
	});

	it('DRA-21 typing in one field is one step; undo and redo outlive the tab', async () => {
		const draft = await open();
		for (const title of ['S', 'St', 'Str']) draft.change(typed(title), 'title:en');
		draft.change((each) => edit.addUnit(each, 'theory'));
		await draft.close();
		const again = await open();
		expect(again.state).toMatchObject({ canUndo: true, canRedo: false });
		again.undo();
		expect(again.state.draft.units).toHaveLength(3);
		again.undo();
		expect(titleOf(again.state.draft)).toBeUndefined();
		expect(again.state).toMatchObject({ canUndo: false, canRedo: true });
		await again.close();
		const third = await open();
		third.redo();
		expect(titleOf(third.state.draft)).toBe('Str');
		third.change(typed('Strip'));
		expect(third.state.canRedo).toBe(false);
		await third.close();
		expect(store.rows.get(DRAFT.id)!.steps).toHaveLength(2);
	});

	it('DRA-21 keeps two hundred steps', async () => {
		const draft = await open();
		for (let n = 1; n <= 250; n++) draft.change(typed(`title ${n}`));
		await draft.flush();
		expect(store.rows.get(DRAFT.id)!.steps).toHaveLength(200);
		for (let n = 0; n < 300; n++) draft.undo();
		expect(titleOf(draft.state.draft)).toBe('title 50');
	});

	it('DRA-22 on a full disk the text stays in the tab, and is saved once there is room', async () => {
		const draft = await open();
		store.failure = Object.assign(new Error(), { name: 'QuotaExceededError' });
		draft.change(typed('kept'));
		await vi.advanceTimersByTimeAsync(1000);
		expect(draft.state).toMatchObject({ isSaving: true, fault: { code: 'storage/full' } });
		draft.change(typed('kept too'));
		store.failure = null;
		await vi.advanceTimersByTimeAsync(20_000);
		expect(draft.state).toMatchObject({ isSaving: false, fault: null });
		expect(onDisk()).toBe('kept too');
		expect(store.rows.get(DRAFT.id)!.steps).toHaveLength(2);
	});

	it('DRA-23 a second tab shows and follows, and takes over with nothing lost', async () => {
		const one = await open();
		const other = await open();
		expect([one.state.otherTab, other.state.otherTab]).toEqual([false, true]);
		expect(other.change(typed('mine'))).toEqual({ ok: false, fault: { code: 'draft/other-tab' } });
		one.change(typed('first'));
		await vi.advanceTimersByTimeAsync(500);
		expect(titleOf(other.state.draft)).toBe('first');
		one.change(typed('first, and a word'));
		await other.takeOver();
		await vi.advanceTimersByTimeAsync(0);
		expect([one.state.otherTab, other.state.otherTab]).toEqual([true, false]);
		expect(titleOf(other.state.draft)).toBe('first, and a word');
		other.change(typed('second'));
		await vi.advanceTimersByTimeAsync(500);
		expect(titleOf(one.state.draft)).toBe('second');
	});

	it('DRA-23 a tab that slept through a take-over writes over nothing', async () => {
		const asleep = await open();
		const row = store.rows.get(DRAFT.id)!;
		store.rows.set(DRAFT.id, { ...row, revision: 7, draft: typed('newer')(row.draft) });
		asleep.change(typed('older'));
		await vi.advanceTimersByTimeAsync(500);
		expect(onDisk()).toBe('newer');
		expect(asleep.state.otherTab).toBe(true);
		expect(titleOf(asleep.state.draft)).toBe('newer');
	});

	it('DRA-4 a text that no draft takes is refused, and what was there stays', async () => {
		const draft = await open();
		expect(draft.change(typed('x'.repeat(201)))).toEqual({
			ok: false,
			fault: { code: 'draft/does-not-fit' }
		});
		expect(draft.state.canUndo).toBe(false);
	});
});
