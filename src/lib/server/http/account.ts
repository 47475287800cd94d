/** What the endpoints of accounts share: reading a body from our own pages, and the status of each fault. */
import type { RequestEvent } from '@sveltejs/kit';
import type * as v from 'valibot';
import { fail, type Fault, type Result } from '../../core/base/result.ts';
import { parse, refuse } from './answer.ts';
import { isFromHere, readJson } from './body.ts';

/** The longest form: names, passwords, codes. */
const MAX_FORM = 8 * 1024;

const STATUS: Record<string, number> = {
	'account/signed-out': 401,
	'account/wrong-password': 401,
	'account/other-site': 403,
	'account/not-administrator': 403,
	'account/wrong-code': 403,
	'people/suspended': 403,
	'people/not-allowed': 403,
	'account/unknown-person': 404,
	'account/name-taken': 409,
	'progress/device-forked': 409,
	'http/too-large': 413,
	'account/too-many-tries': 429
};

/** A fault with its status; what is not listed is what somebody typed (400). */
export const refuseFault = (event: RequestEvent, fault: Fault): Promise<Response> =>
	refuse(event, STATUS[fault.code] ?? 400, fault);

/** A form of ours, parsed; a form that another site had the browser send is refused. */
export async function readForm<Schema extends v.GenericSchema>(
	event: RequestEvent,
	schema: Schema
): Promise<Result<v.InferOutput<Schema>, Fault>> {
	if (!isFromHere(event)) return fail('account/other-site');
	const body = await readJson(event, MAX_FORM);
	return body.ok ? parse(schema, body.value) : body;
}

/** An answer about a person: never kept by anyone, with the cookies that come with it. */
export function answerPerson(value: unknown, cookies: readonly string[] = []): Response {
	const response = Response.json(value, { headers: { 'cache-control': 'no-store' } });
	for (const cookie of cookies) response.headers.append('set-cookie', cookie);
	return response;
}
