/** What a teacher makes as a `.setara-work` file (DRA-60, DRA-61): a picture or recording at a time, never whole in memory. */
import { fail, ok, type Result } from '../../core/base/result.ts';
import type { Elsewhere } from '../../core/drafts/unsent.ts';
import {
	ENDING,
	MAX_DRAFTS_BYTES,
	MOST_DRAFTS,
	writeWorkDraft,
	writeWorkHead,
	type WorkDraft,
	type WorkList
} from '../../core/drafts/work-file.ts';
import { openDatabases, type SafeDb } from '../db/schema.ts';
import { storing } from '../db/storing.ts';
import type { FileToWrite } from '../packages/export.ts';
import { known } from '../progress/profiles.ts';
import type { DraftFault } from './api.ts';
import { ownDraft, owners } from './dexie-drafts.ts';
import { isUnsent } from './waiting.ts';

export interface WorkToWrite extends FileToWrite {
	/** Some of its pictures or recordings are no longer on this phone. */
	lacks: boolean;
	/** To be called once it is written: what is in it is not on this phone alone. */
	filed(): Promise<void>;
}

/** A draft: as it is now, or as it was handed in where that has not arrived. */
export interface Wanted {
	draft: string;
	asHandedIn?: boolean;
}

/**
 * Makes ready a file of these drafts, as many of them as one file holds. `draft/not-found` where none of them is here.
 * @param wanted each draft once
 */
export async function writeWork(
	wanted: readonly Wanted[],
	db: SafeDb = openDatabases().safe
): Promise<Result<WorkToWrite, DraftFault>> {
	const made = await storing(() => make(db, wanted));
	return made.ok ? made.value : (made as Result<never, DraftFault>);
}

async function make(db: SafeDb, wanted: readonly Wanted[]): Promise<Result<WorkToWrite, DraftFault>> {
	const profile = await known(db);
	const drafts: [name: string, bytes: Uint8Array][] = [];
	const works: WorkDraft[] = [];
	const sizes = new Map<string, number>();
	let left = MAX_DRAFTS_BYTES;
	for (const each of wanted) {
		const work = await workOf(db, each);
		if (!work) continue;
		const bytes = writeWorkDraft(work);
		if (works.length === MOST_DRAFTS || bytes.length > left) break;
		left -= bytes.length;
		works.push(work);
		drafts.push([`draft/${work.draft.id}`, bytes]);
		for (const { digest, size } of work.draft.files) sizes.set(digest, size);
	}
	if (works.length === 0) return fail('draft/not-found');
	const here = new Set(
		await db.workBlobs
			.where('digest')
			.anyOf([...sizes.keys()])
			.primaryKeys()
	);
	const blobs = [...sizes].filter(([digest]) => here.has(digest));
	const made = Date.now();
	const list: WorkList = {
		made,
		by: profile?.account ? { account: profile.account.id, name: profile.account.name } : null,
		entries: [
			...drafts.map(([name, bytes]): [string, number] => [name, bytes.length]),
			...blobs.map(([digest, size]): [string, number] => [`blob/${digest}`, size])
		]
	};
	const head = writeWorkHead(list);
	return ok({
		name: `${works.length === 1 ? works[0]!.draft.package : 'setara'}-${new Date(made).toISOString().slice(0, 10)}${ENDING}`,
		bytes: list.entries.reduce((sum, [, size]) => sum + size, head.length),
		lacks: blobs.length < sizes.size,
		async *pieces() {
			yield head as Uint8Array<ArrayBuffer>;
			for (const [, bytes] of drafts) yield bytes as Uint8Array<ArrayBuffer>;
			for (const [digest, size] of blobs) {
				const row = await db.workBlobs.get(digest);
				// It was taken away since the list was made, of which the file must not differ.
				if (row?.bytes.length !== size) throw new Error(`${digest} is gone`);
				yield row.bytes as Uint8Array<ArrayBuffer>;
			}
		},
		filed: () => noteFiled(db, works, made)
	});
}

/** The draft as it is here; where it is not here any more, or if asked for, what was handed in of it and has not arrived. */
async function workOf(db: SafeDb, { draft: id, asHandedIn }: Wanted): Promise<WorkDraft | null> {
	const row = await ownDraft(db, id);
	const now = row?.removedAt === null ? row.draft : undefined;
	const profiles = await owners(db);
	const unsent = (await db.handIns.where('draft').equals(id).toArray()).find(
		(each) => isUnsent(each) && profiles.includes(each.profile)
	);
	const draft = asHandedIn || !now ? unsent?.handed : now;
	if (!draft) return null;
	// Anything that changed since makes it another state than the one that was handed in.
	const isHanded = unsent?.handed?.changedAt === draft.changedAt;
	return { draft, handedIn: isHanded ? { at: unsent!.createdAt, note: unsent!.note } : null };
}

const noteFiled = (db: SafeDb, works: readonly WorkDraft[], at: number): Promise<void> =>
	db.transaction('rw', [db.drafts, db.handIns], async () => {
		for (const { draft, handedIn } of works) {
			const filed: Elsewhere = { at, changedAt: draft.changedAt };
			const row = await db.drafts.get(draft.id);
			if (row && row.draft.changedAt >= draft.changedAt)
				await db.drafts.put({ ...row, filed: later(row.filed, filed) });
			if (!handedIn) continue;
			const rows = await db.handIns.where('draft').equals(draft.id).toArray();
			for (const each of rows.filter(isUnsent)) await db.handIns.put({ ...each, filedAt: at });
		}
	});

/** An older state in a newer file does not take the place of a newer one. */
const later = (one: Elsewhere | undefined, other: Elsewhere): Elsewhere =>
	one && one.changedAt > other.changedAt ? one : other;
