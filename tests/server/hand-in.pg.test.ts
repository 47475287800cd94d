/** Handing in over HTTP, as the phone does it (docs/spec/hand-in.md, HND-1 to HND-9). */
import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { services } from '../../src/lib/server/start/services.ts';
import { makeMp4 } from '../factories/mp4.ts';
import { openHandInDesk, refusal, rolesOf, type HandInDesk } from '../factories/hand-in-desk.ts';
import { publishSource } from '../factories/ground.ts';
import { courseBy, handedIn } from '../factories/handed-in.ts';

let desk: HandInDesk;
beforeAll(async () => {
	desk = await openHandInDesk();
});
afterAll(() => desk.close());

describe('handing in', () => {
	it('HND-1 HND-10 goes the whole way: text first, review begins, media follow, all is here', async () => {
		const who = await desk.author();
		const work = await handedIn(courseBy(who.name));
		const first = await desk.handIn(who, { ...work.request, note: 'Please look at unit 2.' });
		expect(first.submission).toMatchObject({ state: 'receiving', title: 'A little sun (en)', received: 0 });
		expect(rolesOf(work, first.missing)[0]).toBe('manifest');
		const isText = (role: string) => ['manifest', 'part', 'pack'].includes(role);
		for (const digest of first.missing) {
			if (isText(rolesOf(work, [digest])[0]!)) await desk.sendOne(who, work, first.submission.id, digest);
		}
		const read = await desk.look(who, first.submission.id);
		expect(read.submission).toMatchObject({ state: 'in-review', faults: [] });
		expect(read.submission.languages.map(({ language }) => language)).toEqual(['en', 'th']);
		expect(new Set(rolesOf(work, read.missing))).toEqual(new Set(['video']));
		await desk.sendAll(who, work, read);
		const whole = await desk.look(who, first.submission.id);
		expect(whole.missing).toEqual([]);
		expect(whole.submission.received).toBe(whole.submission.bytes);
		const { rows } = await desk.ground.database.pool.query(
			'select action from submission_log where submission_id = $1 order by seq',
			[first.submission.id]
		);
		expect(rows.map(({ action }) => action)).toEqual(['hand-in', 'pass-checks', 'receive-all']);
		expect(await readdir(join(desk.ground.folder, 'uploads'))).toEqual([]);
	});

	it('HND-2 the same twice, even at once, is one', async () => {
		const who = await desk.author();
		const work = await handedIn(courseBy(who.name));
		const answers = await Promise.all([1, 2, 3].map(() => desk.handIn(who, work.request)));
		expect(new Set(answers.map(({ submission }) => submission.id)).size).toBe(1);
		await desk.sendAll(who, work, answers[0]!);
		expect((await desk.handIn(who, work.request)).missing).toEqual([]);
	});

	it('HND-3 what the server has is not asked for: after a change only what changed travels', async () => {
		const who = await desk.author();
		const source = courseBy(who.name);
		const work = await handedIn(source);
		await desk.sendAll(who, work, await desk.handIn(who, work.request));
		source.replace('th/units/hands.md', 'Do it.', 'Do it well.');
		const next = await handedIn(source, work.request.draft);
		const answer = await desk.handIn(who, next.request);
		expect(rolesOf(next, answer.missing)).toEqual(['manifest', 'part', 'pack']);
		const before = await desk.list(who);
		expect(before.map(({ state }) => state)).toEqual(['receiving', 'superseded']);
		await desk.sendAll(who, next, answer);
		expect((await desk.look(who, answer.submission.id)).submission).toMatchObject({ state: 'in-review' });
		// Another author has to send it all.
		const other = await desk.author();
		const theirs = await handedIn(courseBy(other.name));
		expect((await desk.handIn(other, theirs.request)).missing.length).toBe(theirs.request.blobs.length);
	});

	it('HND-4 taken back, and handed in anew afterwards', async () => {
		const who = await desk.author();
		const work = await handedIn(courseBy(who.name));
		const { submission } = await desk.handIn(who, work.request);
		const path = `/api/hand-in/${submission.id}/withdraw`;
		for (const state of ['withdrawn', 'withdrawn']) {
			expect(await desk.submit(who, path, {})).toMatchObject({
				submission: { state },
				missing: []
			});
		}
		await expect(desk.sendOne(who, work, submission.id, work.request.manifest)).rejects.toMatchObject({
			status: 409
		});
		const again = await desk.handIn(who, work.request);
		expect(again.submission.id).not.toBe(submission.id);
		await desk.sendAll(who, work, again);
		expect((await desk.look(who, again.submission.id)).submission.state).toBe('in-review');
	});
});

