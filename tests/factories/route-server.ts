/** The server's routes and hooks behind a real socket on loopback, without a build. */
import { createServer, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { passRestOfBody } from '../../src/lib/server/start/rest-of-body.ts';
import { dispatch } from './ask.ts';

export interface RouteServer {
	origin: string;
	port: number;
	close: () => Promise<void>;
}

export async function serveRoutes(): Promise<RouteServer> {
	const server = createServer((incoming, outgoing) => {
		incoming.on('error', () => {});
		passRestOfBody(incoming, outgoing, 2_000_000);
		void dispatch(requestOf(incoming)).then(
			async (response) => {
				outgoing.writeHead(response.status, Object.fromEntries(response.headers));
				if (!response.body) outgoing.end();
				else await pipeline(Readable.fromWeb(response.body as never), outgoing).catch(() => {});
			},
			(error: unknown) => {
				console.error(error);
				outgoing.destroy();
			}
		);
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as { port: number };
	return {
		origin: `http://localhost:${port}`,
		port,
		close: () =>
			new Promise((done) => {
				server.closeAllConnections();
				server.close(() => done());
			})
	};
}

function requestOf(incoming: IncomingMessage): Request {
	const hasBody = !['GET', 'HEAD', 'OPTIONS'].includes(incoming.method!);
	return new Request(`http://${incoming.headers.host}${incoming.url}`, {
		method: incoming.method!,
		headers: new Headers(incoming.headers as Record<string, string>),
		...(hasBody ? { body: Readable.toWeb(incoming) as never, duplex: 'half' } : {})
	});
}
