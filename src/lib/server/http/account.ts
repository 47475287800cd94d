/** What the endpoints of accounts share: reading a body from our own pages, and the status of each fault. */
import type { RequestEvent } from '@sveltejs/kit';
import type * as v from 'valibot';
import { fail, type Fault, type Result } from '../../core/base/result.ts';
import { parse, refuse } from './answer.ts';
import { isFromHere, readJson } from './body.ts';

/** The longest form of most: names, passwords, codes. */
const MAX_FORM = 8 * 1024;

const STATUS: Record<string, number> = {
	'account/signed-out': 401,
	'account/wrong-password': 401,
	'account/other-site': 403,
	'account/wrong-code': 403,
	'people/suspended': 403,
	'people/not-allowed': 403,
	'people/out-of-reach': 403,
	'people/wrong-code': 403,
	'people/used-code': 403,
	'people/expired-code': 403,
	'people/unknown-person': 404,
	'people/unknown-institution': 404,
	'people/unknown-invite': 404,
	'people/yourself': 409,
	'people/has-role': 409,
	'people/institution-taken': 409,
	'people/password-locked': 429,
	'account/unknown-person': 404,
	'account/name-taken': 409,
	'progress/device-forked': 409,
	'http/too-large': 413,
	'account/too-many-tries': 429,
	'hand-in/not-yours': 403,
	'hand-in/not-found': 404,
	'hand-in/package-taken': 409,
	'hand-in/too-large': 413,
	'hand-in/wrong-digest': 422,
	'hand-in/too-many': 429,
	'upload/gone': 404,
	'upload/other-place': 409,
	'upload/not-wanted': 409,
	// As tus's own extension for checksums has it.
	'upload/wrong-digest': 460,
	'upload/busy': 423,
	'upload/broken': 500,
	'library/not-found': 404,
	'review/not-yours': 403,
	'review/contributor': 403,
	'review/same-party': 403,
	'review/out-of-scope': 403,
	'review/no-key': 403,
	'review/key-not-enrolled': 403,
	'review/bad-proof': 403,
	'review/bad-signature': 403,
	'review/register-refused': 403,
	'review/unknown-submission': 404,
	'review/unknown-unit': 404,
	'review/unknown-replacement': 404,
	'review/unknown-file': 404,
	'review/unknown-comment': 404,
	'review/wrong-state': 409,
	'review/changed-meanwhile': 409,
	'review/publishing': 409,
	'review/not-approved': 409,
	'review/not-complete': 409,
	'review/already-signed': 409,
	'review/already-approved': 409,
	'review/key-taken': 409,
	'review/name-taken': 409,
	'review/register-older': 409,
	'review/recall-too-large': 413,
	'review/too-many-comments': 429
};

/** A fault with its status; what is not listed is what somebody typed (400). */
export const refuseFault = (event: RequestEvent, fault: Fault): Promise<Response> =>
	refuse(event, STATUS[fault.code] ?? 400, fault);

/** A form of ours, parsed; a form that another site had the browser send is refused. */
export async function readForm<Schema extends v.GenericSchema>(
	event: RequestEvent,
	schema: Schema,
	max = MAX_FORM
): Promise<Result<v.InferOutput<Schema>, Fault>> {
	if (!isFromHere(event)) return fail('account/other-site');
	const body = await readJson(event, max);
	return body.ok ? parse(schema, body.value) : body;
}

/** An answer about a person: never kept by anyone, with the cookies that come with it. */
export function answerPerson(value: unknown, cookies: readonly string[] = []): Response {
	const response = Response.json(value, { headers: { 'cache-control': 'no-store' } });
	for (const cookie of cookies) response.headers.append('set-cookie', cookie);
	return response;
}
