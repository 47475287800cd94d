/** Whatever may come as a body or in an address, at every endpoint that there is (SRV-6). */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../src/lib/core/identity/rights.ts';
import { ENDPOINTS } from '../../src/lib/server/http/endpoints.ts';
import {
	expectKnown,
	formOf,
	isForm,
	nameOf,
	openEndpoints,
	SEED,
	type EndpointWalk
} from '../factories/endpoint-walk.ts';
import { base64 } from '../factories/hand-in-desk.ts';
import { eachTextField, placesIn, putAt, valuesOf } from '../factories/from-schema.ts';

let walk: EndpointWalk;
beforeAll(async () => {
	walk = await openEndpoints();
});
afterAll(() => walk.close());
beforeEach(() => walk.rest());

describe('SRV-6 whatever comes as a body', () => {
	const forms = ENDPOINTS.filter(isForm);
	/** These would end the session of whoever asks. */
	const ENDS = ['/api/account/sign-out', '/api/account/delete', '/api/account/join', '/api/account/sign-in'];
	const askers: Role[] = ['learner', 'teacher', 'expert', 'administrator'];
	const asker = fc.constantFrom<Role | null>(null, ...askers);

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
				const who = role === null ? null : ends ? await walk.desk.author(role) : walk.people.get(role)!;
				expectKnown(endpoint, await walk.send(endpoint, who, bytes as BodyInit));
			}),
			{ seed: SEED, numRuns: ends ? 20 : 60 }
		);
		await walk.rest();
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
			const answer = await walk.send(endpoint, walk.people.get('administrator')!, body);
			expectKnown(endpoint, answer);
			expect(answer.code, nameOf(endpoint)).toContain(code);
		}
	});

	it.each([
		['markup and script', `<img src=x onerror="alert('1')"><script>alert(2)</script>`],
		['the end of a string', 'a\0b'],
		['half a character', 'a\ud83d'],
		['a word turned about', 'a\u202eb'],
		['an address of another kind', 'javascript:alert(1)']
	])('%s in any field of text of any form is refused, or is words', async (_, words) => {
		for (const endpoint of forms) {
			for (const { field, value, place } of eachTextField(endpoint.body, SEED)) {
				const body = JSON.stringify(putAt(value, place, words));
				for (const role of askers) {
					const who = ENDS.includes(endpoint.path) ? null : walk.people.get(role)!;
					const answer = await walk.send(endpoint, who, body);
					expectKnown(endpoint, answer);
					if (words.includes('\0')) expect(answer.code, `${nameOf(endpoint)} ${field}`).toMatch(/./);
				}
				await walk.rest();
			}
		}
	});

	it('a body that unpacks to fifty megabytes, or is packed in a way that we do not know', async () => {
		const bomb = gzipSync(Buffer.alloc(50e6, ' '));
		expect(bomb.length).toBeLessThan(60_000);
		const encodings: [string, Uint8Array<ArrayBuffer>, string][] = [
			['gzip', Uint8Array.from(bomb), 'http/too-large'],
			['gzip', Uint8Array.from(bomb.subarray(0, 900)), 'http/bad-request'],
			['gzip', Uint8Array.from(Buffer.from('{}')), 'http/bad-request'],
			...['br', 'zstd', 'deflate', 'gzip, gzip', 'x'].map(
				(name): [string, Uint8Array<ArrayBuffer>, string] => [
					name,
					Uint8Array.from(Buffer.from('{}')),
					'http/bad-request'
				]
			)
		];
		for (const endpoint of forms) {
			if (endpoint.path === '/api/review/register') continue;
			for (const [encoding, bytes, code] of encodings) {
				const who = walk.people.get('administrator')!;
				const answer = await walk.send(endpoint, who, bytes, { 'content-encoding': encoding });
				expectKnown(endpoint, answer);
				// Of these sixty kilobytes most forms read eight.
				expect([code, 'http/too-large'], `${nameOf(endpoint)} ${encoding}`).toContain(answer.code);
			}
		}
	});
});

describe('SRV-6 whatever stands in an address', () => {
	const addressed = ENDPOINTS.filter(({ path, address }) => address || path.includes('{'));
	const ODD = [
		'%00',
		'a%00b',
		'%ff',
		'%2e%2e%2f',
		'..%5c',
		'%e2%80%ae',
		'[]',
		'%3Cscript%3E',
		'9'.repeat(400),
		'-1'
	];

	it.each(addressed.map((endpoint) => [nameOf(endpoint), endpoint] as const))('%s', async (_, endpoint) => {
		const names = Object.keys((endpoint.address as { entries?: object } | undefined)?.entries ?? {});
		const at = new URL(walk.addressOf(endpoint), 'http://x');
		const addresses = ODD.flatMap((odd) => [
			...names.map((name) => `${at.pathname}?${at.search.slice(1)}&${name}=${odd}`),
			...endpoint.path
				.split('/')
				.flatMap((part, n) => (part.startsWith('{') ? [at.pathname.split('/').with(n, odd).join('/')] : []))
		]);
		for (const address of addresses) {
			for (const role of ['administrator', 'expert'] as const) {
				const answer = await walk.send(endpoint, walk.people.get(role)!, formOf(endpoint), {}, address);
				expect(answer.status, `${address}: ${answer.text.slice(0, 200)}`).toBeLessThan(500);
			}
			await walk.rest();
		}
	});
});

