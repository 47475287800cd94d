/** A committee at work on a test ground: people, experts with keys of their own, submissions, statements. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Role } from '../../src/lib/core/base/vocabulary.ts';
import { utf8, toHex } from '../../src/lib/core/base/hash.ts';
import { blobsOf, type BuiltPackage } from '../../src/lib/core/packages/build.ts';
import type { LanguagePart, SharedPart } from '../../src/lib/core/packages/manifest.ts';
import type { SignedStatement } from '../../src/lib/core/protocol/review.ts';
import {
	APPROVAL_TYPE,
	RECALL_TYPE,
	STATEMENT_TYPE,
	signStatement,
	type Statement
} from '../../src/lib/core/trust/statement.ts';
import type { Signer } from '../../src/lib/core/trust/types.ts';
import { fileBlobStore, type BlobStore } from '../../src/lib/server/packages/blob-store.ts';
import { createVersions } from '../../src/lib/server/packages/versions.ts';
import { requestKey } from '../../src/lib/server/review/experts.ts';
import { readBlobOf, type PublishBuilt, type ReviewGround } from '../../src/lib/server/review/ground.ts';
import { startLog } from '../../src/lib/server/review/log.ts';
import { creditsFrom, type ReviewPerson } from '../../src/lib/server/review/people.ts';
import { contributorMarks } from '../../src/lib/server/review/queue.ts';
import { createSnapshots } from '../../src/lib/server/review/snapshot.ts';
import { makeKey } from '../../src/lib/server/trust/signing.ts';
import { valueOf } from './built-package.ts';
import type { TestGround } from './ground.ts';
import { NOW } from './now.ts';

export interface Committee extends ReviewGround {
	incoming: BlobStore;
}

/** The committee's half of the server over a test ground. */
export function openCommittee(ground: TestGround, publishBuilt: PublishBuilt): Committee {
	const incoming = fileBlobStore(join(ground.folder, 'incoming'));
	const { database, blobs } = ground;
	return {
		...ground,
		...{ incoming, publishBuilt },
		versions: createVersions(database, blobs),
		snapshots: createSnapshots(readBlobOf({ incoming, blobs })),
		credits: creditsFrom(database)
	};
}

/** Somebody of an institution of that country, without a way to sign in. */
export async function putPerson(
	{ database: { pool } }: TestGround,
	name: string,
	role: Role,
	country = 'LA'
): Promise<ReviewPerson> {
	const institution = { id: `school-${country.toLowerCase()}`, name: `School ${country}`, country };
	await pool.query(
		`insert into institutions (id, name, country, kind, plain_name, created_at)
		 values ($1, $2, $3, 'school', $4, now()) on conflict do nothing`,
		[institution.id, institution.name, country, institution.name.toLowerCase()]
	);
	const id = randomUUID();
	await pool.query(
		`insert into users (id, name, email, email_verified, username, display_username, role, language, institution_id, created_at, updated_at)
		 values ($1, $2, $3, false, $4, $2, $5, 'en', $6, now(), now())`,
		[id, name, `${id}@people.invalid`, `${name.toLowerCase()}-${id}`, role, institution.id]
	);
	return { id, name, role, suspended: false, institution };
}

export interface TestExpert extends ReviewPerson {
	signer: Signer;
}

/** Proof that a key is held, as the device makes it. */
export const proofOf = async (signer: Signer, account: string): Promise<string> =>
	toHex(await signer.sign(utf8(account)));

/** An expert with an enrolled key. */
export async function putExpert(
	ground: TestGround,
	name: string,
	country: string,
	languages: string[] = ['en', 'th', 'lo'],
	sectors: SharedPart['sector'][] = ['energy']
): Promise<TestExpert> {
	const person = await putPerson(ground, name, 'expert', country);
	const { signer } = makeKey();
	const proof = await proofOf(signer, person.id);
	valueOf(await requestKey(ground, person, { key: signer.key, proof, sectors, languages }, NOW));
	return { ...person, signer };
}

export interface SubmissionOptions {
	author: ReviewPerson;
	state?: string;
	/** Whether the media have come too. */
	whole?: boolean;
	at?: number;
}

