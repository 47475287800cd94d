import { Agent, createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequest } from '@sveltejs/kit/node';
import { expect, it, onTestFinished } from 'vitest';
import { readBytes } from '../http/body.ts';
import { passRestOfBody } from './rest-of-body.ts';

const MAX = 1_000_000;

/** A server that reads bodies as adapter-node does, takes eight kilobytes, and one connection to it. */
async function connection() {
	const server = createServer((incoming, response) => {
		passRestOfBody(incoming, response, MAX);
		void getRequest({ request: incoming, base: 'http://x', bodySizeLimit: MAX }).then(async (request) => {
			// Who asks is looked up meanwhile: Kit has begun to read, and stopped because nobody takes from it.
			await new Promise((done) => setTimeout(done, 20));
			const isRead = incoming.url === '/read';
			const isWhole = isRead && (await readBytes(request, 8192).catch(() => null));
			response.writeHead(isWhole ? 200 : 413).end('x');
		});
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	onTestFinished(() => {
		agent.destroy();
		server.closeAllConnections();
		server.close();
	});
	const { port } = server.address() as AddressInfo;
	return (path: string, bytes: number, isCounted = true) =>
		new Promise<{ status: number; isSameConnection: boolean }>((done, failed) => {
			const size = isCounted ? { 'content-length': bytes } : { 'transfer-encoding': 'chunked' };
			const headers = { 'content-type': 'application/json', ...size };
			const sent = ask({ agent, port, path, method: 'POST', headers }, (answer) => {
				answer.resume().on('end', () => {
					done({ status: answer.statusCode!, isSameConnection: sent.reusedSocket });
				});
			});
			sent.on('error', failed).end(Buffer.alloc(bytes, ' '));
		});
}

it.each([
	['/read', true],
	['/read', false],
	['/unread', true],
	['/unread', false]
])('SRV-9 %s: what is refused before its end holds up nobody who comes after', async (path, isCounted) => {
	const send = await connection();
	await send('/read', 10);
	for (const bytes of [20_000, 300_000, 900_000]) {
		expect(await send(path, bytes, isCounted)).toEqual({ status: 413, isSameConnection: true });
		expect(await send('/read', 10)).toEqual({ status: 200, isSameConnection: true });
	}
});

it('SRV-9 nor is it listened to for ever', async () => {
	const send = await connection();
	await send('/unread', 60_000_000, false).catch(() => null);
	expect(await send('/read', 10)).toEqual({ status: 200, isSameConnection: false });
});
