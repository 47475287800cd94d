/** The server's side of handing in behind a socket, and authors who use it as their phones would. */
import * as v from 'valibot';
import { expect } from 'vitest';
import { HandInAnswer, HandInList, type HandInRequest } from '../../src/lib/core/protocol/hand-in.ts';
import { handOver } from '../../src/lib/server/start/services.ts';
import { openTestGround } from './ground.ts';
import { send, type HandedIn } from './handed-in.ts';
import { serveRoutes } from './route-server.ts';

export interface Author {
	id: string;
	name: string;
	cookies: string;
}
export type HandInDesk = Awaited<ReturnType<typeof openHandInDesk>>;

/** Opens a ground of its own, and the routes over it. */
export async function openHandInDesk() {
	const ground = await openTestGround();
	handOver(ground);
	const server = await serveRoutes();
	let people = 0;

	/** Somebody who may hand in, unless another role is given. */
	async function author(role = 'teacher', language = 'en'): Promise<Author> {
		const name = `teacher${String(++people).padStart(2, '0')}x`;
		const joined = await post('/api/account/join', { name, password: 'three dry roofs', language });
		const { person } = (await joined.json()) as { person: { id: string } };
		await ground.database.pool.query('update users set role = $2 where id = $1', [person.id, role]);
		const cookies = joined.headers
			.getSetCookie()
			.map((each) => each.split(';')[0])
			.join('; ');
		return { id: person.id, name, cookies };
	}

	const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
		fetch(`${server.origin}${path}`, {
			method: 'POST',
			body: JSON.stringify(body),
			headers: { 'content-type': 'application/json', ...headers }
		});
	const get = (who: Author, path: string) =>
		fetch(`${server.origin}${path}`, { headers: { cookie: who.cookies } });

	/** A form that is taken. */
	async function submit(who: Author, path: string, body: unknown): Promise<HandInAnswer> {
		const response = await post(path, body, { cookie: who.cookies });
		const json: unknown = await response.json();
		expect([response.status, json]).toEqual([200, expect.anything()]);
		return v.parse(HandInAnswer, json);
	}
	const handIn = (who: Author, request: HandInRequest) => submit(who, '/api/hand-in', request);
	const refused = async (who: Author, request: HandInRequest) =>
		refusal(await post('/api/hand-in', request, { cookie: who.cookies }));
	const look = async (who: Author, id: string) =>
		v.parse(HandInAnswer, await (await get(who, `/api/hand-in/${id}`)).json());
	const list = async (who: Author) =>
		v.parse(HandInList, await (await get(who, '/api/hand-in')).json()).submissions;

	const sendOne = (
		who: Author,
		{ blobs }: HandedIn,
		submission: string,
		digest: string,
		bytes = blobs.get(digest)!,
		url: string | null = null
	) => send({ origin: server.origin, cookies: who.cookies, submission, digest, bytes, url });
	/** Sends all that is missing; answers how it stands then. */
	async function sendAll(who: Author, work: HandedIn, { submission, missing }: HandInAnswer) {
		for (const digest of missing) {
			const sent = await sendOne(who, work, submission.id, digest).catch((error: Error) => error);
			// Refused meanwhile: the phone asks how it stands.
			if (sent?.message.includes('upload/not-wanted')) break;
			if (sent) throw sent;
		}
		return look(who, submission.id);
	}

	const tus = (
		method: string,
		url: string,
		cookies: string,
		headers: Record<string, string> = {},
		body?: BodyInit
	) =>
		fetch(new URL(url, server.origin), {
			method,
			headers: {
				...{ cookie: cookies, 'tus-resumable': '1.0.0' },
				...(body ? { 'content-type': 'application/offset+octet-stream' } : {}),
				...headers
			},
			...(body ? { body, duplex: 'half' } : {})
		} as RequestInit);
	const beginning = (
		who: Author,
		submission: string,
		digest: string,
		length: number,
		metadata = `submission ${base64(submission)},digest ${base64(digest)}`
	) =>
		tus('POST', '/api/uploads', who.cookies, {
			'upload-length': String(length),
			'upload-metadata': metadata
		});
	/** Begins an upload; answers its address. */
	async function begin(who: Author, work: HandedIn, submission: string, digest: string): Promise<string> {
		const begun = await beginning(who, submission, digest, work.blobs.get(digest)!.length);
		expect(begun.status).toBe(201);
		return begun.headers.get('location')!;
	}

	return {
		...{ ground, server, author, post, get, submit, handIn, refused, look, list },
		...{ sendOne, sendAll, tus, beginning, begin },
		close: async () => {
			await server.close();
			await ground.close();
		}
	};
}

export const base64 = (text: string): string => Buffer.from(text).toString('base64');

export const rolesOf = ({ request }: HandedIn, digests: readonly string[]) =>
	digests.map((digest) => request.blobs.find((blob) => blob.digest === digest)!.role);

/** Status and code of a refusal, which has a sentence too. */
export async function refusal(response: Response): Promise<[number, string]> {
	const { code, message } = (await response.json()) as { code: string; message: string };
	// Never a bare code.
	expect(message).toMatch(/ .+[.?]/);
	return [response.status, code];
}
