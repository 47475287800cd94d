/** Sync in this tab: the engine over the phone's store, and what wakes it. Loaded when the page is at rest. */
import { liveQuery } from 'dexie';
import { Done } from '../../core/protocol/account.ts';
import { openDatabases } from '../db/schema.ts';
import { dexieStore } from '../progress/dexie-store.ts';
import { known, newId } from '../progress/profiles.ts';
import { onRecorded } from '../progress/progress.ts';
import { createEngine, type Activity } from './engine.ts';
import { ask } from '../ask.ts';
import { spending } from '../purse.ts';
import { startWaking } from '../waking.ts';
import { postSync } from './http.ts';
import { groupOutbox, type OutboxGroup } from './outbox.ts';

/** A few things that are done one after the other go in one push. */
const AFTER_RECORD = 3_000;
/** Coming back to a page that was left for this long looks for what other devices did. */
const STALE = 5 * 60_000;

/** What the state sheet shows of the profile in use. */
export interface SyncView {
	account: { id: string; name: string } | null;
	/** Whether this phone may send for it; false: sign in to send. */
	canSend: boolean;
	waiting: number;
	/** When the first of it was done, milliseconds; null where nothing waits. */
	oldest: number | null;
	groups: OutboxGroup[];
	/** When something last reached the server, milliseconds. */
	sentAt: number | null;
}

export interface Sync {
	/** Calls with what waits and what was sent, now and after each change in any tab; answers what ends it. */
	watch(listener: (view: SyncView) => void): () => void;
	/** Tries now. */
	run(): Promise<void>;
	/** Ends what wakes it. */
	stop(): void;
}

export function startSync(onChange: (activity: Activity) => void): Sync {
	const db = openDatabases().safe;
	// What the person asks for is not held back by the week's budget.
	let isAsked = false;
	const engine = createEngine({
		store: dexieStore(db),
		send: (request, token) => spending(db, 'progress', isAsked, (purse) => postSync(request, token, purse)),
		giveUpToken: async (token) =>
			(
				await ask('/api/account/sign-out', Done, {
					method: 'POST',
					credentials: 'omit',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify({ token })
				})
			).ok,
		inUse: async () => (await known(db))?.id ?? null,
		alone: (work) => ('locks' in navigator ? navigator.locks.request('setara-sync', work) : work()),
		now: Date.now,
		newId,
		chance: Math.random,
		onChange
	});
	const waking = startWaking(engine, STALE);
	const endRecorded = onRecorded(() => waking.later(AFTER_RECORD));

	return {
		watch(listener) {
			const subscription = liveQuery(async () => view(db)).subscribe({ next: listener, error: () => {} });
			return () => subscription.unsubscribe();
		},
		async run() {
			isAsked = true;
			await waking.run().finally(() => (isAsked = false));
		},
		stop() {
			waking.stop();
			endRecorded();
		}
	};
}

async function view(db: ReturnType<typeof openDatabases>['safe']): Promise<SyncView> {
	const profile = await known(db);
	if (!profile) return { account: null, canSend: false, waiting: 0, oldest: null, groups: [], sentAt: null };
	const { id, account, token, last, received, sentAt } = profile;
	const rows = await db.events.where('[profile+id]').between([id, ''], [id, '\uffff']).toArray();
	return {
		account,
		canSend: token !== null,
		waiting: last - received,
		oldest: oldestOf(rows.find(({ seq }) => seq === received + 1)),
		groups: groupOutbox(rows, received),
		sentAt
	};
}

/** Its id says when it was made (UUID version 7). */
const oldestOf = (row: { id: string } | undefined): number | null =>
	row ? parseInt(row.id.replace('-', '').slice(0, 12), 16) : null;
