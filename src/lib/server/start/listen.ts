/** The HTTP server: its port, the handler of the build, and a clean end. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fail, ok, type Result } from '../../core/base/result.ts';
import type { BlobStore } from '../packages/blob-store.ts';
import { findAppFiles } from '../releases/files.ts';
import { keepRelease } from '../releases/kept.ts';
import { serveAppFiles } from './app-files.ts';
import { serveBlobs } from './blobs.ts';
import type { StartFault } from './faults.ts';
import { createFront, prerenderedPolicies, PROTOCOL_HEADER, type Handler } from './front.ts';
import type { Settings } from './settings.ts';

/** Longer than proxies keep theirs (60 s), so that none sends on a connection that we just closed. */
const KEEP_ALIVE = 65_000;
/** How long answers that are under way may still take when we stop. */
const GRACE = 3_000;

/** Binds the port; nothing is answered yet but "not ready". */
export function listen(port: number, host: string): Promise<Result<Server, StartFault>> {
	const server = createServer((request, response) => {
		response.writeHead(503, { 'retry-after': '5' }).end();
	});
	server.keepAliveTimeout = KEEP_ALIVE;
	return new Promise((done) => {
		server.once('error', (error: NodeJS.ErrnoException) =>
			done(
				error.code === 'EADDRINUSE'
					? fail('start/port-taken', { port })
					: fail('start/address-unusable', { host, port, reason: error.code ?? error.message })
			)
		);
		server.listen(port, host, () => done(ok(server)));
	});
}

/** Answers requests with the built app from now on. */
export async function serve(
	server: Server,
	build: string,
	releases: string,
	blobs: BlobStore,
	{ ORIGIN }: Settings
): Promise<void> {
	// Read by adapter-node when its module is loaded. Without ORIGIN people come straight to us, by http and under
	// whatever name they typed; with it a proxy stands before us and its address is the only one.
	if (ORIGIN) process.env['ORIGIN'] = ORIGIN;
	else process.env['PROTOCOL_HEADER'] = PROTOCOL_HEADER;
	// The largest body is a push of events (core/protocol); a blob of a hand-in comes in pieces of at most this (HND-11).
	process.env['BODY_SIZE_LIMIT'] ??= '1M';
	const { handler } = (await import(pathToFileURL(join(build, 'handler.js')).href)) as { handler: Handler };
	const prerendered = await prerenderedPolicies(build, ['/shell']);
	const before = await keepRelease(releases, build, Date.now());
	const serveFile = serveAppFiles(await findAppFiles(build, before));
	const front = createFront({
		handler,
		serveFile,
		serveBlob: serveBlobs(blobs),
		prerendered,
		isHttps: ORIGIN?.startsWith('https:') ?? false
	});
	server.removeAllListeners('request').on('request', front satisfies RequestListener);
}

/** Takes no new request, lets those under way end, and then cuts. */
export function close(server: Server): Promise<void> {
	return new Promise((done) => {
		const cut = setTimeout(() => server.closeAllConnections(), GRACE);
		server.close(() => {
			clearTimeout(cut);
			done();
		});
		server.closeIdleConnections();
	});
}

/** Addresses under which others on the network reach a server that listens on `host`. */
export function networkAddresses(host: string, port: number): string[] {
	if (host !== '0.0.0.0' && host !== '::') return isLoopback(host) ? [] : [addressOf(host, port)];
	return Object.values(networkInterfaces())
		.flatMap((addresses) => addresses ?? [])
		.filter(({ internal, family }) => !internal && family === 'IPv4')
		.map(({ address }) => addressOf(address, port));
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.');
export const addressOf = (host: string, port: number): string =>
	`http://${host.includes(':') ? `[${host}]` : host}${port === 80 ? '' : `:${port}`}`;
