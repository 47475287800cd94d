/** What every endpoint behind a right asks first: who is this, and may they (PPL-10 to PPL-14). */
import type { RequestEvent } from '@sveltejs/kit';
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';
import { may, type Action } from '../../core/identity/rights.ts';
import type { Person } from '../../core/protocol/account.ts';
import { services } from './services.ts';

export type RightFault = Fault<'account/signed-out' | 'people/suspended' | 'people/not-allowed'>;

/** Whoever is signed in, suspended or not. */
export async function requirePerson({
	request
}: RequestEvent): Promise<Result<Person, Fault<'account/signed-out'>>> {
	const { identity } = await services();
	const person = await identity.person(request.headers);
	return person ? ok(person) : fail('account/signed-out');
}

/**
 * Whoever is signed in, if their role has this right and they are not suspended; else a fault for `refuseFault`
 * (401, 403). What hangs on more than the role is decided where it is done.
 */
export async function requireRight(event: RequestEvent, action: Action): Promise<Result<Person, RightFault>> {
	const person = await requirePerson(event);
	if (!person.ok) return person;
	if (person.value.suspended) return fail('people/suspended');
	return may(person.value.role, action) ? person : fail('people/not-allowed');
}
