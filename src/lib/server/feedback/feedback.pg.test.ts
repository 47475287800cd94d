/** From what learners push to what a package's makers see, over a real PostgreSQL (FBK-10 to FBK-26). */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestGround, publishSource, type TestGround } from '../../../../tests/factories/ground.ts';
import { eventText, newId, pushOf } from '../../../../tests/factories/people.ts';
import type { Mark } from '../../core/progress/marks.ts';
import { openAccount } from '../identity/accounts.ts';
import { createQuizzes } from '../packages/quizzes.ts';
import { createVersions } from '../packages/versions.ts';
import { createProgressService, type ProgressService } from '../progress/progress.ts';
import { createFeedbackCopies, type FeedbackCopies } from './copy.ts';
import { createFeedback, type Feedback } from './feedback.ts';

const PACKAGE = 'little-sun';
const AUTHOR = { id: randomUUID(), role: 'teacher' as const };
const EXPERT = { id: randomUUID(), role: 'expert' as const };

let ground: TestGround;
let copies: FeedbackCopies;
let progress: ProgressService;
let feedback: Feedback;
let part: string;
let people = 0;

beforeAll(async () => {
	ground = await openTestGround();
	const published = await publishSource(ground);
	if (!published.ok) throw new Error(JSON.stringify(published.fault));
	const versions = createVersions(ground.database, ground.blobs);
	copies = createFeedbackCopies(ground.database);
	progress = createProgressService(ground.database, createQuizzes(ground.database, versions), copies);
	feedback = createFeedback(ground.database, versions);
	const { rows } = await ground.database.pool.query<{ manifest: string }>(
		'select manifest from packages where package_id = $1',
		[PACKAGE]
	);
	part = (await versions.byManifest(rows[0]!.manifest))!.languages.get('th')!.part.digest;
	await ground.database.pool.query(
		`insert into submissions (id, author, draft, package_id, version, manifest, kind, sector, languages, titles, state,
			since, handed_in_at, waiting)
		 values ($1, $2, $3, $4, '1.0.0', $5, 'micro-course', 'energy', '{th}', '{}', 'published', now(), now(), '{}')`,
		[randomUUID(), AUTHOR.id, randomUUID(), PACKAGE, rows[0]!.manifest]
	);
});
afterAll(() => ground.close());

interface Learner {
	id: string;
	device: string;
	chain: string[];
}

const learner = async (): Promise<Learner> => ({
	id: (await openAccount(ground.database, `learner${people++}`))!,
	device: newId(),
	chain: []
});

// Of one learner, one after the other, however fast the test is.
let clock = Date.now() - 1_000_000;
const mark = (place: string, m: Mark | null, words?: string, of = part) =>
	eventText(
		{
			v: 'commented',
			o: { p: PACKAGE, u: 'light' },
			r: { k: place, m, ...(words ? { x: words } : {}) },
			c: { l: 'th', d: of }
		},
		clock++
	);

async function push(who: Learner, ...events: string[]): Promise<void> {
	const first = who.chain.length + 1;
	who.chain.push(...events);
	const answer = await progress.sync(who.id, pushOf(who.device, who.chain, first, null));
	if (!answer.ok || answer.value.refused.length > 0) throw new Error(JSON.stringify(answer));
	await copies.idle();
}

async function seen(who = AUTHOR) {
	const answer = await feedback.of(who, PACKAGE, 'th');
	if (!answer.ok) throw new Error(answer.fault.code);
	return answer.value;
}
const placeOf = async (place: string) =>
	(await seen()).units.find(({ unit }) => unit === 'light')?.places.find((each) => each.place === place);

it('FBK-20 says no number and no words below five learners, and both from five on', async () => {
	const first = await Promise.all([learner(), learner(), learner(), learner()]);
	for (const who of first) await push(who, mark('b0', 'unclear', 'What is light here?'));
	expect(await placeOf('b0')).toMatchObject({ marks: [], words: [], older: false });
	const fifth = await learner();
	await push(fifth, mark('b0', 'unclear'));
	const place = await placeOf('b0');
	expect(place).toMatchObject({ marks: [{ mark: 'unclear', learners: 5 }] });
	expect(place!.words).toHaveLength(4);
	expect(place!.quote).toBeTruthy();
	// No name, no account, no time of anybody.
	expect(JSON.stringify(await seen())).not.toContain(fifth.id);
	await push(fifth, mark('b0', null));
	expect(await placeOf('b0')).toMatchObject({ marks: [], words: [] });
});

