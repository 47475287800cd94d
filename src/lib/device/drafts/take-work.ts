/** Taking in what is in a `.setara-work` file (DRA-62 to DRA-65): shown first, then all of it or nothing. */
import { fail, ok, type Result } from '../../core/base/result.ts';
import type { Draft } from '../../core/drafts/draft.ts';
import { asTaken, contentOf, relationOf, type Relation } from '../../core/drafts/taken-in.ts';
import { bytesOfDraft } from '../../core/drafts/unsent.ts';
import type { WorkDraft } from '../../core/drafts/work-file.ts';
import { titleOf } from '../../core/drafts/words.ts';
import { draftTables, dropUnnamed } from '../db/drop-drafts.ts';
import type { DraftRow } from '../db/draft-tables.ts';
import { openDatabases, type Databases, type SafeDb } from '../db/schema.ts';
import { storing } from '../db/storing.ts';
import { roomLeft } from '../packages/room.ts';
import { known, profileInUse } from '../progress/profiles.ts';
import type { DraftFault } from './api.ts';
import { owners } from './dexie-drafts.ts';
import { openWork, type OpenedWork } from './open-work.ts';

/** A draft in the file, as it would be taken in. */
export interface FoundDraft {
	/** Of the draft that it becomes, or is already. */
	id: string;
	title: string;
	titleLanguage: string | undefined;
	languages: string[];
	/** Bytes of its texts, pictures and recordings. */
	bytes: number;
	changedAt: number;
	/** When it was handed in, where that had not arrived and it stays the same draft. */
	handedInAt: number | null;
	/** Some of its pictures or recordings are not in the file, because they were lost before. */
	lacks: boolean;
	/** `same`: it stands here just so. `other`: another state of it does, which stays. */
	here: 'new' | 'same' | 'other';
	/** When that other state was changed last. */
	otherChangedAt: number | null;
}

export interface FoundWork {
	/** Who was signed in where the file was made, as the file says. */
	by: string | null;
	made: number;
	relation: Relation;
	drafts: FoundDraft[];
	/** Bytes of texts, pictures and recordings that this phone lacks. */
	needed: number;
	/** Why it does not fit on this phone. */
	fault: DraftFault | null;
	/** Takes in what is not here; answers the drafts that were added. */
	take(onBytes: (done: number) => void): Promise<Result<FoundDraft[], DraftFault>>;
}

/** Looks into a file; nothing of it is stored. */
export async function findWork(
	file: Blob,
	databases: Databases = openDatabases()
): Promise<Result<FoundWork, DraftFault>> {
	const opened = await openWork(file);
	if (!opened.ok) return opened;
	const work = opened.value;
	const found = await storing(async () => {
		const { placed, relation } = await placeAll(databases.safe, work);
		const blobs = await lacking(databases.safe, work, placed);
		const texts = placed
			.filter(({ same }) => !same)
			.map(({ draft }) => bytesOfDraft({ ...draft, files: [] }));
		const bytes = [...texts, ...blobs.map((digest) => work.blobs.get(digest)!)].reduce(
			(sum, size) => sum + size,
			0
		);
		return { placed, relation, bytes, fault: (await overLimit(databases, bytes)) ?? (await overDisk(bytes)) };
	});
	if (!found.ok) return found as Result<never, DraftFault>;
	const { placed, relation, bytes, fault } = found.value;
	return ok({
		by: work.by?.name ?? null,
		made: work.made,
		relation,
		drafts: placed.map((each) => viewOf(work, each)),
		needed: bytes,
		fault,
		take: (onBytes) => take(databases, work, onBytes)
	});
}

interface Placed {
	work: WorkDraft;
	/** As it would stand here. */
	draft: Draft;
	/** The row that is just the same. */
	same: DraftRow | null;
	/** Another state of it. */
	other: Draft | null;
}

/** Finds each draft a place where nothing else stands: what is here is never written over (DRA-64). */
async function placeAll(
	db: SafeDb,
	{ drafts, by }: OpenedWork
): Promise<{ profile: string; relation: Relation; placed: Placed[] }> {
	const { id: profile, account } = await profileInUse(db);
	const profiles = await owners(db);
	const relation = relationOf(by, account?.id ?? null);
	const place = async (work: WorkDraft): Promise<Placed> => {
		let other: Draft | null = null;
		for (let n = 0; ; n++) {
			const draft = await asTaken(work.draft, relation, account?.id ?? profile, n);
			const row = await db.drafts.get(draft.id);
			if (!row) return { work, draft, same: null, other };
			// Somebody else's on a shared phone: they are not told about, and stay.
			if (!profiles.includes(row.profile)) continue;
			if (contentOf(row.draft) === contentOf(draft)) return { work, draft, same: row, other };
			other ??= row.draft;
		}
	};
	const placed: Placed[] = [];
	for (const work of drafts) placed.push(await place(work));
	return { profile, relation, placed };
}

