/** An expert's signature: looked at, kept, and counted, all under the lock of the submission (REV-30 to REV-37). */
import type { PoolClient } from 'pg';
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';
import type { ApproveRequest } from '../../core/protocol/review.ts';
import type { Reviewed } from '../../core/review/faults.ts';
import { mayAct } from '../../core/review/policy.ts';
import { approvedIn, whyNotCounting, type Standing, type VersionParts } from '../../core/review/standing.ts';
import { isInScope } from '../../core/trust/approval.ts';
import { claimsOf, statementIn, type Statement } from '../../core/trust/statement.ts';
import type { Expert, Register } from '../../core/trust/types.ts';
import { expertOf } from './experts.ts';
import { actorOf, readBlobOf, registerOf, type ReviewGround } from './ground.ts';
import { moveLocked } from './log.ts';
import type { ReviewPerson } from './people.ts';
import { partsOf } from './snapshot.ts';
import { addStatement, standingNow } from './statements.ts';
import { findSubmission, languagesIn } from './submission-rows.ts';
import { inTransaction } from '../db/transaction.ts';

const DAY = 86_400_000;

export interface Signed {
	/** Languages that meet the joint rule since this signature; publishing follows. */
	approved: string[];
}

/**
 * Takes an approval. What would not count is refused and nothing is kept of it; what counts is kept, and when it
 * completes the joint rule for a language the submission is approved in the same transaction.
 */
export async function approve(
	ground: ReviewGround,
	person: ReviewPerson,
	id: string,
	{ manifest, statement: envelope }: ApproveRequest,
	now: number
): Promise<Result<Signed, Fault>> {
	const row = await findSubmission(ground.database.pool, id);
	if (!row) return fail('review/unknown-submission');
	const snapshot = await ground.snapshots.byManifest(row.manifest);
	if (!snapshot) return fail('review/wrong-state', { state: row.state, action: 'sign' });
	const version = partsOf(snapshot);
	const known = await expertOf(ground, person.id);
	const allowed = mayAct('sign', actorOf(person, row.author, version, known));
	if (!allowed.ok) return allowed;
	if (row.manifest !== manifest) return fail('review/changed-meanwhile');
	const expert = known!.expert!;
	const register = await registerOf(ground);
	if (!register.ok) return register;
	const said = await claimOf(envelope, expert, register.value);
	if (!said.ok) return said;
	const { statement, digest } = said.value;
	const languages = subjectsFault(statement, version, expert, now);
	if (!languages.ok) return languages;

	return inTransaction(ground.database.pool, async (client) => {
		const signed = await moveLocked(client, {
			...{ submission: id, action: 'sign', actor: person.id, now, manifest },
			detail: { expert: expert.id, statement: digest, languages: languages.value },
			work: async () => {
				const standing = await standingNow(client, readBlobOf(ground), version, register.value);
				const lacking = notCounting(statement, version, expert, standing, languages.value);
				if (lacking) return lacking;
				await addStatement(client, {
					...{ submission: id, digest, expert: expert.id, party: expert.party, account: person.id },
					...{ package: version.packageId, decision: 'approve', languages: languages.value, envelope, now }
				});
			}
		});
		if (!signed.ok) return signed;
		return ok({ approved: await count(ground, client, id, version, register.value, now) });
	});
}

/** Counts what is signed: notes which languages wait, and approves those that newly meet the rule. */
async function count(
	ground: ReviewGround,
	client: PoolClient,
	id: string,
	version: VersionParts,
	register: Register,
	now: number
): Promise<string[]> {
	const approved = await noteWaiting(ground, client, id, version, register);
	const settled = await languagesIn(client, id, 'approve');
	const fresh = approved.filter((tag) => !settled.includes(tag));
	const moved = await moveLocked(client, {
		...{ submission: id, action: 'approve', actor: null, now, detail: { languages: fresh } },
		facts: () => Promise.resolve({ approved, settled })
	});
	return moved.ok ? fresh : [];
}

/** Notes which languages lack their joint approval, for the queue; answers those that have it. */
export async function noteWaiting(
	ground: Pick<ReviewGround, 'incoming' | 'blobs'>,
	client: PoolClient,
	id: string,
	version: VersionParts,
	register: Register
): Promise<string[]> {
	const approved = approvedIn(await standingNow(client, readBlobOf(ground), version, register));
	await client.query('update submissions set waiting = $2 where id = $1', [
		...[id, Object.keys(version.languages).filter((tag) => !approved.includes(tag))]
	]);
	return approved;
}

/** What this expert signed, by a key that the register lists and that they have not given up. */
export async function claimOf(
	envelope: ApproveRequest['statement'],
	expert: Expert,
	register: Register
): Promise<Reviewed<{ statement: Statement; digest: string }>> {
	if (!statementIn(envelope)) return fail('review/bad-statement');
	const now = { ...expert, retired: [] };
	const [claim] = await claimsOf([envelope], { parties: register.parties, experts: [now] });
	if (claim) return ok(claim);
	// Signed by a key of theirs that is no longer one: say so, it is on their device.
	const before = register.experts.find(({ id }) => id === expert.id)!;
	const old = [...before.keys, ...(before.retired ?? []).map(({ key }) => key)];
	const [retired] = await claimsOf([envelope], {
		parties: register.parties,
		experts: [{ ...before, keys: old, retired: [] }]
	});
	return fail(retired ? 'review/key-not-enrolled' : 'review/bad-signature');
}

/** The languages that a statement approves, where it names exactly what lies here, today. */
function subjectsFault(
	statement: Statement,
	version: VersionParts,
	expert: Expert,
	now: number
): Reviewed<string[]> {
	const { predicate, subject } = statement;
	if (predicate.decision !== 'approve' || predicate.packageId !== version.packageId) {
		return fail('review/bad-statement');
	}
	const digests: Record<string, string> = { ...version.languages, shared: version.shared };
	const named = subject.map(({ name }) => name);
	const languages = named.filter((name) => name !== 'shared');
	if (!named.includes('shared') || languages.length === 0) return fail('review/bad-statement');
	if (!named.every((name) => Object.hasOwn(digests, name))) return fail('review/bad-statement');
	if (!predicate.read.every((name) => named.includes(name)) || !predicate.read.includes('shared')) {
		return fail('review/bad-statement');
	}
	const isCurrent = subject.every(({ name, digest }) => digests[name] === digest.sha256);
	if (!isCurrent || predicate.version !== version.version) return fail('review/changed-meanwhile');
	const unreadable = predicate.read.find(
		(name) => name !== 'shared' && !isInScope(expert, { sector: version.sector, language: name })
	);
	if (unreadable) return fail('review/out-of-scope', { language: unreadable });
	return isOfToday(predicate.date, now) ? ok(languages) : fail('review/wrong-date', { day: predicate.date });
}

/** The day that a statement states: ours, or the one before or after, wherever on earth it was signed. */
export const isOfToday = (date: string, now: number): boolean =>
	[now - DAY, now, now + DAY].some((time) => new Date(time).toISOString().slice(0, 10) === date);

function notCounting(
	{ predicate }: Statement,
	version: VersionParts,
	expert: Expert,
	standing: Readonly<Record<string, Standing>>,
	languages: readonly string[]
): Reviewed<never> | null {
	for (const language of languages) {
		const reason = whyNotCounting(version, language, expert, standing[language]!);
		if (reason) return fail(reason, { language });
		const hasRead = 'read' in predicate && predicate.read.includes(language);
		if (!hasRead && !standing[language]!.readers.has(expert.id)) return fail('review/bad-statement');
	}
	return null;
}
