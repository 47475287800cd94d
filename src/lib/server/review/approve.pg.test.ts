/** Signing and what follows by itself (REV-30 to REV-54), over PostgreSQL and a demonstration's register. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildOf } from '../../../../tests/factories/built-package.ts';
import {
	approvalBy,
	openCommittee,
	proofOf,
	putExpert,
	putPerson,
	putSubmission,
	type Committee,
	type TestExpert
} from '../../../../tests/factories/committee.ts';
import { NOW, openTestGround, type TestGround } from '../../../../tests/factories/ground.ts';
import { makeSource } from '../../../../tests/factories/package-source.ts';
import { ok, type Result } from '../../core/base/result.ts';
import type { BuiltPackage } from '../../core/packages/build.ts';
import { makeKey } from '../trust/signing.ts';
import { approve } from './approve.ts';
import { requestKey, revokeKey } from './experts.ts';
import type { ReviewPerson } from './people.ts';
import { publishApproved, publishWaiting } from './publish.ts';
import { findSubmission, logOf } from './submission-rows.ts';

let ground: TestGround;
let committee: Committee;
let author: ReviewPerson;
let lao: TestExpert;
let lao2: TestExpert;
let chinese: TestExpert;
let thai: TestExpert;
let built: BuiltPackage;
/** What was asked to be published. */
let asked: { languages: readonly string[]; envelopes: number }[] = [];

beforeAll(async () => {
	ground = await openTestGround();
	committee = openCommittee(ground, async (_, envelopes, languages) => {
		asked.push({ languages, envelopes: envelopes.length });
		return ok(null);
	});
	author = await putPerson(ground, 'Somphone', 'teacher');
	lao = await putExpert(ground, 'Bounmy', 'LA');
	lao2 = await putExpert(ground, 'Khamla', 'LA');
	chinese = await putExpert(ground, 'Wei', 'CN');
	thai = await putExpert(ground, 'Malee', 'TH', ['th']);
	built = await buildOf();
});
afterAll(() => ground.close());
beforeEach(async () => {
	asked = [];
	await ground.database.pool.query(
		'truncate submissions, submission_log, submission_blobs, submission_statements, review_comments cascade'
	);
});

const handedIn = (options: { author?: ReviewPerson; whole?: boolean; state?: string } = {}) =>
	putSubmission(committee, built, { author, ...options });
const outcome = (result: Result<unknown, { code: string }>) => (result.ok ? 'signed' : result.fault.code);
const sign = async (who: TestExpert, id: string, options = {}) =>
	approve(committee, who, id, await approvalBy(who, built, options), NOW);
const stateOf = async (id: string) => (await findSubmission(ground.database.pool, id))!;

