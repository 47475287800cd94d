/** What the phone says to the server's API, and what fetch throws turned into codes, once. */
import * as v from 'valibot';
import { fail, ok, type Result } from '../core/base/result.ts';
import { noteLink } from './link.ts';
import type { Purse } from './purse.ts';

/** A request that brings no answer for this long is given up; it is sent again. */
const PATIENCE = 45_000;

/** A fault with the server's sentence, in the language of the page, where the server said one. */
export interface AskFault {
	code: string;
	message?: string;
	params?: Record<string, string | number>;
}

const Refusal = v.object({
	code: v.string(),
	message: v.optional(v.string()),
	params: v.optional(v.record(v.string(), v.union([v.string(), v.number()])))
});

/** A form of the pages of `me`, with the session's cookie. */
export const postForm = <Schema extends v.GenericSchema>(
	path: string,
	schema: Schema,
	form: unknown,
	purse?: Purse
): Promise<Result<v.InferOutput<Schema>, AskFault>> =>
	ask(
		path,
		schema,
		{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(form) },
		purse
	);

/** What an answer of the API is expected to bring, where it goes by itself and is paid from a purse. */
const USUAL = 4 * 1024;

/**
 * Asks and parses the answer: `network/offline` where none came, else what the server said. With a purse, `budget/spent`
 * where what is sent and what usually comes is not left.
 */
export async function ask<Schema extends v.GenericSchema>(
	path: string,
	schema: Schema,
	init: RequestInit = {},
	purse?: Purse
): Promise<Result<v.InferOutput<Schema>, AskFault>> {
	const outlay = purse?.begin(sizeOf(init.body) + USUAL);
	if (outlay === null) return fail('budget/spent');
	const language = document.documentElement.lang;
	const stop = new AbortController();
	const timer = setTimeout(() => stop.abort(), PATIENCE);
	let status = 0;
	let json: unknown;
	try {
		const response = await fetch(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`, {
			...init,
			signal: stop.signal
		});
		status = response.status;
		outlay?.came(sizeOf(init.body) + Number(response.headers.get('content-length') ?? USUAL));
		json = await response.json().catch(() => null);
	} catch {
		noteLink(false);
		return fail('network/offline');
	} finally {
		clearTimeout(timer);
		outlay?.end();
	}
	noteLink(true);
	if (status >= 200 && status < 300) {
		const answer = v.safeParse(schema, json);
		return answer.success ? ok(answer.output) : fail('network/bad-answer', { url: path });
	}
	const refusal = v.safeParse(Refusal, json);
	if (refusal.success) return { ok: false, fault: refusal.output as AskFault };
	return status >= 500 || status === 429 ? fail('network/busy') : fail('network/refused', { status });
}

const sizeOf = (body: RequestInit['body']): number =>
	typeof body === 'string' ? new Blob([body]).size : body instanceof ArrayBuffer ? body.byteLength : 0;
