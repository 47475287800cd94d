/** Recalls and their lifting (REV-60 to REV-64): what the server keeps, and what a phone gets of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildOf, valueOf } from '../../../../tests/factories/built-package.ts';
import {
	openCommittee,
	putExpert,
	putPerson,
	putSubmission,
	recallBy,
	type Committee,
	type TestExpert
} from '../../../../tests/factories/committee.ts';
import { NOW, openTestGround, type TestGround } from '../../../../tests/factories/ground.ts';
import { memoryStore } from '../../../../tests/factories/tuf-repository.ts';
import { refreshByBundle } from '../../../../tests/factories/trust-server.ts';
import { ok, type Result } from '../../core/base/result.ts';
import type { BuiltPackage } from '../../core/packages/build.ts';
import type { SignedStatement } from '../../core/protocol/review.ts';
import { initTrust } from '../../core/trust/client.ts';
import { lookUpTarget } from '../../core/trust/look-up.ts';
import { recallsPath } from '../../core/trust/package-target.ts';
import { recallsOf } from '../../core/trust/recall.ts';
import { digestOf, readEnvelopes } from '../../core/trust/statement.ts';
import { registerOf } from './ground.ts';
import type { ReviewPerson } from './people.ts';
import { publishRecalls, recall } from './recall.ts';
import { readReview } from './review.ts';
import { findSubmission } from './submission-rows.ts';

let ground: TestGround;
let committee: Committee;
let author: ReviewPerson;
let lao: TestExpert;
let chinese: TestExpert;
let thai: TestExpert;
let built: BuiltPackage;
let id: string;

beforeAll(async () => {
	ground = await openTestGround();
	committee = openCommittee(ground, () => Promise.resolve(ok(null)));
	author = await putPerson(ground, 'Somphone', 'teacher');
	lao = await putExpert(ground, 'Bounmy', 'LA');
	chinese = await putExpert(ground, 'Wei', 'CN');
	thai = await putExpert(ground, 'Malee', 'TH', ['th'], ['food']);
	built = await buildOf();
});
afterAll(() => ground.close());
beforeEach(async () => {
	await ground.database.pool.query(
		'truncate submissions, submission_log, submission_blobs, submission_statements cascade'
	);
	id = await putSubmission(committee, built, { author, state: 'published' });
});

const outcome = (result: Result<unknown, { code: string }>) => (result.ok ? 'done' : result.fault.code);
const send = async (who: TestExpert, statement: SignedStatement, now = NOW) =>
	outcome(await recall(committee, who, id, statement, now));
const stateOf = async () => (await findSubmission(ground.database.pool, id))!.state;

/** What a phone concludes of its catalogue for one language. */
async function onPhone(language: string) {
	const store = memoryStore();
	await initTrust(store, ground.trust.anchor);
	const { catalogue } = await refreshByBundle(ground.trust, store, Date.now(), ['recalls']);
	const target = valueOf(await lookUpTarget(catalogue, recallsPath('little-sun')));
	const bytes = (await ground.blobs.read(target.hashes['sha256']!))!;
	const register = valueOf(await registerOf(ground));
	const part = built.parts.find(({ name }) => name === language)!.digest;
	const pair = {
		...{ packageId: 'little-sun', sector: 'energy', language, shared: built.parts[0]!.digest, part },
		contributors: []
	};
	return { recalls: await recallsOf(pair, valueOf(readEnvelopes(bytes)), register), bytes: bytes.length };
}

