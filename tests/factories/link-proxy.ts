/** A link between phone and server that can be slow, break, and lie, and counts what it carries. */
import {
	createServer,
	request as ask,
	type IncomingHttpHeaders,
	type IncomingMessage,
	type ServerResponse
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is done to an answer. */
interface Fault {
	/** Turns over the byte at this place of the body. */
	flip?: number;
	/** Ends the connection after so many bytes of the body. */
	cut?: number;
	/** States this length, whatever the body is. */
	length?: number;
	/** Sends this body instead. */
	body?: Buffer;
	/** Sends the body at this pace. */
	bytesPerSecond?: number;
	/** Takes the request and never says a word. */
	silent?: true;
	/** Asks the server for this address instead. */
	as?: string;
	/** Sends whoever asks to this address. */
	to?: string;
}

interface Carried {
	url: string;
	range: string | null;
	headers: IncomingHttpHeaders;
	status: number;
	/** Bytes of the body that went out. */
	bytes: number;
}

export interface LinkProxy {
	origin: string;
	carried: Carried[];
	/** Decides about each request; none: as it is. */
	rule: (url: string, range: string | null) => Fault | undefined;
	/** The server behind it; may be changed. */
	target: string;
	/** Bytes a second that all answers share; Infinity: as fast as it goes. */
	rate: number;
	/** While it is true every connection breaks, and none begins. */
	isCut: boolean;
	/** Breaks all that is under way. */
	cut: () => void;
	/** Comes when nothing is under way: what a phone gave up still leaves for a moment. */
	settled: () => Promise<void>;
	/** Bytes of bodies under an address's beginning. */
	bytesOf: (prefix: string) => number;
	/** Bytes of bodies that had been carried before. */
	twice: () => number;
	close: () => Promise<void>;
}

/** Starts one in front of `target` (an origin) on a free port of loopback. */
export async function startLink(target: string): Promise<LinkProxy> {
	const server = createServer((request, response) => void carry(request, response));
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const link: LinkProxy = {
		origin: `http://localhost:${(server.address() as AddressInfo).port}`,
		carried: [],
		rule: () => undefined,
		target,
		rate: Infinity,
		isCut: false,
		cut: () => server.closeAllConnections(),
		async settled() {
			while (underWay > 0) await new Promise((done) => setTimeout(done, 20));
		},
		twice: () => link.bytesOf('') - distinct(link.carried),
		bytesOf: (prefix) =>
			link.carried.reduce((sum, { url, bytes }) => sum + (url.startsWith(prefix) ? bytes : 0), 0),
		close: () =>
			new Promise((done) => {
				server.close(() => done());
				server.closeAllConnections();
			})
	};

	let underWay = 0;
	let freeAt = 0;
	/** Waits until the link has carried so many bytes more, after all that it was given before. */
	async function turn(bytes: number): Promise<void> {
		if (link.rate === Infinity) return;
		freeAt = Math.max(freeAt, performance.now()) + (bytes / link.rate) * 1000;
		await new Promise((done) => setTimeout(done, freeAt - performance.now()));
	}

	async function carry(request: IncomingMessage, response: ServerResponse): Promise<void> {
		if (link.isCut) return void request.socket.destroy();
		const url = request.url!;
		const range = request.headers.range ?? null;
		const fault = link.rule(url, range) ?? {};
		const entry: Carried = { url, range, headers: request.headers, status: 0, bytes: 0 };
		link.carried.push(entry);
		underWay++;
		response.on('close', () => underWay--);
		response.on('error', () => undefined);
		if (fault.silent) return;
		if (fault.to) {
			response.writeHead(302, { location: fault.to, 'access-control-allow-origin': '*' }).end();
			return;
		}
		const headers = { ...request.headers };
		delete headers.host;
		// What is sent instead is news to whoever asks whether there is any.
		if (fault.body) delete headers['if-none-match'];
		if (fault.body) delete headers['if-modified-since'];
		const forward = ask(`${link.target}${fault.as ?? url}`, { method: request.method, headers }, (answer) => {
			entry.status = answer.statusCode!;
			const stated = fault.body?.length ?? fault.length;
			const given = { ...answer.headers };
			if (fault.body) delete given['content-encoding'];
			response.writeHead(answer.statusCode!, {
				...given,
				...(stated === undefined ? {} : { 'content-length': String(stated) })
			});
			if (fault.body) {
				entry.bytes = fault.body.length;
				answer.resume();
				response.end(fault.body);
			} else void pass(answer, response, fault, entry, turn).catch(() => response.destroy());
		});
		forward.on('error', () => response.destroy());
		request.pipe(forward);
	}
	return link;
}

async function pass(
	answer: IncomingMessage,
	response: ServerResponse,
	{ flip, cut, bytesPerSecond }: Fault,
	entry: Carried,
	turn: (bytes: number) => Promise<void>
): Promise<void> {
	for await (const whole of answer as AsyncIterable<Buffer>) {
		for (let at = 0; at < whole.length; at += PIECE) {
			const piece = Buffer.from(whole.subarray(at, at + PIECE));
			if (flip !== undefined && flip >= entry.bytes && flip < entry.bytes + piece.length) {
				piece[flip - entry.bytes]! ^= 1;
			}
			const room = cut === undefined ? piece.length : Math.min(piece.length, cut - entry.bytes);
			await turn(room);
			if (response.destroyed) return;
			response.write(piece.subarray(0, room));
			entry.bytes += room;
			if (cut !== undefined && entry.bytes >= cut) {
				// What is on its way arrives, then the line is dead.
				await new Promise((done) => setTimeout(done, 100));
				response.destroy();
				return;
			}
			if (bytesPerSecond) await new Promise((done) => setTimeout(done, (room / bytesPerSecond) * 1000));
		}
	}
	response.end();
}

const PIECE = 4096;

/** Bytes of bodies, each place of each address once. */
function distinct(carried: readonly Carried[]): number {
	const ends = new Map<string, [from: number, to: number][]>();
	for (const { url, range, status, bytes } of carried) {
		const from = status === 206 ? Number(/\d+/.exec(range ?? '')) : 0;
		ends.set(url, [...(ends.get(url) ?? []), [from, from + bytes]]);
	}
	let sum = 0;
	for (const stretches of ends.values()) {
		let reached = 0;
		for (const [from, to] of stretches.sort((a, b) => a[0] - b[0])) {
			sum += Math.max(0, to - Math.max(from, reached));
			reached = Math.max(reached, to);
		}
	}
	return sum;
}