describe('approve (REV-30 to REV-37)', () => {
	it('counts two experts of two parties, and approves the languages that both read', async () => {
		const id = await handedIn();
		expect(await sign(lao, id)).toEqual(ok({ approved: [] }));
		expect(await stateOf(id)).toMatchObject({ state: 'in-review', waiting: ['en', 'th'] });
		expect(await sign(chinese, id)).toEqual(ok({ approved: ['en', 'th'] }));
		expect(await stateOf(id)).toMatchObject({ state: 'approved', waiting: [] });
		expect((await logOf(ground.database.pool, id)).map(({ action }) => action)).toEqual([
			...['hand-in', 'sign', 'sign', 'approve']
		]);
	});

	it('ships a language that is approved and lets the other wait; it follows when it is read', async () => {
		const id = await handedIn();
		await sign(lao, id, { languages: ['th'] });
		expect(await sign(thai, id, { languages: ['th'] })).toEqual(ok({ approved: ['th'] }));
		expect(await stateOf(id)).toMatchObject({ state: 'approved', waiting: ['en'] });
		expect(await publishApproved(committee, id, NOW)).toEqual(ok({ languages: ['th'] }));
		expect(await stateOf(id)).toMatchObject({ state: 'published' });
		await sign(lao2, id, { languages: ['en'] });
		expect(await sign(chinese, id, { languages: ['en'] })).toEqual(ok({ approved: ['en'] }));
		expect(await publishApproved(committee, id, NOW)).toEqual(ok({ languages: ['en'] }));
		expect(asked.map(({ languages }) => languages)).toEqual([['th'], ['th', 'en']]);
	});

	it('refuses what would not count, with its reason, and keeps nothing of it', async () => {
		const id = await handedIn();
		await sign(lao, id);
		expect(outcome(await sign(lao, id))).toBe('review/already-signed');
		expect(outcome(await sign(lao2, id))).toBe('review/same-party');
		expect(outcome(await sign(thai, id, { languages: ['th', 'en'] }))).toBe('review/out-of-scope');
		const own = await handedIn({ author: chinese });
		expect(outcome(await sign(chinese, own))).toBe('review/contributor');
		const nobody = {
			...chinese,
			...(await putPerson(ground, 'Nobody', 'expert', 'CN')),
			signer: makeKey().signer
		};
		expect(outcome(await sign(nobody, id))).toBe('review/no-key');
		const learner = { ...chinese, role: 'learner' as const };
		expect(outcome(await sign(learner, id))).toBe('people/not-allowed');
		expect(outcome(await sign({ ...chinese, suspended: true }, id))).toBe('people/suspended');
		const { rows } = await ground.database.pool.query('select expert_id from submission_statements');
		expect(rows).toHaveLength(1);
	});

	it('takes no contributor, by name or by register, whichever language they worked on', async () => {
		const named = await buildOf(
			makeSource().edit('th/package.json', (json) => (json.contributors[0].name = ' WEI '))
		);
		const id = await putSubmission(committee, named, { author });
		const result = await approve(
			committee,
			chinese,
			id,
			await approvalBy(chinese, named, { languages: ['en'] }),
			NOW
		);
		expect(outcome(result)).toBe('review/contributor');
	});

	it('refuses a statement about anything but what lies here now', async () => {
		const id = await handedIn();
		const other = await buildOf(makeSource().replace('en/units/hands.md', 'Do it.', 'Do it twice.'));
		const meanwhile = await approvalBy(lao, other);
		expect(outcome(await approve(committee, lao, id, meanwhile, NOW))).toBe('review/changed-meanwhile');
		const mixed = { ...meanwhile, manifest: built.manifest.digest };
		expect(outcome(await approve(committee, lao, id, mixed, NOW))).toBe('review/changed-meanwhile');
		for (const [change, code] of [
			[(predicate) => (predicate.packageId = 'other'), 'review/bad-statement'],
			[(predicate) => (predicate.version = '9.9.9'), 'review/changed-meanwhile'],
			[(predicate) => (predicate.date = '2026-11-20'), 'review/wrong-date'],
			[(predicate) => (predicate.read = ['en', 'th']), 'review/bad-statement'],
			[(predicate) => (predicate.read = ['shared', 'en']), 'review/bad-statement'],
			[(predicate) => (predicate.read = ['shared', 'en', 'th', 'my']), 'review/bad-statement']
		] as [(predicate: Record<string, unknown>) => void, string][]) {
			const request = await approvalBy(lao, built, { change: ({ predicate }) => change(predicate) });
			expect(outcome(await approve(committee, lao, id, request, NOW))).toBe(code);
		}
		const withoutShared = await approvalBy(lao, built, {
			change: (statement) => {
				statement.subject.shift();
				(statement.predicate as { read: string[] }).read.shift();
			}
		});
		expect(outcome(await approve(committee, lao, id, withoutShared, NOW))).toBe('review/bad-statement');
	});

	it('refuses another expert’s signature, and one by a key that its owner gave up', async () => {
		const id = await handedIn();
		expect(outcome(await approve(committee, lao, id, await approvalBy(chinese, built), NOW))).toBe(
			'review/bad-signature'
		);
		const gone = await putExpert(ground, 'Sokha', 'KH');
		const fresh = makeKey().signer;
		const asking = { key: fresh.key, proof: await proofOf(fresh, gone.id), sectors: ['energy' as const] };
		await requestKey(ground, gone, { ...asking, languages: ['en', 'th'] }, NOW + 1);
		expect(outcome(await sign(gone, id))).toBe('review/key-not-enrolled');
		expect(outcome(await sign({ ...gone, signer: fresh }, id))).toBe('signed');
		await revokeKey(ground, gone, null, NOW + 2);
		const second = await handedIn();
		expect(outcome(await sign({ ...gone, signer: fresh }, second))).toBe('review/key-not-enrolled');
		// What was signed before the key was lost still counts.
		expect(await sign(chinese, id)).toEqual(ok({ approved: ['en', 'th'] }));
	});

	it('takes none while changes are asked, and none of what is withdrawn', async () => {
		expect(outcome(await sign(lao, await handedIn({ state: 'changes-asked' })))).toBe('review/wrong-state');
		expect(outcome(await sign(lao, await handedIn({ state: 'withdrawn' })))).toBe('review/wrong-state');
		expect(outcome(await sign(lao, '00000000-0000-4000-8000-000000000000'))).toBe(
			'review/unknown-submission'
		);
	});

	it('approves and publishes once, when both sign at the same moment', async () => {
		for (let round = 0; round < 5; round++) {
			asked = [];
			const id = await handedIn();
			const results = await Promise.all(
				[lao, chinese].map(async (who) => {
					const signed = await sign(who, id);
					await publishApproved(committee, id, NOW);
					return signed;
				})
			);
			expect(results.map(outcome)).toEqual(['signed', 'signed']);
			const actions = (await logOf(ground.database.pool, id)).map(({ action }) => action);
			expect(actions).toEqual(['hand-in', 'sign', 'sign', 'approve', 'publish']);
			expect(asked).toHaveLength(1);
			await ground.database.pool.query('truncate submission_statements');
		}
	});

	it('carries on what did not change: its readers need not read it again', async () => {
		const first = await handedIn();
		await sign(lao, first);
		await sign(chinese, first);
		await publishApproved(committee, first, NOW);
		const next = await buildOf(
			makeSource()
				.edit('package.json', (json) => (json.version = '1.1.0'))
				.edit('package.json', (json) => (json.modules[0].units[0].minutes = 12))
		);
		const id = await putSubmission(committee, next, { author });
		const unread = await approvalBy(lao, next, { read: ['shared'] });
		// Until a part keeps the digest of the version that it last changed in, it has to be read anew.
		const isKept = next.parts[1]!.digest === built.parts[1]!.digest;
		expect(outcome(await approve(committee, lao, id, unread, NOW))).toBe(
			isKept ? 'signed' : 'review/bad-statement'
		);
	});
});

