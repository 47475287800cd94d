/** What an expert looks at: a submission, its units now and before, its files (REV-14 to REV-19). */
import type { Readable } from 'node:stream';
import { brotliCompress } from 'node:zlib';
import { promisify } from 'node:util';
import { fail, ok } from '../../core/base/result.ts';
import type { UnitUrls } from '../../core/lessons/compose.ts';
import type { Queue, ReviewPage } from '../../core/protocol/review.ts';
import type { ReviewUnit } from '../../core/review/unit.ts';
import { changedIn } from '../../core/review/diff.ts';
import type { Reviewed } from '../../core/review/faults.ts';
import { mayAct, mayMove } from '../../core/review/policy.ts';
import { whyNotCounting } from '../../core/review/standing.ts';
import { digestOf, statementIn } from '../../core/trust/statement.ts';
import { keep } from '../base/kept.ts';
import { encodeFrame } from '../packages/frame.ts';
import type { PublishedVersion } from '../packages/versions.ts';
import { expertOf } from './experts.ts';
import { actorOf, mayRead, readBlobOf, registerOf, type ReviewGround } from './ground.ts';
import { GONE, type ReviewPerson } from './people.ts';
import { recallsInForce, recallStatements } from './recall.ts';
import { pageOf, partsOf, type Snapshot } from './snapshot.ts';
import { findSubmission, logOf, type SubmissionRow } from './submission-rows.ts';
import { makerOf } from './taken-in.ts';
import { standingIn, versionBefore, viewSubmission } from './views.ts';

const compress = promisify(brotliCompress);

/** A submission that this person may look into, with its text. */
async function opened(
	ground: ReviewGround,
	person: ReviewPerson,
	id: string
): Promise<Reviewed<{ row: SubmissionRow; snapshot: Snapshot }>> {
	const row = await findSubmission(ground.database.pool, id);
	// Who may not see it is told the same as where there is none.
	if (!row || !mayRead(person, row.author)) return fail('review/unknown-submission');
	const snapshot = await ground.snapshots.byManifest(row.manifest);
	return snapshot
		? ok({ row, snapshot })
		: fail('review/wrong-state', { state: row.state, action: 'comment' });
}

/** Everything about a submission but the units themselves. */
export async function readReview(
	ground: ReviewGround,
	person: ReviewPerson,
	id: string
): Promise<Reviewed<ReviewPage>> {
	const found = await opened(ground, person, id);
	if (!found.ok) return found;
	const { row, snapshot } = found.value;
	const { shared, languages } = snapshot;
	const before = await versionBefore(ground, row, snapshot);
	const log = await logOf(ground.database.pool, id);
	const people = await ground.credits([row.author, ...log.flatMap(({ actor }) => actor ?? [])]);
	const changes = await changesOf(ground, snapshot, before);
	return ok({
		submission: await viewSubmission(ground, row, snapshot),
		maker: people.get(row.author) ?? makerOf(row.author, snapshot),
		note: row.note,
		before: before && { version: before.shared.version, manifest: before.manifest.digest },
		shared: { digest: shared.digest, changed: before?.shared.digest !== shared.digest },
		updateBytes: before && (await updateBytes(ground, snapshot, before)),
		units: shared.part.modules
			.flatMap((module) => module.units)
			.map(({ id: unit, kind }) => ({
				...{ id: unit, kind, changed: changes.get(unit) ?? [] },
				titles: Object.fromEntries([...languages].map(([tag, { part }]) => [tag, part.units[unit]!.title]))
			})),
		log: log.map(({ at, actor, action, detail }) => ({
			...{ at: at.toISOString(), action, who: actor && (people.get(actor) ?? GONE).name },
			detail: wordsIn(detail)
		})),
		recalls: await recallsNow(ground, row, snapshot),
		me: await standsFor(ground, person, row, snapshot)
	});
}

