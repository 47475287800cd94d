/** What experts have signed about a package, and how a version stands by it. */
import { readEnvelopes } from '../../core/trust/statement.ts';
import type { Envelope, Register } from '../../core/trust/types.ts';
import { standingOf, type Standing, type VersionParts } from '../../core/review/standing.ts';
import type { Database } from '../db/pool.ts';
import type { ReadBlob } from './snapshot.ts';

type Queries = Pick<Database['pool'], 'query'>;

export interface StoredStatement {
	submission: string;
	/** SHA-256 of the payload. */
	digest: string;
	expert: string;
	party: string;
	account: string;
	package: string;
	decision: 'approve' | 'recall' | 'lift';
	languages: readonly string[];
	envelope: Envelope;
	now: number;
}

/** Keeps a statement; false where this expert said the very same before. */
export async function addStatement(client: Queries, statement: StoredStatement): Promise<boolean> {
	const { submission, digest, expert, party, account, decision, languages, envelope, now } = statement;
	const { rowCount } = await client.query(
		`insert into submission_statements
		   (submission_id, digest, expert_id, party_id, account, package_id, decision, languages, envelope, at)
		 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
		[
			...[submission, digest, expert, party, account, statement.package, decision, languages],
			...[JSON.stringify(envelope), new Date(now)]
		]
	);
	return rowCount === 1;
}

/** Approvals of any version of a package: those handed to us, and those that published versions came with. */
export async function approvalsOf(client: Queries, read: ReadBlob, packageId: string): Promise<Envelope[]> {
	const { rows } = await client.query<{ envelope: Envelope }>(
		`select envelope from submission_statements where package_id = $1 and decision = 'approve' order by at`,
		[packageId]
	);
	const published = await client.query<{ statements: string }>(
		'select distinct statements from package_versions where package_id = $1',
		[packageId]
	);
	const all = new Map(rows.map(({ envelope }) => [nameOf(envelope), envelope]));
	for (const { statements } of published.rows) {
		const bytes = await read(statements);
		const envelopes = bytes && readEnvelopes(bytes);
		if (!envelopes || !envelopes.ok) continue;
		for (const envelope of envelopes.value) all.set(nameOf(envelope), envelope);
	}
	return [...all.values()];
}

const nameOf = ({ payload, signatures }: Envelope): string =>
	`${payload} ${signatures.map(({ sig }) => sig).join()}`;

/** Digests of what an expert has signed so far: what still counts once their key is lost. */
export async function digestsBy(client: Queries, expert: string): Promise<string[]> {
	const { rows } = await client.query<{ digest: string }>(
		'select distinct digest from submission_statements where expert_id = $1 order by digest',
		[expert]
	);
	return rows.map(({ digest }) => digest);
}

/** How every language of a version stands. */
export async function standingNow(
	client: Queries,
	read: ReadBlob,
	version: VersionParts,
	register: Register
): Promise<Record<string, Standing>> {
	return standingOf(version, await approvalsOf(client, read, version.packageId), register);
}
