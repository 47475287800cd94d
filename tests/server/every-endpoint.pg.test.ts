/**
 * All endpoints, out of the list that describes them (SRV-8): who may ask for what (PPL-11), forms of other sites
 * (PPL-12), and whatever else may come as a body. An endpoint that is new is walked without anybody thinking of it; only
 * the right that it needs has to be said here.
 */
import fc from 'fast-check';
import type * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LANGUAGE_TAGS } from '../../src/lib/core/base/languages.ts';
import { may, ROLES, type Action, type Role } from '../../src/lib/core/identity/rights.ts';
import type { Endpoint } from '../../src/lib/server/http/endpoint.ts';
import { ENDPOINTS } from '../../src/lib/server/http/endpoints.ts';
import { publishSource } from '../factories/ground.ts';
import { placesIn, putAt, textsIn, valuesOf } from '../factories/from-schema.ts';
import { courseBy, handedIn, type HandedIn } from '../factories/handed-in.ts';
import { openHandInDesk, type Author, type HandInDesk } from '../factories/hand-in-desk.ts';

type Needed = Action | 'anyone' | 'signed-in';
const of = (needed: Needed, ...names: string[]): [string, Needed][] => names.map((name) => [name, needed]);

/** What each endpoint asks of whoever comes. `signed-in`: what it answers depends on whose it is. */
const NEEDED = new Map<string, Needed>([
	...of('anyone', 'get /api/library', 'get /api/library/{id}', 'get /api/library/{id}/{unit}'),
	...of('anyone', 'get /tuf/bundle', 'get /tuf/{file}', 'get /package/{manifest}/bundle'),
	...of('anyone', 'get /blob/{digest}', 'get /pack/{base}/{frame}', 'get /media/{file}'),
	...of('anyone', 'get /sim/{package}/{simulation}/{tag}', 'get /cover/{sector}/{file}', 'get /api/welcome'),
	...of('anyone', 'get /healthz', 'get /readyz', 'get /api/openapi.json', 'get /api/auth/{all}'),
	...of('anyone', 'post /api/account/join', 'post /api/account/sign-in', 'post /api/account/sign-out'),
	...of('anyone', 'get /api/account/me', 'post /api/account/reset', 'post /api/auth/{all}'),
	...of('anyone', 'options /blob/{digest}', 'options /pack/{base}/{frame}'),
	...of('signed-in', 'post /api/progress', 'get /api/account/export', 'post /api/account/delete'),
	...of('signed-in', 'post /api/account/code', 'get /api/hand-in', 'get /api/hand-in/{id}'),
	...of('signed-in', 'post /api/hand-in/{id}/withdraw'),
	...of('people/read', 'get /api/people', 'get /api/people/institutions'),
	...of('institutions/manage', 'post /api/people/institutions', 'post /api/people/institutions/rename'),
	...of(
		'people/invite',
		'get /api/people/invites',
		'post /api/people/invites',
		'post /api/people/invites/end'
	),
	...of('people/set-role', 'post /api/people/role'),
	...of('people/suspend', 'post /api/people/suspend'),
	...of('people/reset-password', 'post /api/account/reset-code'),
	...of('audit/read', 'get /api/people/audit'),
	...of('hand-in', 'post /api/hand-in', 'post /api/uploads/{path}', 'head /api/uploads/{path}'),
	...of('hand-in', 'patch /api/uploads/{path}', 'options /api/uploads/{path}'),
	...of('review/read', 'get /api/review/queue', 'get /api/review/{id}', 'get /api/review/{id}/unit/{unit}'),
	...of('review/read', 'get /api/review/{id}/file/{digest}'),
	...of('review/comment', 'post /api/review/{id}/comment', 'post /api/review/{id}/resolve'),
	...of('review/ask-changes', 'post /api/review/{id}/ask-changes'),
	...of('review/approve', 'post /api/review/{id}/approve', 'get /api/review/key', 'post /api/review/key'),
	...of('review/recall', 'post /api/review/{id}/recall'),
	...of('review/approve', 'post /api/review/key/revoke'),
	...of('register/manage', 'post /api/review/register'),
	// Of what one made oneself `feedback/own` is enough (src/lib/server/feedback).
	...of('review/read', 'get /api/teach/packages/{id}/feedback')
]);
/** Whoever may not see it is told that there is nothing. */
const HIDDEN = ['review/unknown-submission', 'library/not-found'];
const nameOf = ({ method, path }: Endpoint) => `${method} ${path}`;
const isForm = (endpoint: Endpoint): endpoint is Endpoint & { body: v.GenericSchema } =>
	typeof endpoint.body === 'object';