describe('recall', () => {
	it('by any one registered expert, with units and a replacement, reaches phones in under 2 KB', async () => {
		await ground.database.pool.query(
			`insert into packages (package_id, sector, manifest) values ('better-sun', 'energy', $1)`,
			['c'.repeat(64)]
		);
		const said = { reason: 'The voltage is wrong.', units: ['light'], replacement: 'better-sun' };
		const statement = await recallBy(thai, built, said);
		expect(await send(thai, statement)).toBe('done');
		expect(await stateOf()).toBe('recalled');
		expect(JSON.stringify(statement).length).toBeLessThanOrEqual(2048);
		const { recalls } = await onPhone('th');
		expect(recalls).toMatchObject([{ ...said, by: { name: 'Malee', country: 'TH' } }]);
		const page = valueOf(await readReview(committee, author, id));
		expect(page.submission.recall).toMatchObject({ reason: said.reason, replacement: 'better-sun' });
	});

	it('of one language leaves the others', async () => {
		const statement = await recallBy(lao, built, { reason: 'Wrong word for earth.' }, ['en']);
		expect(await send(lao, statement)).toBe('done');
		const mine = (recalls: { reason: string }[]) =>
			recalls.filter(({ reason }) => reason === 'Wrong word for earth.');
		expect(mine((await onPhone('en')).recalls)).toHaveLength(1);
		expect(mine((await onPhone('th')).recalls)).toHaveLength(0);
	});

	it('is lifted by two of two parties in scope who made none of it, and not by one', async () => {
		const statement = await recallBy(lao, built, { reason: 'Looked wrong.' });
		await send(lao, statement);
		const lifts = (await digestOf(statement))!;
		expect(await send(thai, await recallBy(thai, built, { lifts }))).toBe('review/out-of-scope');
		expect(await send(lao, await recallBy(lao, built, { lifts: 'a'.repeat(64) }))).toBe(
			'review/bad-statement'
		);
		expect(await send(lao, await recallBy(lao, built, { lifts }))).toBe('done');
		expect(await stateOf()).toBe('recalled');
		expect(await send(chinese, await recallBy(chinese, built, { lifts }), NOW + 1)).toBe('done');
		// The catalogue of this test does not name it, so it goes back as a version of before.
		expect(await stateOf()).toBe('superseded');
		const { recalls } = await onPhone('th');
		expect(recalls.map(({ reason }) => reason)).not.toContain('Looked wrong.');
	});

	it('refuses what is too long, about another version, of units that are not there, or not theirs to say', async () => {
		expect(await send(lao, await recallBy(lao, built, { reason: 'ດ'.repeat(600) }))).toBe(
			'review/recall-too-large'
		);
		const other = { ...built, parts: built.parts.map((part) => ({ ...part, digest: 'b'.repeat(64) })) };
		expect(await send(lao, await recallBy(lao, other, { reason: 'No.' }))).toBe('review/bad-statement');
		expect(await send(lao, await recallBy(lao, built, { reason: 'No.', units: ['nowhere'] }))).toBe(
			'review/unknown-unit'
		);
		for (const replacement of ['nowhere', 'little-sun', 'https://example.org']) {
			expect(await send(lao, await recallBy(lao, built, { reason: 'No.', replacement }))).toBe(
				'review/unknown-replacement'
			);
		}
		expect(await send(lao, await recallBy(chinese, built, { reason: 'No.' }))).toBe('review/bad-signature');
		expect(await send({ ...lao, role: 'administrator' }, await recallBy(lao, built, { reason: 'No.' }))).toBe(
			'people/not-allowed'
		);
		expect(await send(lao, await recallBy(lao, built, { reason: 'No.' }), NOW + 10 * 86_400_000)).toBe(
			'review/wrong-date'
		);
		id = await putSubmission(committee, built, { author });
		expect(await send(lao, await recallBy(lao, built, { reason: 'No.' }))).toBe('review/wrong-state');
	});

	it('is put into the catalogue at the next start where a crash kept it out', async () => {
		const statement = await recallBy(lao, built, { reason: 'Kept out.' });
		const put = () => Promise.reject(new Error('the power is gone'));
		const cut = { ...committee, trust: { ...ground.trust, blobs: { ...ground.trust.blobs, put } } };
		await expect(recall(cut, lao, id, statement, NOW)).rejects.toThrow('the power is gone');
		const reasons = async () => (await onPhone('th')).recalls.map(({ reason }) => reason);
		expect([await stateOf(), (await reasons()).includes('Kept out.')]).toEqual(['recalled', false]);
		await publishRecalls(committee, NOW);
		expect(await reasons()).toContain('Kept out.');
		const { bytes } = await onPhone('th');
		await publishRecalls(committee, NOW);
		expect((await onPhone('th')).bytes).toBe(bytes);
	});
});
