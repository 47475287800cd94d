/** The committee over HTTP (docs/spec/review.md): in the shapes that are promised, and what is refused. */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExpertKey, Queue, ReviewPage } from '../../src/lib/core/protocol/review.ts';
import { ReviewUnit } from '../../src/lib/core/review/unit.ts';
import { EnrolmentRequest } from '../../src/lib/core/trust/enrolment.ts';
import type { Signer } from '../../src/lib/core/trust/types.ts';
import { makeKey } from '../../src/lib/server/trust/signing.ts';
import { approvalBy, proofOf, putPerson, recallBy } from '../factories/committee.ts';
import { courseBy, handedIn, type HandedIn } from '../factories/handed-in.ts';
import { openHandInDesk, type Author, type HandInDesk } from '../factories/hand-in-desk.ts';

let desk: HandInDesk;
let author: Author;
let lao: Author & { signer: Signer };
let chinese: Author & { signer: Signer };
let outsider: Author;
let work: HandedIn;
let id: string;

beforeAll(async () => {
	desk = await openHandInDesk();
	author = await desk.author();
	lao = await expert('LA');
	chinese = await expert('CN');
	outsider = await desk.author();
	work = await handedIn(courseBy(author.name));
	const answer = await desk.handIn(author, work.request);
	id = answer.submission.id;
	await desk.sendAll(author, work, answer);
});
afterAll(() => desk.close());

/** An expert of an institution there, whose key is enrolled by the page's own request. */
async function expert(country: string): Promise<Author & { signer: Signer }> {
	const who = await desk.author('expert');
	await putPerson(desk.ground, `Colleague ${country}`, 'teacher', country);
	await desk.ground.database.pool.query('update users set institution_id = $2 where id = $1', [
		...[who.id, `school-${country.toLowerCase()}`]
	]);
	const { signer } = makeKey();
	const proof = await proofOf(signer, who.id);
	const request = { key: signer.key, proof, sectors: ['energy'], languages: ['en', 'th'] };
	const key = v.parse(ExpertKey, (await post(who, '/api/review/key', request)).json);
	expect(key.state).toBe('enrolled');
	return { ...who, signer };
}

async function post(who: Author | null, path: string, body: unknown, headers: Record<string, string> = {}) {
	const response = await desk.post(path, body, { ...(who ? { cookie: who.cookies } : {}), ...headers });
	return { status: response.status, json: (await response.json()) as { code?: string } };
}
async function get(who: Author, path: string) {
	const response = await desk.get(who, path);
	return { status: response.status, json: (await response.json()) as { code?: string } };
}
const pageFor = async (who: Author) => v.parse(ReviewPage, (await get(who, `/api/review/${id}`)).json);
const code = ({ status, json }: { status: number; json: { code?: string } }) =>
	`${status} ${json.code ?? ''}`.trim();
const saying = (text = 'Why?') => ({
	...{ id: crypto.randomUUID(), language: 'en', unit: 'light', block: 'b1', quote: null, text }
});