/** The recalls in force, each with the parts that its statement names. */
async function recallsNow(
	ground: ReviewGround,
	{ package_id }: SubmissionRow,
	snapshot: Snapshot
): Promise<ReviewPage['recalls']> {
	const statements = await recallStatements(ground.database.pool, package_id);
	const register = statements.length > 0 ? await registerOf(ground) : null;
	if (!register?.ok) return [];
	const inForce = await recallsInForce(snapshot, statements, register.value);
	const parts = new Map<string, string[]>();
	for (const envelope of statements) {
		const named = statementIn(envelope)?.subject.map(({ name }) => name);
		const digest = await digestOf(envelope);
		if (named && digest) parts.set(digest, named);
	}
	return inForce.map(({ digest, units, reason, replacement, by }) => ({
		...{ digest, units, reason, replacement, parts: parts.get(digest)! },
		by: { name: by.name, party: by.party, date: by.date }
	}));
}

/** With the day by which each is to be looked at again, which its shared part says. */
export async function withReviewBy(ground: ReviewGround, queue: Queue): Promise<Queue> {
	const { rows } = await ground.database.pool.query<{ id: string; author: string; manifest: string }>(
		'select id, author, manifest from submissions where id = any($1)',
		[queue.entries.map(({ id }) => id)]
	);
	const known = new Map(rows.map((row) => [row.id, row]));
	const entries = queue.entries.map(async (entry) => {
		const { author, manifest } = known.get(entry.id)!;
		const snapshot = await ground.snapshots.byManifest(manifest);
		if (!snapshot) return entry;
		const maker = entry.maker === GONE ? makerOf(author, snapshot) : entry.maker;
		return { ...entry, maker, reviewBy: snapshot.shared.part.reviewBy };
	});
	return { ...queue, entries: await Promise.all(entries) };
}

/** What a row of the log says in words, or which languages it is about. */
function wordsIn(detail: Record<string, unknown>): string | null {
	const { text, reason, languages } = detail;
	const said = text ?? reason ?? (Array.isArray(languages) ? languages.join(', ') : null);
	return typeof said === 'string' && said !== '' ? said : null;
}

async function standsFor(
	ground: ReviewGround,
	person: ReviewPerson,
	row: SubmissionRow,
	snapshot: Snapshot
): Promise<ReviewPage['me']> {
	const known = await expertOf(ground, person.id);
	const version = partsOf(snapshot);
	const actor = actorOf(person, row.author, version, known);
	const may = (action: 'comment' | 'ask-changes' | 'recall'): boolean =>
		mayMove(row.state, action) && mayAct(action, actor).ok;
	const standing = await standingIn(ground, snapshot);
	const reason = (language: string) => {
		if (known && !known.expert) return 'review/key-not-enrolled' as const;
		const why = whyNotCounting(version, language, known?.expert ?? null, standing![language]!);
		// Whoever handed it in is no judge of it, whatever name the parts carry.
		return why === null && actor !== 'server' && actor.isMaker ? ('review/contributor' as const) : why;
	};
	return {
		expert: known?.id ?? null,
		counts: Object.fromEntries(
			[...snapshot.languages.keys()].map((tag) => [tag, standing ? reason(tag) : 'review/no-key'])
		),
		mayComment: may('comment'),
		mayAskChanges: may('ask-changes'),
		mayRecall: may('recall')
	};
}

const comparisons = keep<Map<string, string[]>>(200, () => 1);

/** By unit, the languages (and `shared`) in which it differs from the version that is out. */
function changesOf(
	ground: ReviewGround,
	now: Snapshot,
	before: PublishedVersion | null
): Promise<Map<string, string[]>> {
	const key = `${before?.manifest.digest ?? ''} ${now.manifest.digest}`;
	return comparisons.get(key, async () => {
		const changes = new Map<string, string[]>();
		if (!before) return changes;
		const old = asSnapshot(ground, before);
		const units = now.shared.part.modules.flatMap((module) => module.units);
		for (const { id } of units) {
			const changed = new Set<string>();
			for (const language of now.languages.keys()) {
				const [was, is] = [
					await pageOf(old, language, id, NOWHERE),
					await pageOf(now, language, id, NOWHERE)
				];
				const differs = changedIn(was, is);
				if (differs.shared) changed.add('shared');
				if (differs.language) changed.add(language);
			}
			changes.set(id, [...changed]);
		}
		return changes;
	});
}

