/** Drafts on a real IndexedDB (DRA-1 to DRA-24, DRA-42): kills, tabs, a full disk, profiles, handing in. */
import { expect, test, type Page } from '@playwright/test';
import { DraftPhone, hostDrafts, type DraftHost, type OpenedDraft } from '../factories/draft-phone.ts';

/** How often the browser is killed while somebody types. */
const KILLS = Number(process.env.KILLS ?? 10);

let host: DraftHost;
let phone: DraftPhone;

test.beforeAll(async () => {
	host = await hostDrafts();
});
test.afterAll(() => host.close());
test.beforeEach(async () => {
	phone = new DraftPhone(host.origin);
	await phone.open();
});
test.afterEach(() => phone.dispose());

const titleOnDisk = (id: string) =>
	phone.page.evaluate(async (draft) => {
		const opened = await drafting.open(draft);
		const { title } = opened.state.draft.words.en!;
		await opened.close();
		return Number(title);
	}, id);

test(`DRA-20 ${KILLS} kills lose at most half a second of typing each`, async () => {
	test.setTimeout(60_000 + KILLS * 15_000);
	const id = await phone.page.evaluate(() => drafting.begin());
	const lost: number[] = [];
	for (let n = 0; n < KILLS; n++) {
		await phone.page.evaluate((draft) => drafting.type(draft), id);
		// Never at the same moment of a save.
		await phone.page.waitForTimeout(400 + ((n * 137) % 350));
		const killed = await phone.kill();
		lost.push(killed - (await titleOnDisk(id)));
	}
	test.info().annotations.push({ type: 'lost, ms', description: lost.join(' ') });
	expect(Math.max(...lost)).toBeLessThanOrEqual(500);
	expect(Math.min(...lost)).toBeGreaterThan(-50);
});

test('DRA-21 undo and redo outlive a kill', async () => {
	const id = await phone.page.evaluate(async () => {
		const id = await drafting.begin();
		const draft = await drafting.open(id);
		for (const title of ['one', 'two']) {
			draft.change((each) => drafting.edit.setWords(each, 'en', { title }));
		}
		await draft.flush();
		return id;
	});
	await phone.kill();
	const titles = await phone.page.evaluate(async (id) => {
		const draft = await drafting.open(id);
		const title = () => draft.state.draft.words.en?.title ?? null;
		const seen = [title()];
		draft.undo();
		seen.push(title());
		draft.undo();
		seen.push(title());
		draft.redo();
		return [...seen, title()];
	}, id);
	expect(titles).toEqual(['two', 'one', null, 'one']);
});

test('DRA-23 of two tabs one writes; the other follows, and takes over with nothing lost', async () => {
	const other = await phone.newTab();
	const id = await phone.page.evaluate(async () => {
		const id = await drafting.begin();
		Object.assign(globalThis, { draft: await drafting.open(id) });
		return id;
	});
	const state = (tab: Page) =>
		tab.evaluate(() => {
			const { state } = (globalThis as unknown as { draft: OpenedDraft }).draft;
			return [state.otherTab, state.draft.words.en?.title ?? null];
		});
	const write = (tab: Page, title: string) =>
		tab.evaluate((title) => {
			const { draft } = globalThis as unknown as { draft: OpenedDraft };
			return draft.change((each) => drafting.edit.setWords(each, 'en', { title }), 'title').ok;
		}, title);
	await other.evaluate(async (id) => {
		Object.assign(globalThis, { draft: await drafting.open(id) });
	}, id);
	expect([await state(phone.page), await state(other)]).toEqual([
		[false, null],
		[true, null]
	]);
	expect(await write(other, 'no')).toBe(false);
	await write(phone.page, 'first');
	await expect.poll(() => state(other)).toEqual([true, 'first']);
	await write(phone.page, 'first, and a word');
	await other.evaluate(() => (globalThis as unknown as { draft: OpenedDraft }).draft.takeOver());
	await expect.poll(() => state(other)).toEqual([false, 'first, and a word']);
	expect(await write(other, 'second')).toBe(true);
	await expect.poll(() => state(phone.page)).toEqual([true, 'second']);
	expect(await write(phone.page, 'no')).toBe(false);
	await other.close();
	await expect.poll(() => state(phone.page)).toEqual([false, 'second']);
});

