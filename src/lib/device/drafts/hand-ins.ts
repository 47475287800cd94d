/** Handing in from this tab: snapshots, the engine that sends them, and what wakes it. Loaded by `open.ts`. */
import { liveQuery } from 'dexie';
import { fail, ok, type Result } from '../../core/base/result.ts';
import type { Draft } from '../../core/drafts/draft.ts';
import { plainName } from '../../core/trust/approval.ts';
import type { HandInRow } from '../db/draft-tables.ts';
import { openDatabases, type SafeDb } from '../db/schema.ts';
import { storing } from '../db/storing.ts';
import { known, newId, profileInUse } from '../progress/profiles.ts';
import { spending } from '../purse.ts';
import { startWaking } from '../waking.ts';
import type { HandInRefusal, HandIns, HandInView } from './api.ts';
import { dexieDrafts, ownDraft } from './dexie-drafts.ts';
import { createHandInEngine, type HandInServer } from './hand-in-engine.ts';
import { httpHandIns } from './hand-in-http.ts';
import { dexieHandIns } from './hand-in-store.ts';
import { viewOf } from './hand-in-view.ts';
import { bytesOf } from './open-files.ts';
import { partsBefore } from './parts-before.ts';
import { takeSnapshot, type Snapshot } from './snapshot.ts';

/** Coming back to a page that was left for this long asks how things stand. */
const STALE = 60_000;
/** States of a version that is out: what is changed after them is the next version. */
const OUT = new Set(['approved', 'published', 'superseded', 'recalled']);

export function createHandIns(db: SafeDb = openDatabases().safe, server?: HandInServer): HandIns {
	const store = dexieHandIns(db);
	// What the person asks for is not held back by the week's budget.
	let isAsked = false;
	const engine = createHandInEngine({
		store,
		server: server ?? httpHandIns((work) => spending(db, 'work', isAsked, work)),
		account: async () => (await known(db))?.account?.id ?? null,
		alone: (work) => ('locks' in navigator ? navigator.locks.request('setara-hand-in', work) : work()),
		now: Date.now,
		chance: Math.random
	});
	const waking = startWaking(engine, STALE);

	return {
		watch(listener) {
			const subscription = liveQuery(async () => viewsOf(await store.rows())).subscribe({
				next: listener,
				error: () => {}
			});
			return () => subscription.unsubscribe();
		},
		async handIn(id, note) {
			const handed = await storing(() => handIn(db, id, note));
			if (!handed.ok) return handed as Result<HandInView, HandInRefusal>;
			if (handed.value.ok) waking.later(0);
			return handed.value;
		},
		async withdraw(id) {
			const stored = await storing(() => withdraw(db, id));
			if (!stored.ok) return stored as Result<null, HandInRefusal>;
			waking.later(0);
			return stored.value ? ok(null) : fail('draft/not-found');
		},
		async run() {
			isAsked = true;
			await waking.run().finally(() => (isAsked = false));
		},
		stop: waking.stop
	};
}

/** Newest first; an older hand-in of the same draft says that it was replaced. */
function viewsOf(rows: readonly HandInRow[]): HandInView[] {
	const newest = new Map(rows.map((row) => [row.draft, row.id]));
	return rows.map((row) => viewOf(row, newest.get(row.draft) !== row.id)).reverse();
}

async function handIn(
	db: SafeDb,
	id: string,
	note: string | null
): Promise<Result<HandInView, HandInRefusal>> {
	const profile = await profileInUse(db);
	if (!profile.account) return fail('hand-in/no-account');
	const stored = await ownDraft(db, id);
	if (!stored || stored.removedAt !== null) return fail('draft/not-found');
	const { draft } = stored;
	const { name } = profile.account;
	// Nobody may sign their own work, so the server refuses work that does not name who hands it in.
	if (!draft.contributors.some((each) => plainName(each.name) === plainName(name))) {
		return fail('hand-in/not-named', { name });
	}
	const bytes = await bytesOf(draft.files, dexieDrafts(db));
	const before = await partsBefore(db, draft.supersedes);
	const snapshot = await takeSnapshot(draft, (digest) => bytes.get(digest), before);
	if (!snapshot.ok) return snapshot;
	return keep(db, profile.id, snapshot.value, draft, note);
}

/** Puts a snapshot on the disk, whole, in the place of one of the same draft that has not left the phone. */
const keep = (
	db: SafeDb,
	profile: string,
	{ row, bytes }: Snapshot,
	handed: Draft,
	note: string | null
): Promise<Result<HandInView, HandInRefusal>> =>
	db.transaction('rw', [db.handIns, db.workBlobs], async () => {
		const before = await db.handIns.where('draft').equals(row.draft).toArray();
		const isOut = before.some(
			({ version, submission }) => version === row.version && OUT.has(submission?.state ?? '')
		);
		if (isOut) return fail('draft/published-already');
		const same = before.find(
			({ manifest, isRefused, task, submission }) =>
				manifest === row.manifest && !isRefused && task !== 'withdraw' && submission?.state !== 'withdrawn'
		);
		if (same && same.withdrawnAt === null) return ok(viewOf(same, false));
		for (const old of before) {
			if (old.submission === null && old.withdrawnAt === null) await db.handIns.delete(old.id);
			else if (old.task === 'send') await db.handIns.put({ ...old, task: 'none', uploads: {} });
		}
		const now = Date.now();
		const added: HandInRow = {
			...row,
			id: newId(),
			profile,
			note,
			createdAt: now,
			handed,
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
		await db.workBlobs.bulkPut([...bytes].map(([digest, each]) => ({ digest, bytes: each, at: now })));
		await db.handIns.put(added);
		return ok(viewOf(added, false));
	});

/** False where there is no such hand-in. What the server has not heard of is taken back at once. */
const withdraw = (db: SafeDb, id: string): Promise<boolean> =>
	db.transaction('rw', [db.handIns], async () => {
		const row = await db.handIns.get(id);
		if (!row) return false;
		if (row.submission || row.triedAt !== null) {
			await db.handIns.put({ ...row, task: 'withdraw', fault: null, isRefused: false });
		} else await db.handIns.put({ ...row, task: 'none', withdrawnAt: Date.now(), fault: null });
		return true;
	});