describe('reading', () => {
	it('answers queue, submission and units in the shapes that are promised', async () => {
		const queue = v.parse(Queue, (await get(lao, '/api/review/queue?show=mine&lang=th')).json);
		expect(queue.entries).toMatchObject([{ id, waitsForMe: true, maker: { name: author.name } }]);
		const page = await pageFor(lao);
		expect(page).toMatchObject({
			...{ before: null, updateBytes: null },
			me: { counts: { en: null, th: null }, mayComment: true, mayAskChanges: true, mayRecall: false }
		});
		expect(page.units.length).toBeGreaterThan(3);
		for (const unit of page.units) {
			const found = await get(lao, `/api/review/${id}/unit/${unit.id}?language=th`);
			const { now, before } = v.parse(ReviewUnit, found.json);
			expect([now?.contentLanguage, before]).toEqual(['th', null]);
		}
		expect(code(await get(lao, `/api/review/${id}/unit/nowhere?language=th`))).toBe(
			'404 review/unknown-unit'
		);
		expect(code(await get(lao, `/api/review/${id}/unit/light?language=my`))).toBe('404 review/unknown-unit');
		expect(code(await get(lao, `/api/review/${id}/unit/light`))).toBe('400 http/bad-request');
	});

	it('shows it to the committee and its author, and to others as if there were none', async () => {
		expect((await pageFor(author)).me).toMatchObject({ mayComment: true, mayAskChanges: false });
		expect(code(await get(outsider, `/api/review/${id}`))).toBe('404 review/unknown-submission');
		expect(code(await get(outsider, '/api/review/queue'))).toBe('403 people/not-allowed');
		expect((await fetch(`${desk.server.origin}/api/review/${id}`)).status).toBe(401);
	});

	it('gives its media to them alone, under their type, as nothing that could act', async () => {
		const { digest, bytes } = work.built.media[0]!;
		const file = await desk.get(lao, `/api/review/${id}/file/${digest}`);
		expect(file.status).toBe(200);
		expect(
			createHash('sha256')
				.update(Buffer.from(await file.arrayBuffer()))
				.digest('hex')
		).toBe(digest);
		expect(Object.fromEntries(file.headers)).toMatchObject({
			...{ 'content-type': 'video/mp4', 'x-content-type-options': 'nosniff' },
			...{ 'cache-control': 'private, no-store', 'cross-origin-resource-policy': 'same-origin' },
			'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'"
		});
		expect(file.headers.get('access-control-allow-origin')).toBeNull();
		const part = await fetch(`${desk.server.origin}/api/review/${id}/file/${digest}`, {
			headers: { cookie: author.cookies, range: 'bytes=0-9' }
		});
		expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([
			206,
			Buffer.from(bytes.subarray(0, 10))
		]);
		expect((await desk.get(outsider, `/api/review/${id}/file/${digest}`)).status).toBe(404);
		expect((await fetch(`${desk.server.origin}/api/review/${id}/file/${digest}`)).status).toBe(401);
		// Nor anything that is not a medium of it, nor by the public address.
		const manifest = work.request.manifest;
		expect((await desk.get(lao, `/api/review/${id}/file/${manifest}`)).status).toBe(404);
		expect((await desk.get(lao, `/media/${digest}.mp4`)).status).toBe(404);
		expect((await desk.get(lao, `/blob/${digest}`)).status).toBe(404);
	});
});

describe('refusals', () => {
	it('takes no form from another site', async () => {
		const { json, status } = await post(lao, `/api/review/${id}/comment`, saying(), {
			origin: 'https://evil.example'
		});
		expect([status, json.code]).toEqual([403, 'account/other-site']);
		for (const path of [
			...['approve', 'ask-changes', 'recall', 'resolve'].map((each) => `/api/review/${id}/${each}`),
			...['/api/review/key', '/api/review/key/revoke', '/api/review/register']
		]) {
			const answer = await post(lao, path, {}, { origin: 'https://evil.example' });
			expect(code(answer)).toBe('403 account/other-site');
		}
		expect((await pageFor(lao)).submission.comments).toEqual([]);
	});

	it('knows no transitions but these, and no fields that would make one', async () => {
		for (const action of ['publish', 'pass-checks', 'receive-all', 'replace', 'lift', 'state'])
			expect((await desk.post(`/api/review/${id}/${action}`, {}, { cookie: lao.cookies })).status).toBe(404);
		const asking = { manifest: work.request.manifest, text: 'x', state: 'published' };
		expect(code(await post(lao, `/api/review/${id}/ask-changes`, asking))).toBe('400 http/bad-request');
		expect(code(await post(lao, '/api/review/not-an-id/comment', saying()))).toBe('400 http/bad-request');
		expect(code(await post(lao, `/api/review/${crypto.randomUUID()}/comment`, saying()))).toBe(
			'404 review/unknown-submission'
		);
		expect(code(await post(outsider, `/api/review/${id}/comment`, saying()))).toBe('403 people/not-allowed');
		expect(code(await post(lao, `/api/review/${id}/comment`, saying('x'.repeat(3000))))).toBe(
			'400 http/bad-request'
		);
		expect(code(await post(lao, `/api/review/${id}/comment`, saying('x'.repeat(200_000))))).toBe(
			'413 http/too-large'
		);
	});

	it('lets a suspended expert do nothing', async () => {
		const who = await expert('VN');
		const suspend = (value: string) =>
			desk.ground.database.pool.query(`update users set suspended_at = ${value} where id = $1`, [who.id]);
		await suspend('now()');
		const request = await approvalBy(who, work.built, { now: Date.now() });
		for (const [path, body] of [
			['comment', saying()],
			['ask-changes', { manifest: work.request.manifest, text: 'x' }],
			['approve', request]
		] as const)
			expect(code(await post(who, `/api/review/${id}/${path}`, body))).toBe('403 people/suspended');
		await suspend('null');
	});

	it('takes a register from administrators only, and none that enough keys have not signed', async () => {
		const register = { signed: {}, signatures: [] };
		expect(code(await post(lao, '/api/review/register', register))).toBe('403 people/not-allowed');
		const administrator = await desk.author('administrator');
		expect(code(await post(administrator, '/api/review/register', register))).toBe(
			'403 review/register-refused'
		);
	});
});