const isAsking = ({ method }: Endpoint) => ['get', 'head', 'options'].includes(method);

let desk: HandInDesk;
let work: HandedIn;
let submission: string;
const people = new Map<Role, Author>();

beforeAll(async () => {
	desk = await openHandInDesk();
	expect((await publishSource(desk.ground)).ok).toBe(true);
	const author = await desk.author();
	work = await handedIn(courseBy(author.name));
	const answer = await desk.handIn(author, work.request);
	submission = answer.submission.id;
	await desk.sendAll(author, work, answer);
	for (const role of ROLES) people.set(role, await desk.author(role));
});
afterAll(() => desk.close());
// Ten roles come from one address here within seconds.
beforeEach(() => desk.ground.database.pool.query('delete from rate_limits'));

/** Where an endpoint is asked, with things that are there. */
function addressOf({ path }: Endpoint): string {
	const isPublished = path.startsWith('/api/library') || path.startsWith('/api/teach');
	const parameters: Record<string, string> = {
		...{ id: isPublished ? 'little-sun' : submission, unit: 'light', path: 'nothing', all: 'get-session' },
		...{ digest: work.request.manifest, manifest: work.request.manifest, sector: 'energy', base: '0' },
		...{ package: 'little-sun', simulation: 'sun', tag: 'en', file: 'timestamp.json', frame: 'x.zst' }
	};
	if (path === '/api/uploads/{path}') return '/api/uploads/0192f0c1-0000-7000-8000-000000000000';
	const address = path.replace(/\{(\w+)\}/g, (_, name: string) => parameters[name]!);
	return path.endsWith('/unit/{unit}') ? `${address}?language=en` : address;
}

const TYPES: Partial<Record<string, string>> = { patch: 'application/offset+octet-stream' };

interface Answer {
	status: number;
	code: string | null;
	message: string;
	type: string;
	text: string;
}
async function send(
	endpoint: Endpoint,
	who: Author | null,
	body: BodyInit | undefined,
	headers: Record<string, string> = {}
): Promise<Answer> {
	const response = await fetch(`${desk.server.origin}${addressOf(endpoint)}`, {
		method: endpoint.method.toUpperCase(),
		headers: {
			...(who ? { cookie: who.cookies } : {}),
			...(endpoint.path.startsWith('/api/uploads') ? { 'tus-resumable': '1.0.0' } : {}),
			...(isAsking(endpoint) ? {} : { 'content-type': TYPES[endpoint.method] ?? 'application/json' }),
			...headers
		},
		...(isAsking(endpoint) || body === undefined ? {} : { body })
	});
	const type = response.headers.get('content-type') ?? '';
	const text = await response.text();
	const json =
		type.startsWith('application/json') && text !== ''
			? (JSON.parse(text) as { code?: string; message?: string })
			: null;
	return { status: response.status, code: json?.code ?? null, message: json?.message ?? '', type, text };
}

const SEED = 20_261_125;
/** A form that the endpoint takes; what it then does with it is beside the point. */
const formOf = (endpoint: Endpoint): string | undefined =>
	// Their own key; somebody else's is an administrator's to end.
	endpoint.path === '/api/review/key/revoke'
		? '{"expert":null}'
		: isForm(endpoint)
			? JSON.stringify(fc.sample(valuesOf(endpoint.body), { seed: SEED, numRuns: 1 })[0])
			: isAsking(endpoint)
				? undefined
				: '';

