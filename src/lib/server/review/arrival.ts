/**
 * What happens as the blobs of a hand-in arrive (HND-10, HND-20): once its text is whole the checks run and experts may
 * read; each medium is looked at when it comes; when the last one is here, what was approved meanwhile goes out.
 */
import { ok, type Fault, type Result } from '../../core/base/result.ts';
import type { SubmissionState } from '../../core/protocol/submission-states.ts';
import { checkHandIn, rebuildFault, sourceFaults, type CheckFault, type HandInGround } from './checks.ts';
import { noteWaiting } from './approve.ts';
import { readBlobOf, registerOf } from './ground.ts';
import { moveTo } from './log.ts';
import { publishApproved } from './publish.ts';
import { contributorMarks } from './queue.ts';
import { partsOf } from './snapshot.ts';
import {
	blobsOf,
	hasAction,
	isReceived,
	keepFaults,
	keepText,
	markGone,
	markReceived,
	readerOf,
	unfinished,
	wanting,
	type BlobRow
} from './repository.ts';
import { findSubmission, type SubmissionRow } from './submission-rows.ts';
import { readText, type HandedText } from './text.ts';

const TEXT: readonly string[] = ['manifest', 'part', 'pack'];
const isWhole = (blobs: readonly BlobRow[]): boolean => blobs.every(({ received }) => received);
const textOf = (blobs: readonly BlobRow[]): BlobRow[] => blobs.filter(({ role }) => TEXT.includes(role));

/** One thing at a time for each submission; uploads lie on this machine's disk, so this process is the only one. */
const turns = new Map<string, Promise<unknown>>();
function alone<Value>(id: string, work: () => Promise<Value>): Promise<Value> {
	const done = (turns.get(id) ?? Promise.resolve()).then(work);
	const settled = done.catch(() => {});
	turns.set(id, settled);
	void settled.then(() => turns.get(id) === settled && turns.delete(id));
	return done;
}

/** Does what can be done with the blobs that are here; doing it again changes nothing. */
export const proceed = (ground: HandInGround, id: string, now: number): Promise<void> =>
	alone(id, () => goOn(ground, id, now));

/**
 * A blob of this person is in the store. A medium that its part does not describe, or that says where it was made, is
 * taken out again, and what it belongs to is refused; answers the fault then.
 */
export async function arrived(
	ground: HandInGround,
	author: string,
	digest: string,
	now: number
): Promise<Result<null, Fault>> {
	const { pool } = ground.database;
	let bad: Fault | null = null;
	for (const id of await wanting(pool, author, digest)) {
		bad = (await alone(id, () => arrive(ground, id, digest, now))) ?? bad;
	}
	// What it belonged to was taken back while it came.
	if (!(await isReceived(pool, digest))) await ground.incoming.remove(digest);
	return bad ? { ok: false, fault: bad } : ok(null);
}

async function arrive(ground: HandInGround, id: string, digest: string, now: number): Promise<Fault | null> {
	const { pool } = ground.database;
	await markReceived(pool, id, digest, now);
	const row = await findSubmission(pool, id);
	const blobs = await blobsOf(pool, id);
	const blob = blobs.find((each) => each.digest === digest);
	// Before its text is here nobody can say what a medium should be; the checks of the text look at it.
	if (row && blob && row.state !== 'receiving' && !TEXT.includes(blob.role)) {
		const text = await readText(readBlobOf(ground), row.manifest);
		const faults = text.ok ? await sourceFaults(ground, text.value, [blob]) : [];
		if (faults.length > 0) {
			await refuseHandIn(ground, row, faults, text.ok ? text.value : null, now);
			return faults[0]!;
		}
	}
	await goOn(ground, id, now);
	return null;
}

