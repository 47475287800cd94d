/**
 * All endpoints, out of the list that describes them (SRV-8): who may ask for what (PPL-11), forms of other sites
 * (PPL-12). An endpoint that is new is walked without anybody thinking of it; only
 * the right that it needs has to be said here.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LANGUAGE_TAGS } from '../../src/lib/core/base/languages.ts';
import { may, ROLES, type Action } from '../../src/lib/core/identity/rights.ts';
import { ENDPOINTS } from '../../src/lib/server/http/endpoints.ts';
import { formOf, isAsking, nameOf, openEndpoints, type EndpointWalk } from '../factories/endpoint-walk.ts';

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

let walk: EndpointWalk;
beforeAll(async () => {
	walk = await openEndpoints();
});
afterAll(() => walk.close());
beforeEach(() => walk.rest());

it('PPL-11 every endpoint says which right it needs', () => {
	expect([...NEEDED.keys()].sort()).toEqual(ENDPOINTS.map(nameOf).sort());
});

describe('PPL-11 rights over HTTP, endpoint by endpoint', () => {
	const guarded = ENDPOINTS.filter(
		(endpoint) => !['anyone', 'signed-in'].includes(NEEDED.get(nameOf(endpoint))!)
	);
	const logLength = async () =>
		Number((await walk.desk.ground.database.pool.query('select count(*) from submission_log')).rows[0].count);

	for (const role of ROLES) {
		it(`hold for ${role}`, async () => {
			for (const endpoint of guarded) {
				const name = nameOf(endpoint);
				const isOpen = may(role, NEEDED.get(name) as Action);
				const before = await logLength();
				const { status, code } = await walk.send(endpoint, walk.people.get(role)!, formOf(endpoint));
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
			const held = await walk.desk.author(role);
			await walk.desk.ground.database.pool.query('update users set suspended_at = now() where id = $1', [
				held.id
			]);
			for (const endpoint of guarded) {
				const { status, code } = await walk.send(endpoint, held, formOf(endpoint));
				if (endpoint.method === 'head') expect([403, 404]).toContain(status);
				else expect(['people/suspended', ...HIDDEN], `${role} ${nameOf(endpoint)}: ${code}`).toContain(code);
			}
		}
	});

	it('PPL-12 are none for nobody', async () => {
		for (const endpoint of ENDPOINTS.filter((each) => NEEDED.get(nameOf(each)) !== 'anyone')) {
			const { status, code } = await walk.send(endpoint, null, formOf(endpoint));
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
				const { status, code, message } = await walk.send(
					endpoint,
					walk.people.get(role)!,
					formOf(endpoint),
					headers
				);
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
				heard.add(
					(await walk.send(endpoint, walk.people.get('teacher')!, formOf(endpoint), headers)).message
				);
			}
			expect([language, heard.size]).toEqual([language, 1]);
			for (const sentence of heard) words.add(sentence);
		}
		expect(words.size).toBe(LANGUAGE_TAGS.length);
	});
});
