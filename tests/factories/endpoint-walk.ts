/** Every endpoint asked over a socket, with things that are there: by whom, with what, out of the list that describes them. */
import fc from 'fast-check';
import type * as v from 'valibot';
import { expect } from 'vitest';
import { ROLES, type Role } from '../../src/lib/core/identity/rights.ts';
import type { Endpoint } from '../../src/lib/server/http/endpoint.ts';
import { valuesOf } from './from-schema.ts';
import { publishSource } from './ground.ts';
import { openHandInDesk, type Author, type HandInDesk } from './hand-in-desk.ts';
import { courseBy, handedIn } from './handed-in.ts';

export const SEED = 20_261_125;
export type Form = Endpoint & { body: v.GenericSchema };

export const nameOf = ({ method, path }: Endpoint): string => `${method} ${path}`;
export const isForm = (endpoint: Endpoint): endpoint is Form => typeof endpoint.body === 'object';
export const isAsking = ({ method }: Endpoint): boolean => ['get', 'head', 'options'].includes(method);

export interface Answer {
	status: number;
	code: string | null;
	message: string;
	type: string;
	text: string;
	headers: Headers;
}
export type EndpointWalk = Awaited<ReturnType<typeof openEndpoints>>;

/** A form that the endpoint takes; what it then does with it is beside the point. */
export function formOf(endpoint: Endpoint): string | undefined {
	// Their own key; somebody else's is an administrator's to end.
	if (endpoint.path === '/api/review/key/revoke') return '{"expert":null}';
	if (isForm(endpoint)) {
		const forms = fc.sample(valuesOf(endpoint.body), { seed: SEED, numRuns: 50 });
		// No body at all has the end of a string in it (SRV-9).
		return forms.map((form) => JSON.stringify(form)).find((form) => !form.includes('\\u0000'));
	}
	return isAsking(endpoint) ? undefined : '';
}

/** Refused by a code that is written down for it and a sentence, or taken. */
export function expectKnown(
	{ faults = {} }: Endpoint,
	{ status, code, message, type, text, headers }: Answer
): void {
	// Whatever words stand in it, no browser takes it for a page.
	expect(type).toMatch(/^application\/json/);
	expect(headers.get('x-content-type-options')).toBe('nosniff');
	expect(headers.get('content-security-policy')).toContain("default-src 'none'");
	if (status === 200) return;
	expect(status, text).toBeLessThan(500);
	expect(faults[status], `${status} ${code}`).toContain(code);
	expect(message).toMatch(/^\S.* .*[.?]$/);
}

const TYPES: Partial<Record<string, string>> = { patch: 'application/offset+octet-stream' };

/** A server with a package that is published, one that was handed in, and somebody of every role. */
export async function openEndpoints() {
	const desk: HandInDesk = await openHandInDesk();
	expect((await publishSource(desk.ground)).ok).toBe(true);
	const author = await desk.author();
	const work = await handedIn(courseBy(author.name));
	const answer = await desk.handIn(author, work.request);
	const submission = answer.submission.id;
	await desk.sendAll(author, work, answer);
	const people = new Map<Role, Author>();
	for (const role of ROLES) people.set(role, await desk.author(role));

	/** Where an endpoint is asked. */
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

	async function send(
		endpoint: Endpoint,
		who: Author | null,
		body: BodyInit | undefined,
		headers: Record<string, string> = {},
		address = addressOf(endpoint)
	): Promise<Answer> {
		const response = await fetch(`${desk.server.origin}${address}`, {
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
		return {
			status: response.status,
			code: json?.code ?? null,
			message: json?.message ?? '',
			type,
			text,
			headers: response.headers
		};
	}

	return {
		...{ desk, author, work, submission, people, addressOf, send },
		/** Ten roles come from one address here within seconds. */
		rest: () => desk.ground.database.pool.query('delete from rate_limits'),
		close: () => desk.close()
	};
}