const NOWHERE: UnitUrls = {
	media: ({ digest }) => ({ url: digest, here: false }),
	simulation: (simulation) => simulation
};

const asSnapshot = (ground: ReviewGround, { manifest, shared, languages }: PublishedVersion): Snapshot => {
	const parts = new Map([...languages].map(([tag, { part }]) => [tag, part]));
	return {
		...{ manifest, shared, languages: parts },
		files: (name) => ground.versions.files(name === 'shared' ? shared : parts.get(name)!)
	};
};

const frames = keep<number>(2000, () => 1);

/** What a phone with the version before fetches for the source language's text: new packs, as frames, and manifests. */
async function updateBytes(ground: ReviewGround, now: Snapshot, before: PublishedVersion): Promise<number> {
	const read = readBlobOf(ground);
	const [language, part] = now.languages.entries().next().value!;
	const had = [before.shared, before.languages.get(language)?.part].map((each) => each?.part.pack.digest);
	const packs = [now.shared, part]
		.map((each) => each.part.pack.digest)
		.filter((digest) => !had.includes(digest));
	const sizes = packs.map((digest) =>
		frames.get(digest, async () => (await encodeFrame((await read(digest))!)).length)
	);
	const manifests = [now.manifest.digest, now.shared.digest, part.digest].map((digest) =>
		frames.get(digest, async () => (await compress((await read(digest))!)).length)
	);
	return (await Promise.all([...sizes, ...manifests])).reduce((sum, size) => sum + size, 0);
}

/** A unit as learners see it, now and in the version that is out. */
export async function readReviewUnit(
	ground: ReviewGround,
	person: ReviewPerson,
	{ id, unit, language }: { id: string; unit: string; language: string }
): Promise<Reviewed<ReviewUnit>> {
	const found = await opened(ground, person, id);
	if (!found.ok) return found;
	const { row, snapshot } = found.value;
	const before = await versionBefore(ground, row, snapshot);
	const now = await pageOf(snapshot, language, unit, reviewUrls(id));
	const was =
		before && (await pageOf(asSnapshot(ground, before), language, unit, publicUrls(row.package_id)));
	return now || was ? ok({ now, before: was }) : fail('review/unknown-unit');
}

const reviewUrls = (id: string): UnitUrls => ({
	media: ({ digest }) => ({ url: `/api/review/${id}/file/${digest}`, here: false }),
	// Micro-courses and work cases have none.
	simulation: () => ''
});

const publicUrls = (packageId: string): UnitUrls => ({
	media: ({ digest, path }) => ({
		url: `/media/${digest}.${path.slice(path.lastIndexOf('.') + 1)}`,
		here: false
	}),
	simulation: (simulation, tag) => `/sim/${packageId}/${simulation}/${tag}`
});

export interface ReviewFile {
	size: number;
	mediaType: string;
	stream: (start: number, end: number) => Promise<Readable>;
}

/** A medium of a submission, for the committee and its author only, under the type that the checked part gives it. */
export async function readReviewFile(
	ground: ReviewGround,
	person: ReviewPerson,
	id: string,
	digest: string
): Promise<Reviewed<ReviewFile>> {
	const found = await opened(ground, person, id);
	if (!found.ok) return found;
	const { shared, languages } = found.value.snapshot;
	const file = [shared, ...languages.values()]
		.flatMap(({ part }) => part.files)
		.find((each) => each.digest === digest);
	if (!file) return fail('review/unknown-file');
	for (const store of [ground.incoming, ground.blobs]) {
		if ((await store.size(digest)) !== file.size) continue;
		const { size, mediaType } = file;
		return ok({ size, mediaType, stream: (start, end) => store.stream(digest, start, end) });
	}
	return fail('review/unknown-file');
}
