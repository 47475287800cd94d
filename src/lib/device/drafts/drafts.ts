/** The drafts of the profile in use: list, begin, open, remove (DRA-1 to DRA-3). Loaded by `open.ts`. */
import { liveQuery } from 'dexie';
import { fail, ok } from '../../core/base/result.ts';
import { toHex } from '../../core/base/hash.ts';
import type { Draft } from '../../core/drafts/draft.ts';
import { fromTemplate } from '../../core/drafts/templates.ts';
import { titleOf } from '../../core/drafts/words.ts';
import type { DraftRow } from '../db/draft-tables.ts';
import { openDatabases, type SafeDb } from '../db/schema.ts';
import { storing } from '../db/storing.ts';
import { newId, profileInUse } from '../progress/profiles.ts';
import { adaptSaved, reviseSaved } from './adapt-saved.ts';
import type { Drafted, Drafts, DraftSummary, OpenDraft } from './api.ts';
import { dexieDrafts, owners, ownDraft } from './dexie-drafts.ts';
import { viewOf } from './hand-in-view.ts';
import { openSession } from './open-draft.ts';
import { openFiles } from './open-files.ts';
import { dexieRecordings } from './recordings.ts';
import { sweepDrafts } from './sweep.ts';
import { claimTurn } from './turn.ts';

export function createDrafts(db: SafeDb = openDatabases().safe): Drafts {
	const store = dexieDrafts(db);
	void sweepDrafts(db, Date.now()).catch(() => {});

	async function add(draft: Draft): Drafted<string> {
		const { id: profile } = await profileInUse(db);
		const row = {
			id: draft.id,
			profile,
			draft,
			position: 0,
			revision: 0,
			savedAt: Date.now(),
			removedAt: null
		};
		const stored = await storing(() => db.drafts.put(row));
		return (stored.ok ? ok(draft.id) : stored) as Awaited<Drafted<string>>;
	}

	async function setRemoved(id: string, removedAt: number | null): Drafted<null> {
		const stored = await storing(() =>
			db.transaction('rw', [db.drafts, db.profiles, db.settings], async () => {
				const row = await ownDraft(db, id);
				if (row) await db.drafts.put({ ...row, removedAt });
				return row !== undefined;
			})
		);
		if (!stored.ok) return stored as Awaited<Drafted<null>>;
		return stored.value ? ok(null) : fail('draft/not-found');
	}

	return {
		watch(listener) {
			// `async`, or Dexie would see only the first thing that it asks for.
			const query = liveQuery(async () => listDrafts(db));
			const subscription = query.subscribe({ next: listener, error: () => {} });
			return () => subscription.unsubscribe();
		},
		create: (start) => add(fromTemplate(start, made(start.template === 'work-case' ? 'case' : 'course'))),
		async takeIn(draft, bytes) {
			const stored = await storing(() =>
				db.workBlobs.bulkPut([...bytes].map(([digest, each]) => ({ digest, bytes: each, at: Date.now() })))
			);
			return stored.ok ? add(draft) : (stored as Awaited<Drafted<string>>);
		},
		async adapt(from, languages, who) {
			const adapted = await adaptSaved(from, languages, who, made('course'));
			return adapted.ok ? this.takeIn(adapted.value.draft, adapted.value.bytes) : adapted;
		},
		async revise(packageId, languages) {
			const revised = await reviseSaved(packageId, languages, made('course'));
			return revised.ok ? this.takeIn(revised.value.draft, revised.value.bytes) : revised;
		},
		async open(id) {
			const opened = await storing(() => openSession(id, { store, claimTurn, now: Date.now }));
			if (!opened.ok) return opened as Awaited<Drafted<OpenDraft>>;
			const from = (await ownDraft(db, id))?.from ?? null;
			return opened.value ? ok(withFiles(opened.value, db, from)) : fail('draft/not-found');
		},
		remove: (id) => setRemoved(id, Date.now()),
		restore: (id) => setRemoved(id, null)
	};
}

/** Ids of a new draft. `package`: an id that nobody else makes up, and that stays. */
const made = (beginning: string): { id: string; package: string; now: number } => ({
	id: newId(),
	package: `${beginning}-${toHex(crypto.getRandomValues(new Uint8Array(6)))}`,
	now: Date.now()
});

/** Ties writing and files of one open draft together, and saves when the page goes out of sight. */
function withFiles(
	session: Awaited<ReturnType<typeof openSession>> & object,
	db: SafeDb,
	from: OpenDraft['from']
): OpenDraft {
	const { end, ...files } = openFiles(session, dexieDrafts(db), dexieRecordings(db));
	const flush = () => void session.flush();
	const onHidden = () => document.visibilityState === 'hidden' && flush();
	const onLeave = (event: BeforeUnloadEvent) => {
		flush();
		// Only what the disk refused is worth holding somebody up for.
		if (session.state.fault) event.preventDefault();
	};
	document.addEventListener('visibilitychange', onHidden);
	window.addEventListener('pagehide', flush);
	window.addEventListener('beforeunload', onLeave);
	return {
		from,
		get state() {
			return session.state;
		},
		watch: (listener) => session.watch(listener),
		change: (edit, place) => session.change(edit, place),
		undo: () => session.undo(),
		redo: () => session.redo(),
		flush: () => session.flush(),
		takeOver: () => session.takeOver(),
		...files,
		async close() {
			document.removeEventListener('visibilitychange', onHidden);
			window.removeEventListener('pagehide', flush);
			window.removeEventListener('beforeunload', onLeave);
			await session.close();
			end();
		}
	};
}

async function listDrafts(db: SafeDb): Promise<DraftSummary[]> {
	const profiles = await owners(db);
	const rows = await db.drafts.where('profile').anyOf(profiles).toArray();
	const handIns = await db.handIns.where('profile').anyOf(profiles).toArray();
	const summary = ({ id, draft }: DraftRow): DraftSummary => {
		const own = handIns.filter((each) => each.draft === id).sort((a, b) => b.createdAt - a.createdAt);
		return {
			id,
			package: draft.package,
			version: draft.version,
			kind: draft.kind,
			sector: draft.sector,
			title: titleOf(draft),
			languages: draft.languages,
			units: draft.units.length,
			bytes: draft.files.reduce((sum, { size }) => sum + size, 0),
			changedAt: draft.changedAt,
			handIn: own[0] ? viewOf(own[0], false) : null
		};
	};
	return rows
		.filter(({ removedAt }) => removedAt === null)
		.map(summary)
		.sort((one, other) => other.changedAt - one.changedAt);
}
