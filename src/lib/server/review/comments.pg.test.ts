/** Comments and what is asked to be changed (REV-20 to REV-24). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildOf, valueOf } from '../../../../tests/factories/built-package.ts';
import {
	openCommittee,
	putExpert,
	putPerson,
	putSubmission,
	type Committee,
	type TestExpert
} from '../../../../tests/factories/committee.ts';
import { NOW, openTestGround, type TestGround } from '../../../../tests/factories/ground.ts';
import { ok, type Result } from '../../core/base/result.ts';
import type { BuiltPackage } from '../../core/packages/build.ts';
import type { CommentRequest } from '../../core/protocol/review.ts';
import { askChanges, comment, resolve } from './comments.ts';
import type { ReviewPerson } from './people.ts';
import { readReview } from './review.ts';
import { findSubmission, logOf } from './submission-rows.ts';

let ground: TestGround;
let committee: Committee;
let author: ReviewPerson;
let expert: TestExpert;
let built: BuiltPackage;
let id: string;

beforeAll(async () => {
	ground = await openTestGround();
	committee = openCommittee(ground, () => Promise.resolve(ok(null)));
	author = await putPerson(ground, 'Somphone', 'teacher');
	expert = await putExpert(ground, 'Bounmy', 'LA');
	built = await buildOf();
});
afterAll(() => ground.close());
beforeEach(async () => {
	await ground.database.pool.query(
		'truncate submissions, submission_log, submission_blobs, review_comments cascade'
	);
	id = await putSubmission(committee, built, { author });
});

const saying = (change: Partial<CommentRequest> = {}): CommentRequest => ({
	...{ id: crypto.randomUUID(), language: 'en', unit: 'light', block: 'b2', quote: 'Light makes' },
	text: 'Say which light.',
	...change
});
const outcome = (result: Result<unknown, { code: string }>) => (result.ok ? 'done' : result.fault.code);
const say = async (who: ReviewPerson, change: Partial<CommentRequest> = {}, now = NOW) =>
	outcome(await comment(committee, who, id, saying(change), now));
const commentsOn = async (who: ReviewPerson = expert) =>
	valueOf(await readReview(committee, who, id)).submission.comments;

describe('comment', () => {
	it('is kept with its place, and read by the author and the committee', async () => {
		expect(await say(expert)).toBe('done');
		expect(await say(author, { text: 'Sunlight.' }, NOW + 1)).toBe('done');
		const comments = await commentsOn(author);
		expect(comments).toMatchObject([
			{ unit: 'light', block: 'b2', text: 'Say which light.', author: { name: 'Bounmy', isMaker: false } },
			{ text: 'Sunlight.', author: { name: 'Somphone', institution: 'School LA', isMaker: true } }
		]);
	});

	it('sent twice is one, also at the same moment', async () => {
		const same = saying();
		const sent = await Promise.all([1, 2, 3].map(() => comment(committee, expert, id, same, NOW)));
		expect(sent.map(outcome)).toEqual(['done', 'done', 'done']);
		expect(await commentsOn()).toHaveLength(1);
		const log = await logOf(ground.database.pool, id);
		expect(log.map(({ action }) => action)).toEqual(['hand-in', 'comment']);
	});

	it('cannot take the id of another’s', async () => {
		const first = saying();
		await comment(committee, author, id, first, NOW);
		expect(outcome(await comment(committee, expert, id, { ...first, text: 'Changed' }, NOW))).toBe(
			'review/unknown-comment'
		);
		expect((await commentsOn())[0]!.text).toBe('Say which light.');
	});

	it('keeps what was typed to the letter: markup is words', async () => {
		const text = '<script>alert(1)</script><img src=x onerror=alert(2)> **bold** \u202e';
		expect(await say(expert, { text })).toBe('done');
		expect((await commentsOn())[0]!.text).toBe(text);
	});

	it('stops at sixty an hour a person, and at five hundred in all, and the page still answers', async () => {
		for (let count = 0; count < 60; count++) expect(await say(expert, {}, NOW + count)).toBe('done');
		expect(await say(expert, {}, NOW + 61)).toBe('review/too-many-comments');
		expect(await say(author, {}, NOW + 61)).toBe('done');
		expect(await say(expert, {}, NOW + 3_700_000)).toBe('done');
		await ground.database.pool.query(
			`insert into review_comments (id, submission_id, author, text, at)
			 select gen_random_uuid(), $1, $2, repeat('x', 2000), now() from generate_series(1, 10000)`,
			[id, author.id]
		);
		expect(await say(expert, {}, NOW + 90_000_000)).toBe('review/too-many-comments');
		const started = performance.now();
		expect((await commentsOn()).length).toBeGreaterThan(10_000);
		expect(performance.now() - started).toBeLessThan(2000);
	});

	it('refuses units and languages that are not there, and people who may not', async () => {
		expect(await say(expert, { unit: 'nowhere' })).toBe('review/unknown-unit');
		expect(await say(expert, { language: 'my' })).toBe('review/unknown-unit');
		const other = await putPerson(ground, 'Other', 'teacher');
		expect(await say(other)).toBe('people/not-allowed');
		expect(await say({ ...expert, suspended: true })).toBe('people/suspended');
		const observer = await putPerson(ground, 'Watcher', 'observer');
		expect(await say(observer)).toBe('people/not-allowed');
	});
});

describe('resolve', () => {
	it('closes a comment for good; it stays to be read', async () => {
		const said = saying();
		await comment(committee, expert, id, said, NOW);
		expect(outcome(await resolve(committee, author, id, said.id, NOW + 5))).toBe('people/not-allowed');
		expect(outcome(await resolve(committee, expert, id, said.id, NOW + 5))).toBe('done');
		expect(outcome(await resolve(committee, expert, id, said.id, NOW + 9))).toBe('done');
		expect((await commentsOn())[0]).toMatchObject({ resolvedAt: new Date(NOW + 5).toISOString() });
		const other = await putSubmission(committee, built, { author });
		expect(outcome(await resolve(committee, expert, other, said.id, NOW))).toBe('review/unknown-comment');
	});
});

describe('askChanges', () => {
	const ask = async (who: ReviewPerson, manifest = built.manifest.digest) =>
		outcome(await askChanges(committee, who, id, { manifest, text: 'Name the voltage.' }, NOW));

	it('halts it, and tells the author what to change and who said so', async () => {
		expect(await ask(expert)).toBe('done');
		expect((await findSubmission(ground.database.pool, id))!.state).toBe('changes-asked');
		const page = valueOf(await readReview(committee, author, id));
		expect(page.submission.asked).toMatchObject({ text: 'Name the voltage.', by: 'Bounmy' });
		expect(page.log.at(-1)).toMatchObject({ action: 'ask-changes', detail: 'Name the voltage.' });
	});

	it('is about what was looked at, and nobody’s of their own work', async () => {
		expect(await ask(expert, 'a'.repeat(64))).toBe('review/changed-meanwhile');
		expect(await ask(author)).toBe('people/not-allowed');
		id = await putSubmission(committee, built, { author: expert });
		expect(await ask(expert)).toBe('review/contributor');
		id = await putSubmission(committee, built, { author, state: 'withdrawn' });
		expect(await ask(expert)).toBe('review/wrong-state');
	});
});
