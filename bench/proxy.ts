/** A TCP proxy on loopback that counts what passes, worker included, both ways. */
import { connect, createServer, type Socket } from 'node:net';

export interface CountingProxy {
	origin: string;
	/** Bytes that the browser received and sent since the last `reset`. */
	received: () => number;
	sent: () => number;
	/** Milliseconds since a byte last moved. */
	quietFor: () => number;
	reset: () => void;
	close: () => Promise<void>;
}

/** Opens the proxy in front of a server on `port` of loopback. */
export async function openProxy(port: number): Promise<CountingProxy> {
	let received = 0;
	let sent = 0;
	let last = performance.now();
	const sockets = new Set<Socket>();
	const server = createServer((client) => {
		const upstream = connect(port, '127.0.0.1');
		for (const socket of [client, upstream]) {
			sockets.add(socket);
			socket.setNoDelay(true);
			socket.on('error', () => socket.destroy());
			socket.on('close', () => {
				sockets.delete(socket);
				client.destroy();
				upstream.destroy();
			});
		}
		client.on('data', (bytes) => {
			sent += bytes.length;
			last = performance.now();
		});
		upstream.on('data', (bytes) => {
			received += bytes.length;
			last = performance.now();
		});
		client.pipe(upstream);
		upstream.pipe(client);
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const address = server.address() as { port: number };
	return {
		origin: `http://localhost:${address.port}`,
		received: () => received,
		sent: () => sent,
		quietFor: () => performance.now() - last,
		reset: () => {
			received = 0;
			sent = 0;
			last = performance.now();
		},
		close: () =>
			new Promise((done) => {
				for (const socket of sockets) socket.destroy();
				server.close(() => done());
			})
	};
}
