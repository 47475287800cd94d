/** A server that nothing may reach: it counts what comes, by HTTP, by a bare connection, by WebRTC's first packet. */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Trap {
	origin: string;
	/** Port of the STUN server that a WebRTC connection would ask. */
	stun: number;
	/** What came: `connection`, `stun`, or the path asked for. */
	caught: string[];
	/** What `/free` answers: a page without any policy, to see that the trap works. */
	free: string;
	close: () => void;
}

export async function startTrap(): Promise<Trap> {
	const caught: string[] = [];
	const server = createServer((request, response) => {
		if (request.url === '/free') return void response.setHeader('content-type', 'text/html').end(trap.free);
		caught.push(request.url ?? '');
		response.statusCode = 404;
		response.setHeader('access-control-allow-origin', '*').end();
	});
	server.on('connection', () => caught.push('connection'));
	server.on('upgrade', (request, socket) => {
		caught.push(request.url ?? '');
		socket.destroy();
	});
	const stun = createSocket('udp4').on('message', () => caught.push('stun'));
	await Promise.all([
		new Promise<void>((done) => server.listen(0, '127.0.0.1', done)),
		new Promise<void>((done) => stun.bind(0, '127.0.0.1', done))
	]);
	const trap: Trap = {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		stun: stun.address().port,
		caught,
		free: '',
		close: () => {
			server.close();
			server.closeAllConnections();
			stun.close();
		}
	};
	return trap;
}