async function goOn(ground: HandInGround, id: string, now: number): Promise<void> {
	const { pool } = ground.database;
	let row = await findSubmission(pool, id);
	const blobs = await blobsOf(pool, id);
	if (row?.state === 'receiving' && isWhole(textOf(blobs))) {
		await check(ground, row, blobs, now);
		row = await findSubmission(pool, id);
	}
	if (!row || !OPEN.includes(row.state) || !isWhole(blobs)) return;
	if (!(await hasAction(pool, id, 'receive-all'))) {
		const text = await readText(readBlobOf(ground), row.manifest);
		if (!text.ok) return;
		const faults = await rebuildFault(ground, text.value);
		if (faults.length > 0) return refuseHandIn(ground, row, faults, text.value, now);
		const moved = await moveTo(ground.database, {
			...{ submission: id, action: 'receive-all', actor: null, now }
		});
		if (!moved.ok) return;
	}
	if (row.state !== 'approved') return;
	const out = await publishApproved(ground, id, now);
	if (!out.ok) console.error(`hand-in: ${id} is approved and not published: ${out.fault.code}`);
}

/** States in which media may still come. */
const OPEN: readonly SubmissionState[] = ['in-review', 'changes-asked', 'approved'];

async function check(
	ground: HandInGround,
	row: SubmissionRow,
	blobs: readonly BlobRow[],
	now: number
): Promise<void> {
	const { pool } = ground.database;
	const author = await readerOf(pool, row.author);
	if (!author) return;
	const checked = await checkHandIn(ground, row, blobs, author.name);
	if (!checked.ok) return refuseHandIn(ground, row, checked.fault, null, now);
	const { shared, languages } = checked.value;
	const parts = [shared, ...languages.values()];
	const { sourceLanguage } = shared.part;
	const tags = [sourceLanguage, ...[...languages.keys()].filter((tag) => tag !== sourceLanguage).sort()];
	await moveTo(ground.database, {
		...{ submission: row.id, action: 'pass-checks', actor: null, now },
		work: async (client) => {
			await keepText(client, row.id, {
				kind: shared.part.kind,
				sector: shared.part.sector,
				languages: tags,
				titles: Object.fromEntries(tags.map((tag) => [tag, languages.get(tag)!.part.title])),
				contributors: contributorMarks(
					parts
						.flatMap(({ part }) => part.contributors)
						.map(({ name, expert }) => ({ name, registerId: expert }))
				)
			});
			// A language that did not change waits for nobody.
			const register = await registerOf(ground);
			if (register.ok) await noteWaiting(ground, client, row.id, partsOf(checked.value), register.value);
		}
	});
}

/** Refuses with sentences in the author's language; media that are not what they should be are not kept. */
async function refuseHandIn(
	ground: HandInGround,
	row: SubmissionRow,
	faults: readonly CheckFault[],
	text: HandedText | null,
	now: number
): Promise<void> {
	const { pool } = ground.database;
	const language = (await readerOf(pool, row.author))?.language ?? 'en';
	const said = await Promise.all(
		faults.map(async ({ file, ...fault }) => ({
			...{ code: fault.code, file: file?.slice(0, 200) ?? null },
			message: await ground.say(language, fault)
		}))
	);
	await dropMedia(ground, row, faults, text);
	await moveTo(ground.database, {
		...{ submission: row.id, action: 'fail-checks', actor: null, now },
		detail: { faults: said },
		work: async (client) => {
			await keepFaults(client, row.id, said);
		}
	});
}

async function dropMedia(
	ground: HandInGround,
	row: SubmissionRow,
	faults: readonly CheckFault[],
	known: HandedText | null
): Promise<void> {
	const read = known ? null : await readText(readBlobOf(ground), row.manifest);
	const text = known ?? (read?.ok ? read.value : null);
	if (!text) return;
	for (const [name, { part }] of [['shared', text.shared] as const, ...text.languages]) {
		for (const { path, digest } of part.files) {
			if (!faults.some(({ file }) => file === `${name}/${path}`)) continue;
			await markGone(ground.database.pool, row.id, digest);
			// Where it stands in something else, of somebody else even, it may be right.
			if (!(await isReceived(ground.database.pool, digest))) await ground.incoming.remove(digest);
		}
	}
}

/** Goes on with what a crash left between its last blob and its checks. */
export async function proceedAll(ground: HandInGround, now: number): Promise<void> {
	for (const id of await unfinished(ground.database.pool)) await proceed(ground, id, now);
}