describe('what nobody needs any more (HND-17)', () => {
	it('media of what was closed thirty days ago go, text and open work stay', async () => {
		const who = await desk.author();
		const source = courseBy(who.name).put('shared/media/clip.360p.mp4', makeMp4({ data: 777 }));
		const closed = await handedIn(source);
		const open = await handedIn(courseBy(who.name).put('shared/media/clip.360p.mp4', makeMp4({ data: 778 })));
		const first = await desk.sendAll(who, closed, await desk.handIn(who, closed.request));
		await desk.sendAll(who, open, await desk.handIn(who, open.request));
		await desk.submit(who, `/api/hand-in/${first.submission.id}/withdraw`, {});
		const { handIns } = (await services()).review;
		expect((await handIns.sweep()).blobs).toBe(0);
		await desk.ground.database.pool.query(
			`update submissions set since = since - interval '31 days', handed_in_at = handed_in_at - interval '31 days'
			 where author = $1`,
			[who.id]
		);
		// The clip that both have is needed still.
		expect((await handIns.sweep()).blobs).toBe(1);
		expect((await handIns.sweep()).blobs).toBe(0);
		const again = await desk.handIn(who, closed.request);
		expect(rolesOf(closed, again.missing)).toEqual(['video']);
		const done = await desk.sendAll(who, closed, again);
		expect(done.submission).toMatchObject({ state: 'in-review', received: done.submission.bytes });
	});
});

describe('who may', () => {
	it('HND-5 learners and observers may not, nor anybody whose rights are on hold, nor who is not signed in', async () => {
		for (const role of ['learner', 'observer']) {
			const who = await desk.author(role);
			const { request } = await handedIn(courseBy(who.name));
			expect(await desk.refused(who, request)).toEqual([403, 'people/not-allowed']);
		}
		const who = await desk.author();
		const work = await handedIn(courseBy(who.name));
		const { submission } = await desk.handIn(who, work.request);
		await desk.ground.database.pool.query('update users set suspended_at = now() where id = $1', [who.id]);
		expect(await desk.refused(who, work.request)).toEqual([403, 'people/suspended']);
		await expect(desk.sendOne(who, work, submission.id, work.request.manifest)).rejects.toThrow(
			'people/suspended'
		);
		expect(await refusal(await desk.post('/api/hand-in', work.request))).toEqual([401, 'account/signed-out']);
	});

	it("HND-6 another's draft, package, hand-in or upload is not theirs to touch", async () => {
		const [who, other] = [await desk.author(), await desk.author()];
		const source = courseBy(who.name);
		const work = await handedIn(source);
		const { submission } = await desk.handIn(who, work.request);
		expect(await desk.refused(other, work.request)).toEqual([403, 'hand-in/not-yours']);
		expect(await desk.refused(other, { ...work.request, draft: randomUUID() })).toEqual([
			409,
			'hand-in/package-taken'
		]);
		const asked = await fetch(`${desk.server.origin}/api/hand-in/${submission.id}`, {
			headers: { cookie: other.cookies }
		});
		expect(await refusal(asked)).toEqual([404, 'hand-in/not-found']);
		const taken = await desk.post(`/api/hand-in/${submission.id}/withdraw`, {}, { cookie: other.cookies });
		expect(await refusal(taken)).toEqual([404, 'hand-in/not-found']);
		await expect(desk.sendOne(other, work, submission.id, work.request.manifest)).rejects.toThrow(
			'hand-in/not-found'
		);
		// An upload that the author has begun.
		const { digest } = work.request.blobs.at(-1)!;
		const url = await desk.begin(who, work, submission.id, digest);
		const head = await desk.tus('HEAD', url, other.cookies);
		expect(head.status).toBe(404);
		const patch = await desk.tus('PATCH', url, other.cookies, { 'upload-offset': '0' }, new Uint8Array(10));
		expect(await refusal(patch)).toEqual([404, 'upload/gone']);
	});

	it('HND-7 another site cannot hand in, upload or take back with somebody’s cookie', async () => {
		const who = await desk.author();
		const work = await handedIn(courseBy(who.name));
		const { submission } = await desk.handIn(who, work.request);
		const evil = { cookie: who.cookies, origin: 'https://evil.example' };
		for (const [path, body] of [
			['/api/hand-in', work.request],
			[`/api/hand-in/${submission.id}/withdraw`, {}]
		] as const) {
			expect(await refusal(await desk.post(path, body, evil))).toEqual([403, 'account/other-site']);
		}
		const url = await desk.begin(who, work, submission.id, work.request.manifest);
		for (const method of ['POST', 'PATCH', 'HEAD', 'OPTIONS']) {
			const response = await desk.tus(method, url, who.cookies, { origin: 'https://evil.example' });
			expect(response.status).toBe(403);
			expect(response.headers.get('access-control-allow-origin')).toBeNull();
		}
		const site = await desk.tus('HEAD', url, who.cookies, { 'sec-fetch-site': 'cross-site' });
		expect(site.status).toBe(403);
	});
});