/** What hand-in leaves: blobs that came, the row, its log. */
export async function putSubmission(
	{ incoming, database: { pool } }: Committee,
	built: BuiltPackage,
	{ author, state = 'in-review', whole = true, at = NOW - 60_000 }: SubmissionOptions
): Promise<string> {
	const media = new Set(built.media.map(({ digest }) => digest));
	const id = randomUUID();
	const shared = built.parts[0]!.part as SharedPart;
	const parts = built.parts.slice(1).map(({ part }) => part as LanguagePart);
	const languages = parts.map(({ language }) => language);
	const contributors = built.parts
		.flatMap(({ part }) => part.contributors)
		.map(({ name, expert }) => ({ name, registerId: expert }));
	const client = await pool.connect();
	await client.query('begin');
	await client.query(
		`insert into submissions (id, author, draft, package_id, version, manifest, kind, sector, languages, titles,
		   state, since, handed_in_at, waiting, contributors)
		 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $9, $13)`,
		[
			...[id, author.id, randomUUID(), shared.package, shared.version, built.manifest.digest, shared.kind],
			...[
				shared.sector,
				languages,
				JSON.stringify(Object.fromEntries(parts.map((part) => [part.language, part.title])))
			],
			...[state, new Date(at), contributorMarks(contributors)]
		]
	);
	await startLog(client, id, author.id, {}, at);
	let place = 0;
	for (const [digest, bytes] of blobsOf(built)) {
		const isHere = whole || !media.has(digest);
		if (isHere) await incoming.put(bytes);
		await client.query('insert into submission_blobs values ($1, $2, $3, $4, $5, $6)', [
			...[
				id,
				digest,
				bytes.length,
				media.has(digest) ? 'video' : 'pack',
				place++,
				isHere ? new Date(at) : null
			]
		]);
	}
	await client.query('commit');
	client.release();
	return id;
}

const day = (time: number) => new Date(time).toISOString().slice(0, 10);

export interface ApprovalOptions {
	languages?: string[];
	read?: string[];
	now?: number;
	change?: (statement: Statement) => void;
}

/** An approval of these languages of a version, signed by the expert. */
export async function approvalBy(
	{ signer }: Pick<TestExpert, 'signer'>,
	built: BuiltPackage,
	{ languages, read, now = NOW, change }: ApprovalOptions = {}
): Promise<{ manifest: string; statement: SignedStatement }> {
	const { id, version } = built.manifest.manifest;
	const parts = built.parts.filter(({ name }) => name === 'shared' || (languages?.includes(name) ?? true));
	const statement: Statement = {
		_type: STATEMENT_TYPE,
		subject: parts.map(({ name, digest }) => ({ name, digest: { sha256: digest } })),
		predicateType: APPROVAL_TYPE,
		predicate: {
			...{ packageId: id, version, decision: 'approve', date: day(now) },
			read: read ?? parts.map(({ name }) => name)
		}
	};
	change?.(statement);
	return {
		manifest: built.manifest.digest,
		statement: (await signStatement(statement, [signer])) as SignedStatement
	};
}

/** A recall of a version, or its lifting, signed by the expert. */
export async function recallBy(
	{ signer }: Pick<TestExpert, 'signer'>,
	built: BuiltPackage,
	predicate: { reason: string; units?: string[]; replacement?: string } | { lifts: string },
	parts: string[] = ['shared'],
	now = NOW
): Promise<SignedStatement> {
	const { id: packageId, version } = built.manifest.manifest;
	const about = { packageId, version, date: day(now) };
	const statement: Statement = {
		_type: STATEMENT_TYPE,
		subject: built.parts
			.filter(({ name }) => parts.includes(name))
			.map(({ name, digest }) => ({ name, digest: { sha256: digest } })),
		predicateType: RECALL_TYPE,
		predicate:
			'lifts' in predicate
				? { ...about, decision: 'lift', read: parts, ...predicate }
				: { ...about, decision: 'recall', ...predicate }
	};
	return (await signStatement(statement, [signer])) as SignedStatement;
}
