import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { APP_POLICY } from '../http/headers.ts';
import { createFront, prerenderedPolicies, PROTOCOL_HEADER, type FrontOptions } from './front.ts';

async function front(options: Partial<FrontOptions> = {}) {
	const server = createServer(
		createFront({
			handler: (request, response) => response.end(JSON.stringify(request.headers)),
			serveFile: () => false,
			serveBlob: () => false,
			prerendered: new Map(),
			isHttps: false,
			...options
		})
	);
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	onTestFinished(() => void server.close());
	const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return (path: string, headers: Record<string, string> = {}) => fetch(base + path, { headers });
}

describe('createFront (SRV-3, SRV-4)', () => {
	it('gives every answer its headers, those of the worker too', async () => {
		const response = await (await front())('/service-worker.js');
		expect(response.headers.get('content-security-policy')).toBe(APP_POLICY);
		expect(response.headers.get('x-content-type-options')).toBe('nosniff');
		expect(response.headers.get('strict-transport-security')).toBeNull();
	});

	it('gives icons and the like neither, and has them asked about each time', async () => {
		for (const path of [
			'/icon.svg',
			'/icon-192.png',
			'/early.js',
			'/manifest.webmanifest',
			'/no-script.css'
		]) {
			const { headers } = await (await front())(path);
			expect(headers.get('x-content-type-options')).toBe('nosniff');
			expect(headers.get('cache-control')).toBe('no-cache');
			expect(headers.get('permissions-policy')).toBeNull();
		}
		expect((await (await front())('/icon.svg/th')).headers.get('permissions-policy')).not.toBeNull();
	});

	it('gives scripts and styles only the headers that browsers read on them', async () => {
		const { headers } = await (await front())('/_app/immutable/chunks/app.x.js');
		expect(headers.get('x-content-type-options')).toBe('nosniff');
		expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
		expect(headers.get('content-security-policy')).toBeNull();
		expect(headers.get('permissions-policy')).toBeNull();
	});

	it('says nothing of the connection with data, and keeps it open all the same', async () => {
		const ports = new Set<number | undefined>();
		const ask = await front({
			handler: (request, response) => {
				ports.add(request.socket.remotePort);
				response.end('1');
			}
		});
		for (let count = 0; count < 6; count++) {
			const answer = await ask('/pack/0/x.zst');
			await answer.text();
			expect(answer.headers.get('connection')).toBeNull();
			expect(answer.headers.get('keep-alive')).toBeNull();
		}
		// One, or two where the client had not let go of the first yet.
		expect(ports.size).toBeLessThan(3);
	});

	it('gives a prerendered page the policy of its own hashes', async () => {
		const ask = await front({ prerendered: new Map([['/shell', "script-src 'sha256-x'"]]) });
		expect((await ask('/shell?x=1')).headers.get('content-security-policy')).toBe("script-src 'sha256-x'");
	});

	it('lets browsers remember https, where people come by it', async () => {
		const response = await (await front({ isHttps: true }))('/');
		expect(response.headers.get('strict-transport-security')).toBe('max-age=31536000');
	});

	it('believes nothing that a client says of the protocol', async () => {
		const response = await (await front())('/', { [PROTOCOL_HEADER]: 'javascript' });
		expect(await response.json()).toMatchObject({ [PROTOCOL_HEADER]: 'http' });
	});

	it('answers 404 where the pages know nothing', async () => {
		const ask = await front({ handler: (_, __, next) => next() });
		expect((await ask('/nothing')).status).toBe(404);
	});
});

it('reads the policy out of a prerendered page, and adds what a page cannot say', async () => {
	const build = await mkdtemp(join(tmpdir(), 'setara-front-'));
	onTestFinished(() => rm(build, { recursive: true }));
	await mkdir(join(build, 'prerendered'));
	await writeFile(
		join(build, 'prerendered/shell.html'),
		`<head><meta http-equiv="content-security-policy" content="script-src 'self' 'sha256-x'"></head>`
	);
	expect(await prerenderedPolicies(build, ['/shell', '/gone'])).toEqual(
		new Map([['/shell', "script-src 'self' 'sha256-x'; frame-ancestors 'none'"]])
	);
});
