/** The two ways in which an endpoint answers: with a value, or with a fault and its sentence (SRV-5, SRV-6). */
import { createHash } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { isLanguage, type Language } from '../../core/base/languages.ts';
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';
import { isUnchanged } from './conditions.ts';
import { describe } from './words.ts';

/** What every refused request is answered with; `code` is one of `docs/spec/server.md`'s and of `faults.json`. */
export const Refusal = v.object({
	code: v.string(),
	message: v.string(),
	params: v.optional(v.record(v.string(), v.union([v.string(), v.number()])))
});

/** A value as JSON that may be kept but is asked about each time, by its ETag. */
export function answer(event: RequestEvent, value: unknown): Response {
	const body = JSON.stringify(value);
	const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
	const headers = { etag, 'cache-control': 'no-cache' };
	if (isUnchanged(event.request.headers.get('if-none-match'), etag)) {
		return new Response(null, { status: 304, headers });
	}
	return new Response(body, { headers: { ...headers, 'content-type': 'application/json' } });
}

/** A fault with its sentence, in the language of `?lang=` or of the browser. */
export async function refuse(event: RequestEvent, status: number, fault: Fault): Promise<Response> {
	const body = { code: fault.code, message: await describe(languageOf(event), fault), params: fault.params };
	return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}

/** The language that a person asked for: `?lang=`, else the one that hooks found. */
function languageOf({ url, locals }: RequestEvent): Language {
	const asked = url.searchParams.get('lang') ?? '';
	return isLanguage(asked) ? asked : locals.language;
}

/** Parses what came in the address or the body; `http/bad-request` names the first field that is wrong. */
export function parse<Schema extends v.GenericSchema>(
	schema: Schema,
	input: unknown
): Result<v.InferOutput<Schema>, Fault<'http/bad-request'>> {
	const parsed = v.safeParse(schema, input, { abortEarly: true });
	if (parsed.success) return ok(parsed.output);
	return fail('http/bad-request', { field: v.getDotPath(parsed.issues[0]) ?? '' });
}
