/** What handing in costs over a link that breaks: 50 MB and thirty cuts, each in the middle of a piece (HND-12). */
import { randomInt } from 'node:crypto';
import type { HandInAnswer } from '../src/lib/core/protocol/hand-in.ts';
import { startCuttingLink, type CuttingLink } from '../tests/factories/cutting-link.ts';
import { courseBy, handedIn, send, type HandedIn } from '../tests/factories/handed-in.ts';
import { makeMp4 } from '../tests/factories/mp4.ts';
import type { RunningServer } from '../tests/factories/running-server.ts';
import { figure, type Figure } from './figure.ts';

const MB = 1_000_000;
const CUTS = 30;
/** 52 MB sent of 50. */
const LIMIT = 1.04;

export async function measureHandIn(server: RunningServer, runs: number): Promise<Figure[]> {
	const link = await startCuttingLink();
	link.target = server.port;
	const ratios: number[] = [];
	try {
		const teacher = await signIn(server);
		for (let run = 0; run < runs; run++) {
			const work = await fiftyMegabytes(teacher.name);
			const bytes = [...work.blobs.values()].reduce((sum, { length }) => sum + length, 0);
			ratios.push((await sendOverCuts(link, teacher.cookies, work, bytes)) / bytes);
		}
	} finally {
		await link.close();
	}
	return [figure('handin.bytes-ratio', 'sent/whole', ratios, LIMIT)];
}

/** A teacher of the demonstration, whose password `npm start` prints. */
async function signIn({ origin, output }: RunningServer): Promise<{ name: string; cookies: string }> {
	const [, name, password] = /(demo-teacher\S*)\s+(\S+)/.exec(output()) ?? [];
	const response = await fetch(`${origin}/api/account/sign-in`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ name, password })
	});
	if (!response.ok) throw new Error(`signing in: ${await response.text()}`);
	const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]!);
	return { name: name!, cookies: cookies.join('; ') };
}

/** Three films; no two runs have the same bytes. */
function fiftyMegabytes(name: string): Promise<HandedIn> {
	const source = courseBy(name);
	const filled = (height: number, data: number) => {
		const film = makeMp4({ height, data });
		film.set(
			Uint8Array.from({ length: 8 }, () => randomInt(256)),
			film.length - 8
		);
		return film;
	};
	source.put('shared/media/clip.360p.mp4', filled(360, 19 * MB));
	source.put('shared/media/clip.144p.mp4', filled(144, 19 * MB));
	for (const tag of ['en', 'th']) {
		source.put(`${tag}/media/clip.audio.m4a`, filled(tag === 'en' ? 0 : 1, 6 * MB));
		source.edit(`${tag}/package.json`, (json) => (json.narration = 'spoken'));
	}
	return handedIn(source);
}

/** Sends it all as the phone does, going on after each cut; answers the bytes that went up. */
async function sendOverCuts(
	link: CuttingLink,
	cookies: string,
	work: HandedIn,
	bytes: number
): Promise<number> {
	const before = link.up;
	const urls = new Map<string, string>();
	for (let cuts = 0; ; cuts++) {
		if (cuts > CUTS + 5) throw new Error('it does not come to an end');
		link.left = cuts < CUTS ? Math.floor(bytes / (CUTS + 1)) : Infinity;
		const answer = await round(link, cookies, work, urls).catch((error: Error) => error);
		if (!(answer instanceof Error)) {
			if (answer.submission.state !== 'in-review') throw new Error(JSON.stringify(answer.submission.faults));
			return link.up - before;
		}
		if (link.left > 0) throw answer;
	}
}

async function round(
	{ origin }: CuttingLink,
	cookies: string,
	work: HandedIn,
	urls: Map<string, string>
): Promise<HandInAnswer> {
	for (;;) {
		const response = await fetch(`${origin}/api/hand-in`, {
			method: 'POST',
			headers: { cookie: cookies, 'content-type': 'application/json' },
			body: JSON.stringify(work.request)
		});
		if (!response.ok) throw new Error(await response.text());
		const answer = (await response.json()) as HandInAnswer;
		if (answer.missing.length === 0) return answer;
		for (const digest of answer.missing) {
			await send({
				...{ origin, cookies, submission: answer.submission.id, digest },
				bytes: work.blobs.get(digest)!,
				url: urls.get(digest) ?? null,
				onUrl: (url) => urls.set(digest, url)
			});
		}
	}
}
