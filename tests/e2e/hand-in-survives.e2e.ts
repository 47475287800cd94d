/** A hand-in whose server is killed again and again while blobs come (HND-12, HND-14): nothing that came is sent twice. */
import { expect, test } from '@playwright/test';
import type { HandInAnswer } from '../../src/lib/core/protocol/hand-in.ts';
import { courseBy, handedIn, send } from '../factories/handed-in.ts';
import { makeMp4 } from '../factories/mp4.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';

const PIECE = 64 * 1024;

let server: RunningServer;
test.beforeAll(async () => {
	test.setTimeout(180_000);
	server = await startServer();
});
test.afterAll(() => server.dispose());

test('a server killed in the middle goes on where it was', async () => {
	test.setTimeout(180_000);
	const [, name, password] = /(demo-teacher\S*)\s+(\S+)/.exec(server.output()) ?? [];
	const post = (path: string, body: unknown, cookie = '') =>
		fetch(`${server.origin}${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', cookie },
			body: JSON.stringify(body)
		});
	const entered = await post('/api/account/sign-in', { name, password });
	const cookies = entered.headers
		.getSetCookie()
		.map((cookie) => cookie.split(';')[0])
		.join('; ');

	const source = courseBy(name!);
	source.put('shared/media/clip.360p.mp4', makeMp4({ data: 1_500_000 }));
	const work = await handedIn(source);
	const handIn = async () =>
		(await (await post('/api/hand-in', work.request, cookies)).json()) as HandInAnswer;

	const urls = new Map<string, string>();
	let accepted = 0;
	let kills = 0;
	/** Kills the server once so many further bytes were accepted, or as soon as the last blob has come. */
	async function round(killAfter: number): Promise<void> {
		const { submission, missing } = await handIn();
		const limit = accepted + killAfter;
		for (const digest of missing) {
			let before = -1;
			await send({
				...{ origin: server.origin, cookies, submission: submission.id, digest, piece: PIECE },
				bytes: work.blobs.get(digest)!,
				url: urls.get(digest) ?? null,
				onUrl: (url) => urls.set(digest, url),
				onSent: (sent) => {
					accepted += before < 0 ? Math.min(sent, PIECE) : sent - before;
					before = sent;
					if (accepted >= limit && kills < KILLS.length) {
						kills += 1;
						void server.stop('SIGKILL');
					}
				}
			});
		}
	}
	const KILLS = [2_000, 9_000, 300_000, 500_000];
	for (const killAfter of KILLS) {
		await round(killAfter).catch(() => {});
		expect((await fetch(server.origin).catch(() => null)) === null).toBe(true);
		await server.start();
	}
	await round(Infinity);
	const { submission, missing } = await handIn();
	expect(missing).toEqual([]);
	expect(submission).toMatchObject({ state: 'in-review', faults: [], received: submission.bytes });
	// Every byte was accepted once; of each kill at most one piece had come without its answer.
	expect(accepted).toBeLessThanOrEqual(submission.bytes + KILLS.length * PIECE);
});