it('PPL-11 every endpoint says which right it needs', () => {
	expect([...NEEDED.keys()].sort()).toEqual(ENDPOINTS.map(nameOf).sort());
});

describe('PPL-11 rights over HTTP, endpoint by endpoint', () => {
	const guarded = ENDPOINTS.filter(
		(endpoint) => !['anyone', 'signed-in'].includes(NEEDED.get(nameOf(endpoint))!)
	);
	const logLength = async () =>
		Number((await desk.ground.database.pool.query('select count(*) from submission_log')).rows[0].count);

	for (const role of ROLES) {
		it(`hold for ${role}`, async () => {
			for (const endpoint of guarded) {
				const name = nameOf(endpoint);
				const isOpen = may(role, NEEDED.get(name) as Action);
				const before = await logLength();
				const { status, code } = await send(endpoint, people.get(role)!, formOf(endpoint));
				if (isOpen) {
					expect(['people/not-allowed', 'people/suspended', 'account/signed-out'], name).not.toContain(code);
				} else if (endpoint.method === 'head') expect([403, 404], name).toContain(status);
				else {
					expect(['people/not-allowed', ...HIDDEN], `${name}: ${status} ${code}`).toContain(code);
					expect(await logLength(), name).toBe(before);
				}
			}
		});
	}

	it('PPL-13 are none for somebody who is suspended', async () => {
		for (const role of ROLES) {
			const held = await desk.author(role);
			await desk.ground.database.pool.query('update users set suspended_at = now() where id = $1', [held.id]);
			for (const endpoint of guarded) {
				const { status, code } = await send(endpoint, held, formOf(endpoint));
				if (endpoint.method === 'head') expect([403, 404]).toContain(status);
				else expect(['people/suspended', ...HIDDEN], `${role} ${nameOf(endpoint)}: ${code}`).toContain(code);
			}
		}
	});

	it('PPL-12 are none for nobody', async () => {
		for (const endpoint of ENDPOINTS.filter((each) => NEEDED.get(nameOf(each)) !== 'anyone')) {
			const { status, code } = await send(endpoint, null, formOf(endpoint));
			expect(status, nameOf(endpoint)).toBe(401);
			if (endpoint.method !== 'head') expect(code, nameOf(endpoint)).toBe('account/signed-out');
		}
	});
});

describe('PPL-12 a form that another site had the browser send', () => {
	const changing = ENDPOINTS.filter((endpoint) => !isAsking(endpoint));
	/** What a form of any site can be sent as, without a question to us first. */
	const FORM_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'];
	it.each([
		['names its origin', { origin: 'https://evil.example' }],
		['has no origin that it can name', { origin: 'null' }],
		['is of a subdomain', { origin: 'http://evil.localhost' }],
		['has only the browser’s word', { 'sec-fetch-site': 'cross-site' }],
		...FORM_TYPES.flatMap((type): [string, Record<string, string>][] => [
			[`comes as ${type}`, { origin: 'https://evil.example', 'content-type': type }],
			[`comes as ${type} and names no origin`, { 'content-type': type }],
			[`comes as ${type} with a foreign token`, { 'content-type': type, authorization: 'Bearer x' }]
		])
	])('%s and does nothing, at any endpoint', async (_, headers) => {
		for (const endpoint of changing) {
			for (const role of ['teacher', 'expert', 'administrator'] as const) {
				const { status, code, message } = await send(endpoint, people.get(role)!, formOf(endpoint), headers);
				expect([status, code], `${role} ${nameOf(endpoint)}`).toEqual([403, 'account/other-site']);
				expect(message).toMatch(/^[A-Z].* .*\.$/);
			}
		}
	});

	it('says so in the language of whoever was sent, at any endpoint', async () => {
		const words = new Set<string>();
		for (const language of LANGUAGE_TAGS) {
			const heard = new Set<string>();
			for (const endpoint of changing) {
				const headers = { origin: 'null', 'accept-language': language };
				heard.add((await send(endpoint, people.get('teacher')!, formOf(endpoint), headers)).message);
			}
			expect([language, heard.size]).toEqual([language, 1]);
			for (const sentence of heard) words.add(sentence);
		}
		expect(words.size).toBe(LANGUAGE_TAGS.length);
	});
});

