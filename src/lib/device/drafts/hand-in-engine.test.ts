import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { aDraft, filled } from '../../../../tests/factories/drafts.ts';
import {
	FakeHandIns,
	memoryHandIns,
	type MemoryHandIns
} from '../../../../tests/factories/hand-in-server.ts';
import { setWords } from '../../core/drafts/edit.ts';
import type { HandInRow } from '../db/draft-tables.ts';
import { createHandInEngine } from './hand-in-engine.ts';
import { viewOf } from './hand-in-view.ts';
import { takeSnapshot } from './snapshot.ts';

const DRAFT = filled(aDraft());
let store: MemoryHandIns;
let server: FakeHandIns;

/** Puts a snapshot of a draft on the phone, as handing in does, with a clip of some bytes beside it. */
async function handIn(draft = DRAFT, clip = 600_000, id = 'one'): Promise<HandInRow> {
	const snapshot = await takeSnapshot(draft, () => undefined);
	if (!snapshot.ok) throw new Error(JSON.stringify(snapshot.fault));
	const { row, bytes } = snapshot.value;
	const video = { digest: 'c'.repeat(64), size: clip, role: 'video' as const };
	bytes.set(video.digest, new Uint8Array(clip).fill(7));
	for (const [digest, each] of bytes) store.bytes.set(digest, each);
	const added: HandInRow = {
		...row,
		id,
		blobs: [...row.blobs, video],
		profile: 'me',
		note: null,
		createdAt: store.all.size,
		arrived: [],
		uploads: {},
		task: 'send',
		submission: null,
		askedAt: null,
		fault: null,
		isRefused: false,
		triedAt: null,
		withdrawnAt: null
	};
	store.all.set(id, added);
	return added;
}

const engine = () =>
	createHandInEngine({
		store,
		server,
		account: async () => 'teacher',
		alone: (work) => work(),
		now: () => 1000,
		chance: () => 0.5
	});
const row = (id = 'one') => store.all.get(id)!;

beforeEach(() => {
	store = memoryHandIns();
	server = new FakeHandIns();
});

describe('handing in', () => {
	it('DRA-41 sends the manifest and text first, media last, and each blob once', async () => {
		const { blobs } = await handIn();
		await engine().run();
		expect(server.order).toEqual(blobs.map(({ digest }) => digest));
		expect(blobs.map(({ role }) => role)).toEqual([
			'manifest',
			'part',
			'part',
			'part',
			'pack',
			'pack',
			'pack',
			'video'
		]);
		expect(row()).toMatchObject({ task: 'none', uploads: {}, fault: null });
		expect(viewOf(row(), false)).toMatchObject({ state: 'in-review', sent: server.sent });
		const { sent } = server;
		await engine().run();
		expect(server.sent).toBe(sent);
	});

	it('DRA-42 nothing goes twice over a link that breaks again and again, whatever is killed between', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 400_000 }), { maxLength: 20 }), async (cuts) => {
				store = memoryHandIns();
				server = new FakeHandIns();
				const { blobs } = await handIn();
				for (const bytes of cuts) {
					server.link = bytes;
					// A new engine each time: the tab was killed.
					await engine().run();
				}
				server.link = Infinity;
				await engine().run();
				expect(row().task).toBe('none');
				expect(server.sent).toBe(blobs.reduce((sum, { size }) => sum + size, 0));
			}),
			{ numRuns: 30 }
		);
	});

	it('DRA-41 what the server has is not sent', async () => {
		const { blobs } = await handIn();
		await engine().run();
		const { sent } = server;
		const changed = setWords(DRAFT, 'en', { title: 'Strip a cable' });
		row().task = 'none';
		await handIn(changed, 600_000, 'two');
		await engine().run();
		// The clip and the other language's text stay; manifest, part and pack of English are new.
		expect(server.sent - sent).toBeLessThan(blobs.reduce((sum, { size }) => sum + size, 0) - 600_000);
		expect(row('two').task).toBe('none');
	});

	it('DRA-43 without a link it is on this phone, then sending, and says why it waits', async () => {
		await handIn();
		expect(viewOf(row(), false)).toMatchObject({ state: 'here', sent: 0 });
		server.link = 0;
		const offline = engine();
		await offline.run();
		expect(row().fault).toEqual({ code: 'network/offline' });
		expect(offline.pause()).toBeGreaterThan(0);
		server.link = 4000;
		await engine().run();
		expect(viewOf(row(), false)).toMatchObject({ state: 'sending' });
		expect(viewOf(row(), false).sent).toBeGreaterThan(0);
	});

	it('DRA-44 what the server refuses is not sent again by itself', async () => {
		await handIn();
		server.refuse = 'hand-in/suspended';
		const refused = engine();
		await refused.run();
		expect(row()).toMatchObject({ isRefused: true, fault: { code: 'hand-in/suspended', message: 'No.' } });
		expect(refused.pause()).toBeNull();
		server.refuse = null;
		await engine().run();
		expect(server.submissions.size).toBe(0);
	});

	it('DRA-45 another account that is signed in sends nothing of it', async () => {
		await handIn();
		server.who = 'somebody-else';
		await engine().run();
		expect(server.submissions.size).toBe(0);
		expect(row().fault).toEqual({ code: 'account/signed-out' });
	});

	it('DRA-46 is withdrawn as soon as there is a link, also when the answer to the hand-in was lost', async () => {
		await handIn();
		server.link = 100;
		await engine().run();
		store.all.set('one', { ...row(), task: 'withdraw', submission: null });
		expect(viewOf(row(), false).state).toBe('withdrawing');
		server.link = Infinity;
		await engine().run();
		expect(viewOf(row(), false).state).toBe('withdrawn');
		expect([...server.submissions.values()].map(({ state }) => state)).toEqual(['withdrawn']);
	});

	it('DRA-43 what the committee says is kept for reading without a link', async () => {
		await handIn();
		const asking = engine();
		await asking.run();
		const [submission] = server.submissions.values();
		Object.assign(submission!, {
			state: 'changes-asked',
			asked: { text: 'Show the tool.', by: 'A', at: 'x' }
		});
		expect(asking.pause()).toBeGreaterThan(60_000);
		await asking.run();
		expect(row()).toMatchObject({ submission: { asked: { text: 'Show the tool.' } }, askedAt: 1000 });
	});

	it('DRA-40 what is missing is said before anything is stored', async () => {
		const refused = await takeSnapshot(aDraft(), () => undefined);
		expect(refused).toMatchObject({ ok: false, fault: { code: 'draft/not-ready' } });
	});

	it('DRA-40 the same draft gives the same snapshot', async () => {
		const [one, other] = [
			await takeSnapshot(DRAFT, () => undefined),
			await takeSnapshot(DRAFT, () => undefined)
		];
		expect(one).toEqual(other);
	});
});