test('DRA-22 on a full disk the text stays in the tab and is saved once there is room', async () => {
	const id = await phone.page.evaluate(() => drafting.begin());
	const makeRoom = await phone.fillDisk();
	await phone.page.evaluate(async (id) => {
		const draft = await drafting.open(id);
		Object.assign(globalThis, { draft });
		draft.change((each) => drafting.edit.setWords(each, 'en', { goal: 'x'.repeat(1000) }), 'goal');
	}, id);
	const state = () =>
		phone.page.evaluate(() => {
			const { state } = (globalThis as unknown as { draft: OpenedDraft }).draft;
			return {
				fault: state.fault?.code ?? null,
				saving: state.isSaving,
				text: state.draft.words.en?.goal.length ?? 0
			};
		});
	await expect.poll(state).toEqual({ fault: 'storage/full', saving: true, text: 1000 });
	await makeRoom();
	await expect.poll(state, { timeout: 60_000 }).toEqual({ fault: null, saving: false, text: 1000 });
});

test("DRA-1 drafts are the profile's: signing out hides them, forgetting takes them away", async () => {
	const counts = await phone.page.evaluate(async () => {
		const account = { id: 'a', name: 'Khamla', token: 't' };
		await drafting.signedIn(account, true);
		const id = await drafting.begin();
		const draft = await drafting.open(id);
		const canvas = new OffscreenCanvas(20, 20);
		canvas.getContext('2d');
		await draft.addPicture(await canvas.convertToBlob());
		await draft.close();
		const list = () =>
			new Promise<number>((resolve) => {
				const end = drafting.drafts.watch((all) => (resolve(all.length), queueMicrotask(() => end())));
			});
		const here = await list();
		await drafting.signedOut();
		const hidden = [await list(), (await drafting.drafts.open(id)).ok];
		await drafting.signedIn(account, false);
		const back = await list();
		await drafting.drafts.remove(id);
		const removed = await list();
		await drafting.drafts.restore(id);
		const restored = await list();
		await drafting.forgetProfile();
		const left = [
			await drafting.safe.drafts.count(),
			await drafting.safe.draftChanges.count(),
			await drafting.safe.workBlobs.count()
		];
		return { here, hidden, back, removed, restored, left };
	});
	expect(counts).toEqual({ here: 1, hidden: [0, false], back: 1, removed: 0, restored: 1, left: [0, 0, 0] });
});

test('DRA-42 a snapshot is handed in, is replaced by the next one, and goes on after a kill', async () => {
	const id = await phone.page.evaluate(async () => {
		await drafting.signedIn({ id: 'teacher', name: 'Khamla', token: 't' }, true);
		const id = await drafting.begin();
		const draft = await drafting.open(id);
		draft.change((each) => drafting.filled(each));
		await draft.close();
		const server = new drafting.FakeHandIns();
		server.link = 3000;
		const handIns = drafting.createHandIns(drafting.safe, server);
		const handed = await handIns.handIn(id, 'photographed at our workshop');
		if (!handed.ok) throw new Error(JSON.stringify(handed.fault));
		await handIns.run();
		return id;
	});
	await phone.kill();
	const result = await phone.page.evaluate(async (id) => {
		const server = new drafting.FakeHandIns();
		const handIns = drafting.createHandIns(drafting.safe, server);
		const views = () =>
			new Promise<string[]>((resolve) => {
				const end = handIns.watch(
					(all) => (
						resolve(all.map(({ state, replaced }) => `${state}${replaced ? ' replaced' : ''}`)),
						queueMicrotask(() => end())
					)
				);
			});
		await handIns.run();
		const first = await views();
		const draft = await drafting.open(id);
		draft.change((each) => drafting.edit.setWords(each, 'en', { title: 'Another title' }));
		await draft.close();
		const again = await handIns.handIn(id, null);
		await handIns.run();
		return {
			first,
			again: again.ok,
			then: await views(),
			note: [...server.submissions.values()][0]!.request.note
		};
	}, id);
	expect(result).toEqual({
		first: ['in-review'],
		again: true,
		then: ['in-review', 'superseded replaced'],
		note: 'photographed at our workshop'
	});
});