describe('SRV-6 whatever comes as a body', () => {
	const forms = ENDPOINTS.filter(isForm);
	/** These would end the session of whoever asks. */
	const ENDS = ['/api/account/sign-out', '/api/account/delete', '/api/account/join', '/api/account/sign-in'];
	const askers: Role[] = ['learner', 'teacher', 'expert', 'administrator'];
	const asker = fc.constantFrom<Role | null>(null, ...askers);

	/** Refused by a code that is written down for it, or taken. */
	function expectKnown({ faults = {} }: Endpoint, { status, code, type, text }: Answer): void {
		expect(type).toMatch(/^application\/json/);
		if (status === 200) return;
		expect(status, text).toBeLessThan(500);
		expect(faults[status], `${status} ${code}`).toContain(code);
	}

	it.each(forms.map((endpoint) => [nameOf(endpoint), endpoint] as const))('%s', async (_, endpoint) => {
		const good = valuesOf(endpoint.body);
		const ends = ENDS.includes(endpoint.path);
		const spoiled = fc.tuple(good, fc.nat(), fc.jsonValue({ maxDepth: 2 })).map(([value, at, other]) => {
			const places = placesIn(value);
			return JSON.stringify(putAt(value, places[at % places.length]!, other) ?? null);
		});
		const body: fc.Arbitrary<string | Uint8Array> = fc.oneof(
			{ weight: 4, arbitrary: spoiled },
			{ weight: 2, arbitrary: good.map((value) => JSON.stringify(value)) },
			{ weight: 1, arbitrary: fc.json() },
			{ weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) }
		);
		await fc.assert(
			fc.asyncProperty(body, asker, async (bytes, role) => {
				const who = role === null ? null : ends ? await desk.author(role) : people.get(role)!;
				expectKnown(endpoint, await send(endpoint, who, bytes as BodyInit));
			}),
			{ seed: SEED, numRuns: ends ? 20 : 60 }
		);
		await desk.ground.database.pool.query('delete from rate_limits');
	});

	it.each([
		['nested a hundred thousand deep', '['.repeat(100_000), 'http/'],
		[
			'that names what objects are made of',
			'{"__proto__":{"role":"administrator"},"constructor":1}',
			'http/'
		],
		['of 120 KB', `{"name":"${'x'.repeat(120_000)}"}`, 'http/'],
		['of nothing', '', 'http/bad-request']
	])('%s is refused at every endpoint', async (_, body, code) => {
		for (const endpoint of forms) {
			// Its body is the register itself, not a form of ours.
			if (endpoint.path === '/api/review/register') continue;
			const answer = await send(endpoint, people.get('administrator')!, body);
			expectKnown(endpoint, answer);
			expect(answer.code, nameOf(endpoint)).toContain(code);
		}
	});

	it('markup and script in every field of every form come back as text, or not at all', async () => {
		const MARKUP = `<img src=x onerror="alert('1')"><script>alert(2)</script>`;
		for (const endpoint of forms) {
			const [value] = fc.sample(valuesOf(endpoint.body), { seed: SEED, numRuns: 1 });
			for (const place of textsIn(value)) {
				const body = JSON.stringify(putAt(value, place, MARKUP));
				const who = people.get('administrator')!;
				const answer = await send(endpoint, who, body);
				expectKnown(endpoint, answer);
			}
		}
	});
});
