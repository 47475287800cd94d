/** Calling back, and lifting: any one registered expert recalls, the joint rule lifts (REV-60 to REV-64). */
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';
import type { SignedStatement } from '../../core/protocol/review.ts';
import { pairOf } from '../../core/packages/pair.ts';
import type { Reviewed } from '../../core/review/faults.ts';
import { mayAct } from '../../core/review/policy.ts';
import { isInScope } from '../../core/trust/approval.ts';
import { recallsOf } from '../../core/trust/recall.ts';
import type { Statement } from '../../core/trust/statement.ts';
import type { Envelope, Expert, Recall, Register } from '../../core/trust/types.ts';
import type { Database } from '../db/pool.ts';
import { currentManifest } from '../packages/repository.ts';
import { publishRecall } from '../trust/trust.ts';
import { claimOf, isOfToday } from './approve.ts';
import { expertOf } from './experts.ts';
import { actorOf, registerOf, type ReviewGround } from './ground.ts';
import { moveTo } from './log.ts';
import type { ReviewPerson } from './people.ts';
import { partsOf, type Snapshot } from './snapshot.ts';
import { addStatement } from './statements.ts';
import { findSubmission } from './submission-rows.ts';

/** The whole envelope: it comes with every catalogue, over any path. */
const MAX_RECALL = 2048;

type Queries = Pick<Database['pool'], 'query'>;

/** Recalls and liftings of a package, in the order in which they came. */
export async function recallStatements(client: Queries, packageId: string): Promise<Envelope[]> {
	const { rows } = await client.query<{ envelope: Envelope }>(
		`select envelope from submission_statements where package_id = $1 and decision <> 'approve' order by at`,
		[packageId]
	);
	return rows.map(({ envelope }) => envelope);
}

/** The recalls in force on a version, each once, whichever language they hold in. */
export async function recallsInForce(
	{ shared, languages }: Pick<Snapshot, 'shared' | 'languages' | 'manifest'>,
	statements: readonly Envelope[],
	register: Register
): Promise<Recall[]> {
	const found = new Map<string, Recall>();
	for (const part of languages.values()) {
		for (const recall of await recallsOf(pairOf(shared, part), statements, register))
			found.set(recall.digest, recall);
	}
	return [...found.values()];
}

/** Takes a recall or its lifting, and puts it into the catalogue: phones lock the units with their next one. */
export async function recall(
	ground: ReviewGround,
	person: ReviewPerson,
	id: string,
	envelope: SignedStatement,
	now: number
): Promise<Result<null, Fault>> {
	if (JSON.stringify(envelope).length > MAX_RECALL)
		return fail('review/recall-too-large', { limit: MAX_RECALL });
	const row = await findSubmission(ground.database.pool, id);
	if (!row) return fail('review/unknown-submission');
	const snapshot = await ground.snapshots.byManifest(row.manifest);
	if (!snapshot) return fail('review/wrong-state', { state: row.state, action: 'recall' });
	const known = await expertOf(ground, person.id);
	const actor = actorOf(person, row.author, partsOf(snapshot), known);
	const allowed = mayAct('recall', actor);
	if (!allowed.ok) return allowed;
	const register = await registerOf(ground);
	if (!register.ok) return register;
	const expert = known!.expert!;
	const said = await claimOf(envelope, expert, register.value);
	if (!said.ok) return said;
	const { statement, digest } = said.value;
	const decision = statement.predicate.decision === 'lift' ? 'lift' : 'recall';
	const mayLift = mayAct(decision, actor);
	if (!mayLift.ok) return mayLift;
	const before = await recallStatements(ground.database.pool, row.package_id);
	const named = namedIn(statement, snapshot, expert, now);
	if (!named.ok) return named;
	const { replacement = null } = 'replacement' in statement.predicate ? statement.predicate : {};
	if (replacement !== null && !(await isOffered(ground, replacement, row.package_id))) {
		return fail('review/unknown-replacement');
	}
	if (decision === 'lift') {
		const inForce = await recallsInForce(snapshot, before, register.value);
		const lifts = 'lifts' in statement.predicate ? statement.predicate.lifts : '';
		if (!inForce.some((each) => each.digest === lifts)) return fail('review/bad-statement');
	}
	const moved = await moveTo(ground.database, {
		...{ submission: id, action: decision, actor: person.id, now },
		detail: { expert: expert.id, statement: digest, ...detailOf(statement) },
		facts: async (client) => {
			const all = [...(await recallStatements(client, row.package_id)), envelope];
			return { recalled: (await recallsInForce(snapshot, all, register.value)).length > 0 };
		},
		work: async (client) => {
			await addStatement(client, {
				...{ submission: id, digest, expert: expert.id, party: expert.party, account: person.id },
				...{ package: row.package_id, decision, languages: named.value, envelope, now }
			});
		}
	});
	if (!moved.ok) return moved;
	return publishRecall(ground.trust, row.package_id, [envelope], now);
}

/** Another package that is out: whoever is sent there must find something. */
const isOffered = async ({ database }: ReviewGround, id: string, instead: string): Promise<boolean> =>
	id !== instead && (await currentManifest(database, id)) !== null;

const detailOf = ({ predicate }: Statement): Record<string, unknown> =>
	predicate.decision === 'recall'
		? {
				reason: predicate.reason,
				units: predicate.units ?? null,
				replacement: predicate.replacement ?? null
			}
		: {};

/** The languages that it concerns, where it names parts and units of this version, today. */
function namedIn(
	{ predicate, subject }: Statement,
	snapshot: Snapshot,
	expert: Expert,
	now: number
): Reviewed<string[]> {
	const version = partsOf(snapshot);
	const digests: Record<string, string> = { ...version.languages, shared: version.shared };
	const isOfVersion = subject.every(
		({ name, digest }) => Object.hasOwn(digests, name) && digests[name] === digest.sha256
	);
	if (predicate.decision === 'approve' || predicate.packageId !== version.packageId || !isOfVersion) {
		return fail('review/bad-statement');
	}
	const units = snapshot.shared.part.modules.flatMap((module) => module.units.map(({ id }) => id));
	if (predicate.decision === 'recall' && !(predicate.units ?? []).every((unit) => units.includes(unit))) {
		return fail('review/unknown-unit');
	}
	const named = subject.map(({ name }) => name);
	const languages = named.includes('shared') ? Object.keys(version.languages) : named;
	if (predicate.decision === 'lift') {
		if (!named.every((name) => predicate.read.includes(name))) return fail('review/bad-statement');
		const outside = named.find(
			(name) => name !== 'shared' && !isInScope(expert, { sector: version.sector, language: name })
		);
		if (outside) return fail('review/out-of-scope', { language: outside });
	}
	return isOfToday(predicate.date, now) ? ok(languages) : fail('review/wrong-date', { day: predicate.date });
}

/** Puts into the catalogue what a crash kept out of it. */
export async function publishRecalls(ground: ReviewGround, now: number): Promise<void> {
	const { rows } = await ground.database.pool.query<{ id: string }>(
		`select distinct package_id as id from submission_statements where decision <> 'approve'`
	);
	for (const { id } of rows) {
		await publishRecall(ground.trust, id, await recallStatements(ground.database.pool, id), now);
	}
}
