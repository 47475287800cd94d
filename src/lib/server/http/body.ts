/** Bodies of requests: read with a limit, unpacked with a limit, and only from our own pages (SYN-55, SYN-109). */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { RequestEvent } from '@sveltejs/kit';
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';

export type BodyFault = Fault<'http/too-large' | 'http/bad-request'>;

const unzip = promisify(gunzip);

/** The end of a string in C, escaped as JSON has to: PostgreSQL keeps none, and nobody types one. */
const NUL = /(?<!\\)(?:\\\\)*\\u0000/;

/** A JSON body, plain or in gzip: at most `max` bytes as sent, and `unpacked` after unpacking. */
export async function readJson(
	event: RequestEvent,
	max: number,
	unpacked = max
): Promise<Result<unknown, BodyFault>> {
	const text = await readText(event, max, unpacked);
	if (!text.ok) return text;
	try {
		if (!NUL.test(text.value)) return ok(JSON.parse(text.value));
	} catch {
		// As any other body that cannot be read.
	}
	return fail('http/bad-request', { field: 'json' });
}

async function readText(
	{ request }: RequestEvent,
	max: number,
	unpacked: number
): Promise<Result<string, BodyFault>> {
	const body = await readBytes(request, max);
	if (!body) return fail('http/too-large', { limit: max });
	let bytes: Uint8Array = body;
	const encoding = request.headers.get('content-encoding') ?? 'identity';
	if (encoding === 'gzip') {
		try {
			bytes = await unzip(body, { maxOutputLength: unpacked });
		} catch (error) {
			// What unpacks to more than is allowed is given up there and then.
			const isBomb = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
			return isBomb
				? fail('http/too-large', { limit: unpacked })
				: fail('http/bad-request', { field: 'gzip' });
		}
	} else if (encoding !== 'identity') {
		return fail('http/bad-request', { field: 'content-encoding' });
	}
	try {
		return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch {
		return fail('http/bad-request', { field: 'json' });
	}
}

/** Null once there are more than `max` bytes; the rest is not waited for. */
export async function readBytes(request: Request, max: number): Promise<Buffer | null> {
	if (Number(request.headers.get('content-length') ?? 0) > max) return null;
	const pieces: Uint8Array[] = [];
	let length = 0;
	const reader = request.body?.getReader();
	while (reader) {
		const { value, done } = await reader.read();
		if (done) break;
		length += value.length;
		if (length > max) {
			// Not cancelled, which would cut the connection before the answer: what is left is read away (SRV-9).
			reader.releaseLock();
			return null;
		}
		pieces.push(value);
	}
	return Buffer.concat(pieces);
}

/**
 * Whether a request that changes something may carry the browser's cookie: it comes from our own pages, or from no
 * page at all. Browsers name the origin of every POST.
 */
export function isFromHere({ request, url }: RequestEvent): boolean {
	const origin = request.headers.get('origin');
	if (origin !== null) return origin === url.origin;
	const site = request.headers.get('sec-fetch-site');
	return site === null || site === 'same-origin';
}

/** Bodies that a form of any site can send without a question to us first (Fetch, CORS-safelisted types). */
const FORM = /^\s*(?:application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\s*(?:;|$)/i;

/** A body as a form sends it, from elsewhere or from who knows where: our own pages send none. */
export function isForeignForm({ request, url }: RequestEvent): boolean {
	if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return false;
	return FORM.test(request.headers.get('content-type') ?? '') && request.headers.get('origin') !== url.origin;
}
