/** Blobs of a hand-in piece by piece, by tus over real sockets (docs/spec/hand-in.md, HND-10 to HND-16). */
import { appendFile, readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { services } from '../../src/lib/server/start/services.ts';
import { base64, openHandInDesk, refusal, type HandInDesk } from '../factories/hand-in-desk.ts';
import { courseBy, handedIn, send } from '../factories/handed-in.ts';

let desk: HandInDesk;
beforeAll(async () => {
	desk = await openHandInDesk();
});
afterAll(() => desk.close());

describe('uploads', () => {
	it('HND-11 begin only what is missing, in its own size, and name what they are', async () => {
		const who = await desk.author();
		const work = await handedIn(courseBy(who.name));
		const { submission } = await desk.handIn(who, work.request);
		const { manifest } = work.request;
		const size = work.blobs.get(manifest)!.length;
		const codes = [
			await refusal(await desk.beginning(who, submission.id, manifest, size + 1)),
			await refusal(await desk.beginning(who, submission.id, 'b'.repeat(64), size)),
			await refusal(await desk.beginning(who, submission.id, manifest, size, `digest ${base64('../../x')}`))
		];
		expect(codes).toEqual([
			[400, 'upload/other-size'],
			[404, 'hand-in/not-found'],
			[400, 'http/bad-request']
		]);
		await desk.sendOne(who, work, submission.id, manifest);
		expect(await refusal(await desk.beginning(who, submission.id, manifest, size))).toEqual([
			409,
			'upload/not-wanted'
		]);
	});

	it('HND-12 go on where the link was cut, with every byte that came', async () => {
		const who = await desk.author();
		const work = await handedIn(courseBy(who.name));
		const { submission } = await desk.handIn(who, work.request);
		const { digest } = work.request.blobs.at(-1)!;
		const bytes = work.blobs.get(digest)!;
		const url = await desk.begin(who, work, submission.id, digest);
		// A piece of which only a part comes.
		const half = bytes.subarray(0, bytes.length >> 1);
		const cut = new AbortController();
		const stream = new ReadableStream({
			start(controller) {
				controller.enqueue(half);
			}
		});
		const sending = fetch(new URL(url, desk.server.origin), {
			method: 'PATCH',
			headers: {
				...{ cookie: who.cookies, 'tus-resumable': '1.0.0', 'upload-offset': '0' },
				'content-type': 'application/offset+octet-stream'
			},
			body: stream,
			duplex: 'half',
			signal: cut.signal
		} as RequestInit);
		await new Promise((done) => setTimeout(done, 300));
		cut.abort();
		await expect(sending).rejects.toThrow();
		const head = await desk.tus('HEAD', url, who.cookies);
		expect(head.headers.get('upload-offset')).toBe(String(half.length));
		const elsewhere = await desk.tus('PATCH', url, who.cookies, { 'upload-offset': '0' }, new Uint8Array(5));
		expect(await refusal(elsewhere)).toEqual([409, 'upload/other-place']);
		let first: number | undefined;
		await send({
			...{ origin: desk.server.origin, cookies: who.cookies, submission: submission.id, digest, bytes },
			url: `${desk.server.origin}${url}`,
			onSent: (sent) => (first ??= sent)
		});
		expect(first).toBeGreaterThan(half.length);
		expect((await desk.look(who, submission.id)).missing).not.toContain(digest);
	});

	it('HND-13 bytes that are not what their name says are dropped and asked for again; three times is no accident', async () => {
		const who = await desk.author();
		const work = await handedIn(courseBy(who.name));
		const { submission } = await desk.handIn(who, work.request);
		const { manifest } = work.request;
		const wrong = new Uint8Array(work.blobs.get(manifest)!).fill(7);
		for (const [status, code] of [
			[460, 'upload/wrong-digest'],
			[460, 'upload/wrong-digest'],
			[422, 'hand-in/wrong-digest']
		] as const) {
			const sent = desk.sendOne(who, work, submission.id, manifest, wrong);
			await expect(sent).rejects.toMatchObject({ status, message: expect.stringContaining(code) });
		}
		const left = await readdir(join(desk.ground.folder, 'uploads'));
		expect(left.filter((name) => name.startsWith(submission.id))).toEqual([]);
		// The good bytes still count.
		await desk.sendOne(who, work, submission.id, manifest);
		expect((await desk.look(who, submission.id)).missing).not.toContain(manifest);
	});

	it('HND-14 the last byte came and the server died: asking where it was ends it', async () => {
		const who = await desk.author();
		const work = await handedIn(courseBy(who.name));
		const { submission } = await desk.handIn(who, work.request);
		const { manifest } = work.request;
		const url = await desk.begin(who, work, submission.id, manifest);
		await appendFile(join(desk.ground.folder, 'uploads', url.split('/').at(-1)!), work.blobs.get(manifest)!);
		expect((await desk.tus('HEAD', url, who.cookies)).status).toBe(200);
		expect((await desk.look(who, submission.id)).missing).not.toContain(manifest);
	});

	it('HND-15 what was not gone on with for fourteen days goes', async () => {
		const who = await desk.author();
		const work = await handedIn(courseBy(who.name));
		const { submission } = await desk.handIn(who, work.request);
		const url = await desk.begin(who, work, submission.id, work.request.manifest);
		const { review } = await services();
		const folder = join(desk.ground.folder, 'uploads');
		expect(await review.handIns.uploads.sweep(Date.now())).toBe(0);
		const old = new Date(Date.now() - 15 * 24 * 3_600_000);
		for (const name of await readdir(folder)) await utimes(join(folder, name), old, old);
		expect(await review.handIns.uploads.sweep(Date.now())).toBeGreaterThan(0);
		expect(await readdir(folder)).toEqual([]);
		expect((await desk.tus('HEAD', url, who.cookies)).status).toBe(404);
		// It begins anew.
		await desk.sendOne(
			who,
			work,
			submission.id,
			work.request.manifest,
			undefined,
			`${desk.server.origin}${url}`
		);
		expect((await desk.look(who, submission.id)).missing).not.toContain(work.request.manifest);
	});
});