it('FBK-2 counts one learner once, by the mark set last', async () => {
	const who = await learner();
	await push(who, mark('b1', 'unclear'), mark('b1', 'wrong', 'Again'), mark('b1', 'wrong', 'Again'));
	const { rows } = await ground.database.pool.query(
		'select mark, words from feedback where package_id = $1 and account_id = $2',
		[PACKAGE, who.id]
	);
	expect(rows).toEqual([{ mark: 'wrong', words: 'Again' }]);
});

it('FBK-22 gives the share whose first answer was right, from five learners on', async () => {
	const versions = createVersions(ground.database, ground.blobs);
	const answer = await feedback.of(AUTHOR, PACKAGE, 'th');
	const version = (await versions.byManifest(answer.ok ? answer.value.manifest : ''))!;
	const answered = (choice: string) =>
		eventText(
			{
				v: 'answered',
				o: { p: PACKAGE, u: 'exam', q: 'q1' },
				r: { a: { kind: 'single', choice }, y: choice === 'b' },
				c: { l: 'th', d: version.shared.digest, a: newId() }
			},
			clock++
		);
	const right = async () =>
		(await seen()).units.find(({ unit }) => unit === 'exam')?.items.find(({ item }) => item === 'q1');
	for (let n = 0; n < 4; n++) await push(await learner(), answered(n === 0 ? 'a' : 'b'), answered('b'));
	expect(await right()).toMatchObject({ right: null });
	await push(await learner(), answered('b'));
	const item = await right();
	expect(item!.right).toBeCloseTo(0.8);
	expect(item!.prompt).toBeTruthy();
});

it('FBK-12 copying again changes nothing, and finds what a stop left', async () => {
	const who = await learner();
	const rowsOf = async () =>
		(await ground.database.pool.query('select * from feedback where account_id = $1', [who.id])).rows;
	const quiet = createProgressService(ground.database, async () => null);
	const chain = [mark('b2', 'thank-you')];
	await quiet.sync(who.id, pushOf(who.device, chain, 1, null));
	expect(await rowsOf()).toEqual([]);
	expect(await copies.copyAll()).toBe(1);
	const rows = await rowsOf();
	expect(rows).toHaveLength(1);
	await copies.again(who.id);
	expect(await rowsOf()).toEqual(rows);
	expect(await copies.copyAll()).toBe(0);
});

it('FBK-13 a deleted account leaves no row', async () => {
	const who = await learner();
	await push(who, mark('b3', 'wrong'));
	await progress.forget(who.id);
	copies.wake(who.id);
	await copies.idle();
	for (const table of ['feedback', 'item_results', 'feedback_copies']) {
		const { rowCount } = await ground.database.pool.query(`select 1 from ${table} where account_id = $1`, [
			who.id
		]);
		expect(rowCount, table).toBe(0);
	}
});

it('FBK-24 marks of another text are told apart, without words that are not theirs', async () => {
	for (let n = 0; n < 5; n++) await push(await learner(), mark('b4', 'wrong', undefined, 'c'.repeat(64)));
	expect(await placeOf('b4')).toMatchObject({ older: true, quote: null, marks: [{ learners: 5 }] });
});

it('FBK-25 is for its makers and the committee alone', async () => {
	expect((await seen(EXPERT as never)).package).toBe(PACKAGE);
	for (const role of ['learner', 'teacher', 'engineer'] as const)
		expect(await feedback.of({ id: randomUUID(), role }, PACKAGE, 'th')).toEqual({
			ok: false,
			fault: { code: 'people/not-allowed' }
		});
	expect(await feedback.of(EXPERT, 'no-such-package', 'th')).toMatchObject({
		fault: { code: 'library/not-found' }
	});
});