describe('publishApproved (REV-50 to REV-54)', () => {
	it('waits for the last medium, and is tried again when it comes', async () => {
		const id = await handedIn({ whole: false });
		await sign(lao, id);
		await sign(chinese, id);
		expect(await publishApproved(committee, id, NOW)).toEqual(ok({ languages: [] }));
		expect(await stateOf(id)).toMatchObject({ state: 'approved' });
		for (const { bytes, digest } of built.media) {
			await committee.incoming.put(bytes);
			await ground.database.pool.query('update submission_blobs set received_at = now() where digest = $1', [
				digest
			]);
		}
		expect(await publishApproved(committee, id, NOW)).toEqual(ok({ languages: ['en', 'th'] }));
		expect(await stateOf(id)).toMatchObject({ state: 'published' });
	});

	it('finishes at the next start what a crash left between approving and publishing', async () => {
		const id = await handedIn();
		await sign(lao, id);
		await sign(chinese, id);
		expect(await publishWaiting(committee, NOW)).toEqual([]);
		expect(await stateOf(id)).toMatchObject({ state: 'published' });
		expect(asked).toHaveLength(1);
		await publishWaiting(committee, NOW);
		expect(asked).toHaveLength(1);
	});

	it('supersedes what was out before', async () => {
		const before = await handedIn({ state: 'published' });
		const id = await handedIn();
		await sign(lao, id);
		await sign(chinese, id);
		await publishApproved(committee, id, NOW);
		expect((await stateOf(before)).state).toBe('superseded');
	});
});
