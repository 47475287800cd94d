/** What was published from a folder, among what the committee sees: any registered expert can recall it (REV-65). */
import { inTransaction } from '../db/transaction.ts';
import type { ReviewGround } from './ground.ts';
import { appendLog, moveTo } from './log.ts';
import { GONE, type Credit } from './people.ts';
import { contributorMarks } from './queue.ts';
import { partsOf, type Snapshot } from './snapshot.ts';

/** The author of what nobody handed in. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Takes in what is in force and was never handed in, and says of its versions before that they are such. */
export async function takeIn(ground: ReviewGround, now: number): Promise<void> {
	const { pool } = ground.database;
	const { rows } = await pool.query<{ manifest: string; published_at: Date }>(
		`select p.manifest, v.published_at from packages p join package_versions v using (package_id, manifest)
		 where not exists (
		   select from submissions s where s.manifest = p.manifest and s.state not in ('refused', 'withdrawn'))`
	);
	for (const { manifest, published_at } of rows) {
		const snapshot = await ground.snapshots.byManifest(manifest);
		if (snapshot) await add(ground, snapshot, published_at);
	}
	const before = await pool.query<{ id: string }>(
		`select id from submissions s where author = $1 and state = 'published'
		 and not exists (select from packages p where p.manifest = s.manifest)`,
		[NOBODY]
	);
	for (const { id } of before.rows) {
		await moveTo(ground.database, { submission: id, action: 'replace', actor: null, now });
	}
}

/** Once, also where two servers start together: its id says which version it is. */
async function add(ground: ReviewGround, snapshot: Snapshot, at: Date): Promise<void> {
	const { manifest, shared, languages } = snapshot;
	const { packageId, contributors, sector } = partsOf(snapshot);
	const id = uuidOf(manifest.digest);
	const tags = [...languages.keys()];
	const titles = Object.fromEntries([...languages].map(([tag, { part }]) => [tag, part.title]));
	await inTransaction(ground.database.pool, async (client) => {
		const { rowCount } = await client.query(
			`insert into submissions (id, author, draft, package_id, version, manifest, kind, sector, languages, titles,
			   state, since, handed_in_at, waiting, contributors)
			 values ($1, $2, $1, $3, $4, $5, $6, $7, $8, $9, 'published', $10, $10, '{}', $11) on conflict do nothing`,
			[
				...[id, NOBODY, packageId, manifest.manifest.version, manifest.digest, shared.part.kind, sector],
				...[tags, JSON.stringify(titles), at],
				contributorMarks(contributors)
			]
		);
		if (rowCount === 1) await appendLog(client, id, 'publish', null, { languages: tags }, at.getTime());
	});
}

/** A UUID made of the first 128 bits of a SHA-256 (RFC 9562, version 8). */
const uuidOf = (digest: string): string =>
	[
		...[digest.slice(0, 8), digest.slice(8, 12), `8${digest.slice(13, 16)}`],
		...[`a${digest.slice(17, 20)}`, digest.slice(20, 32)]
	].join('-');

/** Who made a submission whose author is not among the accounts: of what nobody handed in, whoever its text names first. */
export function makerOf(author: string, { shared }: Snapshot): Credit {
	const [first] = author === NOBODY ? shared.part.contributors : [];
	return first ? { name: first.name, institution: first.institution, country: first.country ?? null } : GONE;
}
