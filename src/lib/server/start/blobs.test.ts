import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileBlobStore } from '../packages/blob-store.ts';
import { frameName } from '../packages/wire.ts';
import { serveBlobs } from './blobs.ts';

const BYTES = Uint8Array.from({ length: 300_000 }, (_, n) => (n * 7) % 256);
let folder: string;
let server: Server;
let digest: string;
let origin: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'setara-blobs-'));
	const blobs = fileBlobStore(folder);
	digest = await blobs.put(BYTES);
	await blobs.putDerived(frameName(digest), new Uint8Array(4));
	const serve = serveBlobs(blobs);
	server = createServer((request, response) => {
		const next = () => void response.writeHead(404).end('the handler');
		if (!serve(request, response, request.url!, next)) response.writeHead(418).end();
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
	server.closeAllConnections();
	server.close();
	await rm(folder, { recursive: true, force: true });
});

const ask = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
	const answer = await fetch(origin + path, { method, headers });
	return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
};

describe('blobs before the handler (SRV-20 to SRV-24)', () => {
	it('come whole, under their digest, for anyone and for good', async () => {
		const { status, headers, bytes } = await ask(`/blob/${digest}`);
		expect([status, Buffer.compare(bytes, BYTES)]).toEqual([200, 0]);
		expect(Object.fromEntries(headers)).toMatchObject({
			...{ etag: `"${digest}"`, 'content-type': 'application/octet-stream', 'accept-ranges': 'bytes' },
			...{ 'access-control-allow-origin': '*', 'x-content-type-options': 'nosniff' },
			'cache-control': 'public, max-age=31536000, immutable, no-transform',
			'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'"
		});
	});

	it.each([
		['bytes=10-19', 206, 'bytes 10-19/300000', 10],
		['bytes=-5', 206, 'bytes 299995-299999/300000', 5],
		['bytes=300000-', 416, 'bytes */300000', 0],
		['bytes=0-1,5-6', 200, null, 300_000]
	])('answer %s', async (range, status, said, length) => {
		const answer = await ask(`/blob/${digest}`, { range });
		expect([answer.status, answer.headers.get('content-range'), answer.bytes.length]).toEqual([
			status,
			said,
			length
		]);
	});

	it('and packs without a base, by their length', async () => {
		const { status, headers, bytes } = await ask(`/pack/0/${digest}.zst`, { range: 'bytes=1-' });
		expect([status, headers.get('etag'), bytes.length]).toEqual([206, '"4"', 3]);
		expect((await ask(`/pack/${digest}/${digest}.zst`)).status).toBe(418);
	});

	it('say 304, and a length without a body', async () => {
		expect((await ask(`/blob/${digest}`, { 'if-none-match': `"${digest}"` })).status).toBe(304);
		expect((await ask(`/blob/${digest}`, { range: 'bytes=5-', 'if-range': '"other"' })).status).toBe(200);
		const head = await ask(`/blob/${digest}`, {}, 'HEAD');
		expect([head.headers.get('content-length'), head.bytes.length]).toEqual(['300000', 0]);
	});

	it('leave what is not here, or no blob, to the handler', async () => {
		expect((await ask(`/blob/${'0'.repeat(64)}`)).bytes.toString()).toBe('the handler');
		for (const [path, method] of [
			['/blob/../../etc/passwd', 'GET'],
			[`/blob/${digest.toUpperCase()}`, 'GET'],
			[`/blob/${digest}/x`, 'GET'],
			[`/blob/${digest}`, 'POST'],
			[`/blob/${digest}`, 'OPTIONS']
		])
			expect((await ask(path!, {}, method)).status).toBe(418);
	});
});
