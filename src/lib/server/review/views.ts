/** How something handed in stands, as its author and the committee see it (core/protocol/hand-in `Submission`). */
import type { Comment, LanguageStanding, Submission } from '../../core/protocol/hand-in.ts';
import { standingOf, type Standing } from '../../core/review/standing.ts';
import type { Signatory } from '../../core/trust/types.ts';
import type { Database } from '../db/pool.ts';
import type { PublishedVersion } from '../packages/versions.ts';
import { currentManifest } from '../packages/repository.ts';
import { readBlobOf, registerOf, type ReviewGround } from './ground.ts';
import { GONE, type Credit, type Credits } from './people.ts';
import { recallStatements, recallsInForce } from './recall.ts';
import { partsOf, type Snapshot } from './snapshot.ts';
import { approvalsOf } from './statements.ts';
import { bytesOf, languagesIn, logOf, type LogRow, type SubmissionRow } from './submission-rows.ts';

type Queries = Pick<Database['pool'], 'query'>;

/** A submission, whole. `snapshot` null: its text is not here yet. */
export async function viewSubmission(
	ground: ReviewGround,
	row: SubmissionRow,
	snapshot: Snapshot | null
): Promise<Submission> {
	const { pool } = ground.database;
	const [log, sizes, comments] = await Promise.all([
		logOf(pool, row.id),
		bytesOf(pool, row.id),
		commentsOf(pool, ground.credits, row)
	]);
	return {
		...{
			id: row.id,
			draft: row.draft,
			package: row.package_id,
			version: row.version,
			manifest: row.manifest
		},
		...{ kind: row.kind, sector: row.sector, title: row.titles[row.languages[0]!]!, state: row.state },
		...{ since: row.since.toISOString(), handedInAt: row.handed_in_at.toISOString(), faults: row.faults },
		...sizes,
		languages: await languagesOf(ground, row, snapshot),
		asked: await askedIn(ground.credits, log),
		comments,
		recall: await recallOf(ground, row, snapshot)
	};
}

/** The version that this one is compared with: what is out, or what it took the place of once it is out itself. */
export async function versionBefore(
	{ database, versions }: Pick<ReviewGround, 'database' | 'versions'>,
	row: SubmissionRow,
	snapshot: Snapshot
): Promise<PublishedVersion | null> {
	const current = await currentManifest(database, row.package_id);
	const digest =
		current === null || current === row.manifest ? snapshot.manifest.manifest.supersedes : current;
	return digest === null ? null : versions.byManifest(digest);
}

/** How each language stands with the joint rule, by the register in force. */
export async function standingIn(
	ground: ReviewGround,
	snapshot: Snapshot
): Promise<Record<string, Standing> | null> {
	const register = await registerOf(ground);
	if (!register.ok) return null;
	const version = partsOf(snapshot);
	const statements = await approvalsOf(ground.database.pool, readBlobOf(ground), version.packageId);
	return standingOf(version, statements, register.value);
}

async function languagesOf(
	ground: ReviewGround,
	row: SubmissionRow,
	snapshot: Snapshot | null
): Promise<LanguageStanding[]> {
	if (!snapshot) return [];
	const standing = await standingIn(ground, snapshot);
	const published = await languagesIn(ground.database.pool, row.id, 'publish');
	const before = await versionBefore(ground, row, snapshot);
	return [...snapshot.languages].map(([language, { digest, part }]) => ({
		...{ language, title: part.title, part: digest },
		approved: standing?.[language]!.approved ?? false,
		published: published.includes(language),
		unchanged: before?.languages.get(language)?.part.digest === digest,
		signatures: (standing?.[language]!.signatures ?? []).map(signatureOf)
	}));
}

const signatureOf = ({ name, party, country, date, demonstration }: Signatory) => ({
	...{ name, party, country, date, demonstration }
});

async function askedIn(credits: Credits, log: readonly LogRow[]): Promise<Submission['asked']> {
	const last = log.findLast(({ action }) => action === 'ask-changes');
	if (!last?.actor) return null;
	const by = (await credits([last.actor])).get(last.actor) ?? GONE;
	return { text: String(last.detail['text']), by: by.name, at: last.at.toISOString() };
}

async function recallOf(
	ground: ReviewGround,
	{ id, package_id }: SubmissionRow,
	snapshot: Snapshot | null
): Promise<Submission['recall']> {
	const { pool } = ground.database;
	const statements = snapshot ? await recallStatements(pool, package_id) : [];
	const register = statements.length > 0 ? await registerOf(ground) : null;
	if (!snapshot || !register?.ok) return null;
	const [recall] = await recallsInForce(snapshot, statements, register.value);
	if (!recall) return null;
	const at = (await logOf(pool, id)).find(({ detail }) => detail['statement'] === recall.digest)?.at;
	const { reason, replacement } = recall;
	return { reason, replacement, at: at?.toISOString() ?? `${recall.by.date}T00:00:00.000Z` };
}

interface CommentRow {
	id: string;
	author: string;
	language: string | null;
	unit: string | null;
	block: string | null;
	quote: string | null;
	text: string;
	at: Date;
	resolved_at: Date | null;
}

/** What was said of it, oldest first. */
async function commentsOf(
	client: Queries,
	credits: Credits,
	{ id, author }: Pick<SubmissionRow, 'id' | 'author'>
): Promise<Comment[]> {
	const { rows } = await client.query<CommentRow>(
		`select id, author, language, unit, block, quote, text, at, resolved_at from review_comments
		 where submission_id = $1 order by at, id`,
		[id]
	);
	const people = await credits(rows.map((row) => row.author));
	return rows.map(({ resolved_at, at, ...row }) => ({
		...row,
		author: creditOf(people.get(row.author) ?? GONE, row.author === author),
		at: at.toISOString(),
		resolvedAt: resolved_at?.toISOString() ?? null
	}));
}

const creditOf = ({ name, institution, country }: Credit, isMaker: boolean) => ({
	...{ name, institution, country, isMaker }
});