describe('what comes to endpoints that take no form', () => {
	const by = (name: string) => ENDPOINTS.find((endpoint) => nameOf(endpoint) === name)!;
	const deep = '['.repeat(200_000);

	it.each([
		['nested too deep', deep],
		[
			'nested too deep where anything may stand',
			`{"signatures":[],"signed":{"x":${'{"a":'.repeat(90_000)}1${'}'.repeat(90_000)}}}`
		],
		['of nothing', ''],
		['of a number', '1e999'],
		['that names what objects are made of', '{"__proto__":{"signed":{}},"constructor":1}'],
		['beyond its size', `{"x":"${'x'.repeat(950_000)}"}`],
		['that is no text', Uint8Array.from(gzipSync(Buffer.alloc(1e6)))]
	])('a register %s is refused', async (_, body) => {
		const endpoint = by('post /api/review/register');
		const answer = await walk.send(endpoint, walk.people.get('administrator')!, body);
		expectKnown(endpoint, answer);
		expect(answer.status).not.toBe(200);
	});

	it.each([
		['nested too deep', deep.slice(0, 45_000)],
		['of nothing', ''],
		['with the end of a string in it', '{"_type":"\0"}'],
		['of another type', '{"_type":"x","predicateType":"__proto__"}']
	])('a statement %s inside its envelope is refused', async (_, inside) => {
		const payload = Buffer.from(inside).toString('base64');
		const sig = Buffer.alloc(64).toString('base64');
		const statement = { payloadType: 'application/vnd.in-toto+json', payload, signatures: [{ sig }] };
		for (const name of ['approve', 'recall']) {
			const endpoint = by(`post /api/review/{id}/${name}`);
			const body = JSON.stringify({
				...(name === 'approve' && { manifest: walk.work.request.manifest }),
				statement
			});
			const answer = await walk.send(endpoint, walk.people.get('expert')!, body);
			expectKnown(endpoint, answer);
			expect(answer.status).not.toBe(200);
		}
	});

	it('an upload that is begun or gone on with anyhow is refused', async () => {
		const who = walk.author;
		const whole = `submission ${base64(walk.submission)},digest ${base64('0'.repeat(64))}`;
		const odd = fc.constantFrom(
			'',
			'-1',
			'1.5',
			'1e400',
			'9'.repeat(30),
			'0x10',
			'NaN',
			'١',
			whole,
			'%00',
			'__proto__ YQ==',
			'digest',
			`${whole},${whole}`,
			'digest AA==,submission AA=='
		);
		const headers = fc.record(
			{
				'upload-length': fc.oneof(odd, fc.constant('64')),
				'upload-metadata': fc.oneof(odd, fc.constant(whole)),
				'upload-offset': odd,
				'upload-defer-length': odd,
				'upload-concat': odd,
				'x-http-method-override': fc.constantFrom('PATCH', 'DELETE', 'HEAD'),
				'tus-resumable': fc.constantFrom('1.0.0', '0.2.1', '')
			},
			{ requiredKeys: [] }
		);
		await fc.assert(
			fc.asyncProperty(headers, fc.constantFrom('post', 'patch'), async (sent, method) => {
				const endpoint = by(`${method} /api/uploads/{path}`);
				const ascii = Object.entries(sent).filter(([, value]) => /^[ -~]*$/.test(value!));
				const address = method === 'post' ? '/api/uploads' : undefined;
				const answer = await walk.send(
					endpoint,
					who,
					method === 'patch' ? 'x' : '',
					Object.fromEntries(ascii) as Record<string, string>,
					address
				);
				expectKnown(endpoint, answer);
				expect(answer.status).toBeGreaterThanOrEqual(400);
			}),
			{ seed: SEED, numRuns: 150 }
		);
	});

	it('better-auth breaks on nothing either', async () => {
		const paths = [
			'sign-out',
			'revoke-session',
			'revoke-sessions',
			'link-social',
			'unlink-account',
			'refresh-token',
			'get-access-token',
			'verify-password',
			'update-session',
			'callback/x',
			'error',
			'..%2f',
			'%00'
		];
		const bodies = fc.oneof(
			fc.json(),
			fc.constantFrom('', deep, '{"token":"\\u0000"}', '{"__proto__":{"id":1}}')
		);
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...paths), bodies, async (path, body) => {
				const who = await walk.desk.author('learner');
				const { status, text } = await walk.send(
					by('post /api/auth/{all}'),
					who,
					body,
					{},
					`/api/auth/${path}`
				);
				expect(status, `${path} ${text}`).toBeLessThan(500);
				await walk.rest();
			}),
			{ seed: SEED, numRuns: 80 }
		);
	});
});
