import { fail, type Fault, type Result } from '$lib/core/base/result.ts';
import { MAX_PUSH_BYTES, MAX_PUSH_UNPACKED, SyncRequest } from '$lib/core/protocol/sync.ts';
import { answerPerson, refuseFault } from '$lib/server/http/account.ts';
import { parse } from '$lib/server/http/answer.ts';
import { isFromHere, readJson } from '$lib/server/http/body.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestEvent, RequestHandler } from './$types';

/** A phone hands over what it did and gets what its account's other devices did. */
export const POST: RequestHandler = async (event) => {
	const account = await accountOf(event);
	if (!account.ok) return refuseFault(event, account.fault);
	const body = await readJson(event, MAX_PUSH_BYTES, MAX_PUSH_UNPACKED);
	if (!body.ok) return refuseFault(event, body.fault);
	const request = parse(SyncRequest, body.value);
	if (!request.ok) return refuseFault(event, request.fault);
	const { progress } = await services();
	const answered = await progress.sync(account.value, request.value);
	return answered.ok ? answerPerson(answered.value) : refuseFault(event, answered.fault);
};

/** By the token of a phone, which it keeps for each of its profiles; else by the session of our own pages. */
async function accountOf(event: RequestEvent): Promise<Result<string, Fault>> {
	const { identity } = await services();
	const [, token] = /^Bearer ([\w-]{1,100})$/.exec(event.request.headers.get('authorization') ?? '') ?? [];
	if (token) {
		const owner = await identity.ownerOf(token);
		return owner ? { ok: true, value: owner } : fail('account/signed-out');
	}
	if (!isFromHere(event)) return fail('account/other-site');
	const person = await identity.person(event.request.headers);
	return person ? { ok: true, value: person.id } : fail('account/signed-out');
}
