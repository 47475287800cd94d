/** A line to a server that breaks in the middle of what a phone sends, and counts every byte that went up. */
import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface CuttingLink {
	origin: string;
	/** Port of the server behind it. */
	target: number;
	/** Bytes that went up so far. */
	up: number;
	/** After so many more bytes every connection breaks and none begins; Infinity: whole. */
	left: number;
	/** How often it broke. */
	cuts: number;
	close: () => Promise<void>;
}

export async function startCuttingLink(): Promise<CuttingLink> {
	const sockets = new Set<Socket>();
	/** Lines that are there, from the phone's side to the server's. */
	const lines = new Map<Socket, Socket>();
	/** What was on its way arrives; then the server hears no more, and the phone is alone. */
	const cut = () => {
		for (const [phone, there] of lines) {
			there.end();
			phone.destroy();
		}
		lines.clear();
		link.cuts += 1;
	};
	const server = createServer((phone) => {
		if (link.left <= 0) return void phone.destroy();
		const there = connect(link.target, '127.0.0.1');
		lines.set(phone, there);
		for (const socket of [phone, there]) {
			sockets.add(socket);
			socket.on('error', () => undefined);
			socket.on('close', () => sockets.delete(socket));
		}
		phone.on('close', () => lines.delete(phone) && there.destroy());
		there.on('close', () => phone.destroy());
		there.pipe(phone);
		phone.on('data', (bytes: Buffer) => {
			const through = bytes.subarray(0, Math.max(0, Math.min(bytes.length, link.left)));
			link.left -= through.length;
			link.up += through.length;
			there.write(through);
			// What is on its way arrives, and a server that reads as it comes has it.
			if (link.left <= 0 && through.length > 0) setTimeout(cut, 200);
		});
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const link: CuttingLink = {
		origin: `http://localhost:${(server.address() as AddressInfo).port}`,
		target: 0,
		up: 0,
		left: Infinity,
		cuts: 0,
		close: () =>
			new Promise((done) => {
				for (const socket of sockets) socket.destroy();
				server.close(() => done());
			})
	};
	return link;
}