describe('the way through', () => {
	it('comment, two signatures, out; recalled, and the author reads why', async () => {
		const comment = saying('Say which light. <b>Now</b>');
		const commented = v.parse(ReviewPage, (await post(lao, `/api/review/${id}/comment`, comment)).json);
		expect(commented.submission.comments).toMatchObject([{ text: comment.text }]);
		const resolved = await post(lao, `/api/review/${id}/resolve`, { comment: comment.id });
		expect(v.parse(ReviewPage, resolved.json).submission.comments[0]!.resolvedAt).not.toBeNull();

		const now = Date.now();
		const stale = { ...(await approvalBy(lao, work.built, { now })), manifest: 'a'.repeat(64) };
		expect(code(await post(lao, `/api/review/${id}/approve`, stale))).toBe('409 review/changed-meanwhile');
		const sign = async (who: Author & { signer: Signer }) =>
			post(who, `/api/review/${id}/approve`, await approvalBy(who, work.built, { now }));
		const one = v.parse(ReviewPage, (await sign(lao)).json);
		expect(one).toMatchObject({
			submission: { state: 'in-review' },
			me: { counts: { en: 'review/already-signed' } }
		});
		expect(code(await sign(lao))).toBe('409 review/already-signed');
		const two = v.parse(ReviewPage, (await sign(chinese)).json);
		expect(two.submission).toMatchObject({
			state: 'published',
			languages: [
				{ language: 'en', approved: true, published: true },
				{ language: 'th', approved: true, published: true }
			]
		});
		const shelf = await desk.get(outsider, `/api/library/${work.request.package}?lang=th`);
		expect(await shelf.json()).toMatchObject({ version: '1.0.0' });

		const statement = await recallBy(
			lao,
			work.built,
			{ reason: 'Wrong voltage.', units: ['light'] },
			['shared'],
			now
		);
		const recalled = v.parse(ReviewPage, (await post(lao, `/api/review/${id}/recall`, { statement })).json);
		expect(recalled.submission).toMatchObject({ state: 'recalled', recall: { reason: 'Wrong voltage.' } });
		// Nobody reads it online either; what was not recalled stays.
		const online = (unit: string) => get(outsider, `/api/library/${work.request.package}/${unit}?lang=th`);
		expect(await online('light')).toMatchObject({ status: 410, json: { code: 'trust/recalled' } });
		expect((await online('hands')).status).toBe(200);
		expect((await desk.look(author, id)).submission).toMatchObject({ recall: { reason: 'Wrong voltage.' } });
	});

	it('exports what a ceremony signs, as a file', async () => {
		const response = await desk.get(lao, '/api/review/key?export');
		expect(response.headers.get('content-disposition')).toMatch(
			/^attachment; filename="expert-[0-9a-f]+\.enrolment\.json"$/
		);
		expect(v.parse(EnrolmentRequest, await response.json()).key?.public).toBe(lao.signer.key);
		expect(code(await get(outsider, '/api/review/key'))).toBe('403 people/not-allowed');
	});
});
