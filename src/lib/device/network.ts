/** Asking the server for bytes, with a limit on what is taken, and what fetch throws turned into codes, once (DEV-7). */
import { fail, ok, type Result } from '../core/base/result.ts';
import type { SaveFault } from './faults.ts';
import { noteLink } from './link.ts';
import type { Purse } from './purse.ts';

/** A link that brings nothing for this long is taken as cut; 50 kbit/s brings 180 KB in that time. */
const STALL = 30_000;

/** One that is not the origin: milliseconds until it must have answered, and what `fetch` is told besides. */
export interface Elsewhere extends RequestInit {
	patience: number;
}

export interface Limits {
	/** The most bytes that are taken; one more ends the transfer. */
	max: number;
	signal?: AbortSignal | undefined;
	/** How another address than the origin is asked; what comes of it says nothing of the link to the origin. */
	elsewhere?: Elsewhere | undefined;
	/** What it may cost: where that is not left, nothing is asked (`budget/spent`). */
	purse?: Purse | undefined;
	/** The bytes that are to be expected where `max` is only a bound; set aside before it is asked. */
	usual?: number;
}

/** What a request is part of: what ends it, and what it is paid from. */
export type Going = Pick<Limits, 'signal' | 'purse'>;

/** An answer whose head is good and whose body is still to come. */
export interface Answer {
	status: number;
	headers: Headers;
	/** The next bytes, or null at the end. */
	next(): Promise<Result<Uint8Array | null, SaveFault>>;
	/** Lets go of the rest. */
	close(): void;
}

/** Asks and reads the head. A stated length over the limit is refused before a byte of it is read. */
export async function ask(
	url: string,
	{ max, signal, purse, usual = max, elsewhere }: Limits,
	headers: Record<string, string> = {}
): Promise<Result<Answer, SaveFault>> {
	const outlay = purse?.begin(usual);
	if (outlay === null) return fail('budget/spent');
	const stop = new AbortController();
	const end = () => stop.abort(signal?.reason);
	signal?.addEventListener('abort', end, { once: true });
	if (signal?.aborted) end();
	const timed = async <Value>(work: Promise<Value>, patience = STALL): Promise<Value> => {
		const timer = setTimeout(() => stop.abort(), patience);
		return work.finally(() => clearTimeout(timer));
	};
	let response: Response;
	try {
		// Never from or into the browser's own cache: damaged bytes would come back from it for a year, and good ones
		// would lie on the phone twice.
		response = await timed(
			fetch(url, { headers, signal: stop.signal, credentials: 'omit', cache: 'no-store', ...elsewhere }),
			elsewhere?.patience
		);
	} catch {
		outlay?.end();
		if (signal?.aborted) return fail('network/cut');
		if (!elsewhere) noteLink(false);
		return fail('network/offline');
	}
	if (!elsewhere) noteLink(true);
	const fault = headFault(response, max);
	if (fault || !response.body) {
		outlay?.end();
		stop.abort();
		return { ok: false, fault: fault ?? { code: 'network/bad-answer', params: { url } } };
	}
	const reader = response.body.getReader();
	return ok({
		status: response.status,
		headers: response.headers,
		async next() {
			try {
				const { value } = await timed(reader.read());
				if (!value) outlay?.end();
				else if (outlay?.came(value.length) === false) {
					stop.abort();
					return fail('budget/spent');
				}
				return ok(value ?? null);
			} catch {
				outlay?.end();
				return fail('network/cut');
			}
		},
		close() {
			outlay?.end();
			stop.abort();
		}
	});
}

/** The whole body of an answer: `package/too-large` beyond the limit, `network/cut` where it ends early. */
export async function fetchBytes(url: string, limits: Limits): Promise<Result<Uint8Array, SaveFault>> {
	const answer = await ask(url, limits);
	if (!answer.ok) return answer;
	const pieces: Uint8Array[] = [];
	let length = 0;
	for (;;) {
		const piece = await answer.value.next();
		if (!piece.ok) return piece;
		if (!piece.value) break;
		pieces.push(piece.value);
		length += piece.value.length;
		if (length > limits.max) {
			answer.value.close();
			return fail('package/too-large', { bytes: length, limit: limits.max });
		}
	}
	return ok(join(pieces, length));
}

/** Pieces as one. */
export function join(pieces: readonly Uint8Array[], length: number): Uint8Array {
	const whole = new Uint8Array(length);
	let at = 0;
	for (const piece of pieces) {
		whole.set(piece, at);
		at += piece.length;
	}
	return whole;
}

function headFault({ status, headers }: Response, max: number): SaveFault | null {
	if (status === 404 || status === 410) return { code: 'network/not-found' };
	if (status === 429 || status >= 500) return { code: 'network/busy' };
	if (status !== 200 && status !== 206) return { code: 'network/refused', params: { status } };
	const length = Number(headers.get('content-length') ?? 0);
	return length > max ? { code: 'package/too-large', params: { bytes: length, limit: max } } : null;
}