describe('sizes', () => {
	it('HND-9 says what is too large, before a byte of it travels', async () => {
		const who = await desk.author();
		const { request } = await handedIn(courseBy(who.name));
		const digest = (n: number) => n.toString(16).padStart(64, 'a');
		const video = (n: number, size: number) => ({ digest: digest(n), size, role: 'video' as const });
		const MB = 1024 * 1024;
		for (const more of [[video(1, 20 * MB + 1)], [1, 2, 3, 4].map((n) => video(n, 17 * MB))]) {
			const big = { ...request, blobs: [...request.blobs, ...more] };
			expect(await desk.refused(who, big)).toEqual([413, 'hand-in/too-large']);
		}
	});

	it('HND-9 takes thirty a day from one person', async () => {
		const who = await desk.author();
		const { request } = await handedIn(courseBy(who.name));
		const { submission } = await desk.handIn(who, request);
		await desk.ground.database.pool.query(
			`insert into submissions select gen_random_uuid(), author, gen_random_uuid(), package_id, version, manifest, kind,
			   sector, languages, titles, note, 'withdrawn', since, handed_in_at, waiting, contributors, faults
			 from submissions, generate_series(1, 29) where id = $1`,
			[submission.id]
		);
		const { request: more } = await handedIn(courseBy(who.name));
		expect(await desk.refused(who, more)).toEqual([429, 'hand-in/too-many']);
		// What is known is answered all the same.
		expect((await desk.handIn(who, request)).submission.id).toBe(submission.id);
	});

	it('HND-1 a list that is none is refused', async () => {
		const who = await desk.author();
		const { request } = await handedIn(courseBy(who.name));
		for (const blobs of [
			[...request.blobs, request.blobs[1]!],
			request.blobs.filter(({ role }) => role !== 'manifest'),
			request.blobs.map((blob, at) => (at === 2 ? { ...blob, size: 0 } : blob))
		]) {
			expect(await desk.refused(who, { ...request, blobs })).toEqual([400, 'http/bad-request']);
		}
	});
});

describe('beside what is published', () => {
	it('HND-6 a package that was published another way is nobody’s to hand in', async () => {
		await publishSource(desk.ground);
		const who = await desk.author();
		const { request } = await handedIn(courseBy(who.name, 'little-sun'));
		expect(await desk.refused(who, request)).toEqual([409, 'hand-in/package-taken']);
	});

	it('HND-3 blobs that are published need not travel', async () => {
		const who = await desk.author();
		const work = await handedIn(courseBy(who.name));
		const answer = await desk.handIn(who, work.request);
		expect(rolesOf(work, answer.missing)).not.toContain('video');
		await desk.sendAll(who, work, answer);
		expect((await desk.look(who, answer.submission.id)).submission).toMatchObject({
			state: 'in-review',
			faults: []
		});
	});
});