function viewOf({ blobs }: OpenedWork, { work, draft, same, other }: Placed): FoundDraft {
	const title = titleOf(draft);
	return {
		id: draft.id,
		title,
		titleLanguage: draft.languages.find((tag) => draft.words[tag]?.title.trim() === title),
		languages: draft.languages,
		bytes: bytesOfDraft(draft),
		changedAt: draft.changedAt,
		handedInAt: draft.id === work.draft.id ? (work.handedIn?.at ?? null) : null,
		lacks: draft.files.some(({ digest }) => !blobs.has(digest)),
		here: same ? 'same' : other ? 'other' : 'new',
		otherChangedAt: other?.changedAt ?? null
	};
}

/** Digests that the drafts name, the file has, and this phone lacks, also where the draft itself is here. */
async function lacking(db: SafeDb, { blobs }: OpenedWork, placed: readonly Placed[]): Promise<string[]> {
	const digests = [...new Set(placed.flatMap(({ draft }) => draft.files.map(({ digest }) => digest)))];
	const here = new Set(await db.workBlobs.where('digest').anyOf(digests).primaryKeys());
	return digests.filter((digest) => blobs.has(digest) && !here.has(digest));
}

/** The room that the person gave holds what is made here too, when something comes from elsewhere. */
async function overLimit(databases: Databases, needed: number): Promise<DraftFault | null> {
	const left = (await roomLeft(databases)) - (await madeHere(databases.safe));
	return needed > 0 && needed > left
		? fail('work-file/over-limit', { needed, left: Math.max(0, left) }).fault
		: null;
}

/** Bytes of the pictures and recordings of all drafts, as their drafts say. */
async function madeHere(db: SafeDb): Promise<number> {
	const sizes = new Map<string, number>();
	await db.drafts.each(({ draft }) => draft.files.forEach(({ digest, size }) => sizes.set(digest, size)));
	return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

/** What the browser says is left, where it says so. */
async function overDisk(needed: number): Promise<DraftFault | null> {
	const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
	return quota !== undefined && usage !== undefined && needed > quota - usage ? full(needed) : null;
}

const full = (needed: number): DraftFault => fail('work-file/full', { needed }).fault;

/** Another tab changed what is here, or a sweep took bytes away, between looking and writing. */
const TRIES = 3;

async function take(
	databases: Databases,
	work: OpenedWork,
	onBytes: (done: number) => void
): Promise<Result<FoundDraft[], DraftFault>> {
	const { safe } = databases;
	const put: string[] = [];
	const taken = await storing(async (): Promise<Result<FoundDraft[], DraftFault>> => {
		let done = 0;
		for (let tries = 0; tries < TRIES; tries++) {
			const { profile, placed } = await placeAll(safe, work);
			for (const digest of await lacking(safe, work, placed)) {
				const fault = await overLimit(databases, work.blobs.get(digest)!);
				if (fault) return { ok: false, fault };
				const bytes = await work.blob(digest);
				if (!bytes.ok) return bytes;
				put.push(digest);
				await safe.workBlobs.put({ digest, bytes: bytes.value, at: Date.now() });
				onBytes((done += bytes.value.length));
			}
			if (await keep(safe, work, profile, placed)) {
				return ok(placed.filter(({ same }) => !same).map((each) => viewOf(work, each)));
			}
		}
		return fail('storage/closed');
	});
	const answer = taken.ok ? taken.value : (taken as Result<never, DraftFault>);
	if (answer.ok) return answer;
	// Where even that fails they go with the next sweep (DRA-34).
	await storing(() => safe.transaction('rw', draftTables(safe), () => dropUnnamed(safe, Infinity, put)));
	return answer.fault.code === 'storage/full'
		? { ok: false, fault: full([...work.blobs.values()].reduce((sum, size) => sum + size, 0)) }
		: answer;
}

/** Puts all drafts on the list, or, where something is not as it was when their places were found, none: false. */
const keep = (db: SafeDb, work: OpenedWork, profile: string, placed: readonly Placed[]): Promise<boolean> =>
	db.transaction('rw', [db.drafts, db.workBlobs, db.profiles, db.settings], async () => {
		const added = placed.filter(({ same }) => !same);
		const rows = await db.drafts.bulkGet(added.map(({ draft }) => draft.id));
		const isStill = (await known(db))?.id === profile && !rows.some(Boolean);
		if (!isStill || (await lacking(db, work, placed)).length > 0) return false;
		const at = Date.now();
		const from = { by: work.by?.name ?? null, made: work.made, at };
		await db.drafts.bulkPut([
			...added.map(({ work: { handedIn }, draft }): DraftRow => ({
				...{ id: draft.id, profile, draft, position: 0, revision: 0, savedAt: at, removedAt: null },
				from: { ...from, changedAt: draft.changedAt, note: handedIn?.note ?? null }
			})),
			// One that was deleted here is back.
			...placed.flatMap(({ same }) => (same && same.removedAt !== null ? [{ ...same, removedAt: null }] : []))
		]);
		return true;
	});
