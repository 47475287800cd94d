/**
 * What hangs on more than a role, over HTTP: another's work, one's own before the committee, people of another
 * institution (PPL-11, PPL-20, HND-6, REV-3). Roles alone are walked by `every-endpoint.pg.test.ts`.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ROLES } from '../../src/lib/core/identity/rights.ts';
import type { HandInAnswer } from '../../src/lib/core/protocol/hand-in.ts';
import type { MadeInvite } from '../../src/lib/core/protocol/people.ts';
import type { ReviewPage } from '../../src/lib/core/protocol/review.ts';
import { makeInstitution } from '../../src/lib/server/identity/institutions.ts';
import { openEndpoints, type EndpointWalk } from '../factories/endpoint-walk.ts';
import { base64, refusal, type Author } from '../factories/hand-in-desk.ts';
import { courseBy, handedIn, type HandedIn } from '../factories/handed-in.ts';

let walk: EndpointWalk;
beforeAll(async () => {
	walk = await openEndpoints();
});
afterAll(() => walk.close());
beforeEach(() => walk.rest());

const get = (who: Author, path: string) => walk.desk.get(who, path);
const post = (who: Author, path: string, body: unknown) =>
	walk.desk.post(path, body, { cookie: who.cookies });

describe('another’s work, for every role', () => {
	let begun: HandInAnswer;
	let work: HandedIn;
	let url: string;
	beforeAll(async () => {
		work = await handedIn(courseBy(walk.author.name));
		begun = await walk.desk.handIn(walk.author, work.request);
		url = await walk.desk.begin(walk.author, work, begun.submission.id, begun.missing[0]!);
	});

	it.each(ROLES)('HND-6 is not there for a %s, by its ids or in lists', async (role) => {
		const who = walk.people.get(role)!;
		const { id } = begun.submission;
		expect(await refusal(await get(who, `/api/hand-in/${id}`))).toEqual([404, 'hand-in/not-found']);
		expect(await refusal(await post(who, `/api/hand-in/${id}/withdraw`, {}))).toEqual([
			404,
			'hand-in/not-found'
		]);
		expect(await walk.desk.list(who)).toEqual([]);
		// A role that may not hand in is told so before anything is looked for.
		const mayHandIn = !['learner', 'observer'].includes(role);
		const [status, code] = mayHandIn ? [404, 'upload/gone'] : [403, 'people/not-allowed'];
		expect((await walk.desk.tus('HEAD', url, who.cookies)).status).toBe(status);
		const further = await walk.desk.tus('PATCH', url, who.cookies, { 'upload-offset': '0' }, 'x');
		expect(await refusal(further)).toEqual([status, code]);
		const anew = await walk.desk.beginning(
			who,
			id,
			begun.missing[0]!,
			64,
			`submission ${base64(id)},digest ${base64(begun.missing[0]!)}`
		);
		expect(await refusal(anew)).toEqual(mayHandIn ? [404, 'hand-in/not-found'] : [status, code]);
		const same = await post(who, '/api/hand-in', work.request);
		expect(await refusal(same)).toEqual([403, mayHandIn ? 'hand-in/not-yours' : 'people/not-allowed']);
	});

	it('HND-6 and all of it is as its author left it', async () => {
		const after = await walk.desk.look(walk.author, begun.submission.id);
		expect(after.submission.state).toBe('receiving');
		expect(after.missing).toEqual(begun.missing);
		expect((await walk.desk.tus('HEAD', url, walk.author.cookies)).headers.get('upload-offset')).toBe('0');
		for (const digest of begun.missing)
			await walk.desk.sendOne(walk.author, work, begun.submission.id, digest);
		expect((await walk.desk.look(walk.author, begun.submission.id)).missing).toEqual([]);
	});
});

it('REV-3 an expert who made a part of it reads and comments, and does not halt it', async () => {
	const expert = walk.people.get('expert')!;
	const source = courseBy(walk.author.name).edit('package.json', (json) => {
		json.contributors.push({ name: expert.name, institution: 'School LA', did: 'engineer' });
	});
	const work = await handedIn(source);
	const { submission, missing } = await walk.desk.handIn(walk.author, work.request);
	await walk.desk.sendAll(walk.author, work, { submission, missing });
	const page = (await (await get(expert, `/api/review/${submission.id}`)).json()) as ReviewPage;
	// That no key of theirs counts: src/lib/server/review/approve.pg.test.ts.
	expect(Object.values(page.me.counts)).not.toContain(null);
	expect(page.me).toMatchObject({ mayComment: true, mayAskChanges: false });
	const asked = { manifest: work.request.manifest, text: 'Not by me.' };
	expect(await refusal(await post(expert, `/api/review/${submission.id}/ask-changes`, asked))).toEqual([
		403,
		'review/contributor'
	]);
	const other = await walk.desk.author('expert');
	expect((await post(other, `/api/review/${submission.id}/ask-changes`, asked)).status).toBe(200);
});

it('PPL-20 an administrator of another institution sees and changes nothing of this one', async () => {
	const { pool } = walk.desk.ground.database;
	for (const id of ['riverside', 'other']) {
		const made = { name: `The ${id} place`, country: 'LA', kind: 'school' } as const;
		expect(await makeInstitution(walk.desk.ground.database, null, made, id)).toMatchObject({ ok: true });
	}
	const [own, foreign] = [await walk.desk.author('administrator'), await walk.desk.author('administrator')];
	const [teacher, learner] = [await walk.desk.author('teacher'), await walk.desk.author('learner')];
	for (const [institution, ids] of [
		['riverside', [own.id, teacher.id, learner.id]],
		['other', [foreign.id]]
	] as const) {
		await pool.query('update users set institution_id = $1 where id = any($2)', [institution, ids]);
	}
	const made = await post(own, '/api/people/invites', {
		role: 'teacher',
		institution: 'riverside',
		uses: 1,
		days: 1
	});
	const { invite } = (await made.json()) as MadeInvite;

	for (const [path, body, codes] of [
		['/api/people/suspend', { id: teacher.id, suspended: true }, [403, 'people/out-of-reach']],
		[
			'/api/people/role',
			{ id: teacher.id, role: 'learner', institution: 'other' },
			[403, 'people/out-of-reach']
		],
		['/api/people/invites/end', { id: invite.id }, [404, 'people/unknown-invite']],
		[
			'/api/people/institutions/rename',
			{ id: 'riverside', name: 'Taken over' },
			[403, 'people/out-of-reach']
		],
		['/api/account/reset-code', { name: learner.name }, [403, 'people/out-of-reach']]
	] as const) {
		expect([path, await refusal(await post(foreign, path, body))]).toEqual([path, codes]);
	}
	for (const path of [
		'/api/people',
		'/api/people/invites',
		'/api/people/institutions',
		'/api/people/audit'
	]) {
		const seen = await (await get(foreign, path)).text();
		for (const secret of [teacher.id, learner.id, teacher.name, invite.id, 'riverside']) {
			expect(seen, path).not.toContain(secret);
		}
	}
	const listed = await (await get(own, '/api/people')).text();
	for (const { name } of [teacher, learner]) expect(listed).toContain(name);
});
