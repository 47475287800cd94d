/** The queue (REV-10 to REV-13). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildOf, valueOf } from '../../../../tests/factories/built-package.ts';
import {
	approvalBy,
	openCommittee,
	putExpert,
	putPerson,
	putSubmission,
	type Committee,
	type TestExpert
} from '../../../../tests/factories/committee.ts';
import { NOW, openTestGround, type TestGround } from '../../../../tests/factories/ground.ts';
import { makeSource } from '../../../../tests/factories/package-source.ts';
import { ok } from '../../core/base/result.ts';
import type { BuiltPackage } from '../../core/packages/build.ts';
import type { QueueQuery } from '../../core/protocol/review.ts';
import { approve } from './approve.ts';
import { comment } from './comments.ts';
import { expertOf } from './experts.ts';
import type { ReviewPerson } from './people.ts';
import { readQueue } from './queue.ts';

let ground: TestGround;
let committee: Committee;
let author: ReviewPerson;
let lao: TestExpert;
let thai: TestExpert;
let built: BuiltPackage;

beforeAll(async () => {
	ground = await openTestGround();
	committee = openCommittee(ground, () => Promise.resolve(ok(null)));
	author = await putPerson(ground, 'Somphone', 'teacher');
	lao = await putExpert(ground, 'Bounmy', 'LA');
	thai = await putExpert(ground, 'Malee', 'TH', ['th']);
	built = await buildOf();
});
afterAll(() => ground.close());
beforeEach(async () => {
	await ground.database.pool.query(
		'truncate submissions, submission_log, submission_blobs, submission_statements, review_comments cascade'
	);
});

const queueOf = async (person: ReviewPerson, query: QueueQuery = {}, language = 'en') => {
	const known = await expertOf(ground, person.id);
	const reviewer = { account: person.id, expert: known?.expert ?? null };
	return valueOf(await readQueue(ground.database, committee.credits, reviewer, query, language));
};
const ids = async (person: ReviewPerson, query: QueueQuery = {}) =>
	(await queueOf(person, query)).entries.map(({ id }) => id);

describe('readQueue', () => {
	it('tells what it is, who made it, how old it is and what of it is said', async () => {
		const id = await putSubmission(committee, built, { author, at: NOW - 86_400_000 });
		const said = {
			id: crypto.randomUUID(),
			language: 'th',
			unit: 'light',
			block: 'b1',
			quote: null,
			text: 'Why?'
		};
		valueOf(await comment(committee, lao, id, said, NOW));
		const { entries, waiting, next } = await queueOf(lao, {}, 'th');
		expect({ waiting, next }).toEqual({ waiting: 1, next: null });
		expect(entries).toEqual([
			{
				...{ id, package: 'little-sun', version: '1.0.0', kind: 'resource-package', sector: 'energy' },
				...{ title: 'A little sun (th)', titleLanguage: 'th', languages: ['en', 'th'], state: 'in-review' },
				maker: { name: 'Somphone', institution: 'School LA', country: 'LA' },
				...{
					handedInAt: new Date(NOW - 86_400_000).toISOString(),
					waitsForMe: true,
					openComments: 1,
					reviewBy: null
				}
			}
		]);
		expect((await queueOf(lao, {}, 'my')).entries[0]).toMatchObject({ titleLanguage: 'en' });
	});

	it('lets wait for me what my signature would count for: scope, party, what is signed already', async () => {
		const id = await putSubmission(committee, built, { author });
		expect(await ids(lao)).toEqual([id]);
		expect(await ids(thai)).toEqual([id]);
		valueOf(await approve(committee, thai, id, await approvalBy(thai, built, { languages: ['th'] }), NOW));
		expect(await ids(thai)).toEqual([]);
		expect(await ids(lao)).toEqual([id]);
		valueOf(await approve(committee, lao, id, await approvalBy(lao, built, { languages: ['th'] }), NOW));
		const [left] = (await queueOf(lao)).entries;
		expect(left).toMatchObject({ languages: ['en'], waitsForMe: true });
		expect(await ids(thai, { show: 'all' })).toEqual([id]);
	});

	it('keeps contributors’ own work out of what waits for them', async () => {
		const mine = await putSubmission(committee, built, { author: lao });
		const named = await buildOf(
			makeSource().edit('th/package.json', (json) => (json.contributors[0].name = 'bounmy'))
		);
		const alsoMine = await putSubmission(committee, named, { author });
		expect(await ids(lao)).toEqual([]);
		const all = (await queueOf(lao, { show: 'all' })).entries;
		expect(all.map(({ id, waitsForMe }) => [id, waitsForMe])).toEqual(
			expect.arrayContaining([
				[mine, false],
				[alsoMine, false]
			])
		);
	});

	it('shows nothing as waiting for who has no key, and no state but those open to the committee', async () => {
		for (const state of ['receiving', 'refused', 'withdrawn', 'superseded', 'published', 'changes-asked'])
			await putSubmission(committee, built, { author, state });
		const observer = await putPerson(ground, 'Watcher', 'observer', 'TH');
		expect(await queueOf(observer)).toEqual({ entries: [], next: null, waiting: 0 });
		const states = async (show: 'all' | 'published') =>
			(await queueOf(observer, { show })).entries.map(({ state }) => state).sort();
		expect(await states('all')).toEqual(['changes-asked', 'published']);
		expect(await states('published')).toEqual(['published', 'superseded']);
	});

	it('filters by language and sector', async () => {
		const id = await putSubmission(committee, built, { author });
		expect(await ids(lao, { language: 'th', sector: 'energy' })).toEqual([id]);
		expect(await ids(lao, { language: 'my' })).toEqual([]);
		expect(await ids(lao, { sector: 'food' })).toEqual([]);
	});

	it('pages from the oldest on, none twice and none left out, whatever comes meanwhile', async () => {
		const put = (at: number) => putSubmission(committee, built, { author, at });
		// Several at the very same moment: the id decides among them.
		for (let number = 0; number < 120; number++) await put(NOW - 1_000_000 + Math.floor(number / 7) * 1000);
		const seen: string[] = [];
		let after: string | undefined;
		for (;;) {
			const page = await queueOf(lao, after === undefined ? {} : { after });
			seen.push(...page.entries.map(({ id }) => id));
			expect(page.waiting).toBeGreaterThanOrEqual(120);
			if (!page.next) break;
			after = page.next;
			await put(NOW - 2_000_000);
		}
		expect(seen).toHaveLength(120);
		expect(new Set(seen).size).toBe(120);
	});

	it('refuses a place that it did not give', async () => {
		for (const after of [
			'',
			'x',
			`2026-01-01T00:00:00.000Z~'; drop table submissions; --`,
			'9999-99-99T99Z~a'
		]) {
			const reviewer = { account: lao.id, expert: null };
			const answer = await readQueue(ground.database, committee.credits, reviewer, { after }, 'en');
			expect(answer).toMatchObject({ ok: false, fault: { code: 'http/bad-request' } });
		}
	});
});
