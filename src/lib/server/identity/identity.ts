/** Who somebody is: joining, signing in, a forgotten password, leaving (SYN-100 to SYN-115), and codes that give a role (PPL-40). */
import { randomUUID } from 'node:crypto';
import { APIError } from 'better-auth/api';
import type { Language } from '../../core/base/languages.ts';
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';
import type { AccountCode, PeopleCode } from '../../core/identity/faults.ts';
import { nameFault, normaliseName } from '../../core/identity/name.ts';
import { passwordFault } from '../../core/identity/password.ts';
import { mayReset } from '../../core/identity/reach.ts';
import type { Role } from '../../core/identity/rights.ts';
import type {
	JoinRequest,
	Person,
	ResetCode,
	ResetRequest,
	SignInRequest
} from '../../core/protocol/account.ts';
import type { Database } from '../db/pool.ts';
import { findAccount } from './accounts.ts';
import { audit } from './audit.ts';
import { createAuth, type Auth, type AuthOptions } from './auth.ts';
import { newCode } from './codes.ts';
import {
	endFirstInvites,
	giveBack,
	makeInvite,
	noteUse,
	takeInvite,
	useInvite,
	type Grant
} from './invites.ts';
import { allow, noteRight, noteWrong, waitOf } from './limits.ts';
import * as repository from './repository.ts';

type AccountFault = Fault<AccountCode | PeopleCode>;

/** A person who just signed in: what their browser gets as cookies, and the token for sending. */
interface Entered {
	person: Person;
	token: string;
	cookies: string[];
}

export interface Identity {
	auth: Auth;
	join: (request: JoinRequest, address: string) => Promise<Result<Entered, AccountFault>>;
	signIn: (request: SignInRequest, address: string) => Promise<Result<Entered, AccountFault>>;
	/** Ends this session; answers the cookies that say so. */
	signOut: (headers: Headers, token: string | null) => Promise<string[]>;
	/** Whose session these headers carry. */
	person: (headers: Headers) => Promise<Person | null>;
	/** Whose token this is. */
	ownerOf: (token: string) => Promise<string | null>;
	/** Takes a code for somebody who is here already: a learner becomes what it gives. */
	useCode: (person: Person, code: string, address: string) => Promise<Result<Person, AccountFault>>;
	/** A code for one new password, by somebody who may reset this person's, or (null) on the command line. */
	makeResetCode: (actor: Person | null, name: string) => Promise<Result<ResetCode, AccountFault>>;
	reset: (request: ResetRequest, address: string) => Promise<Result<null, AccountFault>>;
	/** Takes a person away, by themselves. */
	remove: (person: Person) => Promise<void>;
	/** Lets somebody help others in; answers their name as they write it. */
	makeAdministrator: (name: string) => Promise<Result<string, AccountFault>>;
	setRole: (id: string, role: Role, institution?: string | null) => Promise<void>;
	isEmpty: () => Promise<boolean>;
	/** Where nobody administers: a code that makes an administrator, once, for a day; else null. Ends the one before. */
	makeFirstCode: () => Promise<string | null>;
}

// A whole school may sit behind one address.
const JOINS_AN_HOUR = 120;
const SIGN_INS_A_MINUTE = 120;
const RESETS_A_MINUTE = 30;
const CODES_A_MINUTE = 30;
const CODE_TRIES = 5;
const CODE_DAYS = 7;

/** Opens identity over a database; the secret that signs cookies lies there too, so that all copies agree. */
export async function openIdentity(
	database: Database,
	options: Omit<AuthOptions, 'secret'>
): Promise<Identity> {
	const grants = new Map<string, Grant>();
	const secret = await repository.sharedSecret(database, 'sessions');
	const auth = createAuth(database, { ...options, secret }, grants);

	/** An account, with what a code gives; null: a name like it is taken. */
	async function signUpWith(
		grant: Grant | null,
		{ name, password, language }: JoinRequest
	): Promise<Response | null> {
		const email = `${randomUUID()}@people.invalid`;
		if (grant) grants.set(email, grant);
		try {
			const response = await signUp(auth, email, name.normalize('NFKC').trim(), password, language);
			if (!response && grant) await giveBack(database.query, grant);
			return response;
		} catch (error) {
			if (grant) await giveBack(database.query, grant);
			throw error;
		} finally {
			grants.delete(email);
		}
	}

	async function enter(response: Response): Promise<Entered> {
		const { user } = (await response.json()) as { user: { id: string } };
		const person = (await repository.findPerson(database, user.id))!;
		return {
			person,
			token: await repository.addToken(database, person.id),
			cookies: response.headers.getSetCookie()
		};
	}

	return {
		auth,
		async join(request, address) {
			const fault = nameFault(request.name) ?? passwordFault(request.password, request.name);
			if (fault) return fail(fault);
			if (!(await allow(database, `join ${address}`, JOINS_AN_HOUR, 3600)))
				return fail('account/too-many-tries');
			const taken = request.code === undefined ? null : await takeInvite(database.query, request.code);
			if (taken && !taken.ok) return taken;
			const response = await signUpWith(taken && taken.value, request);
			if (!response) return fail('account/name-taken');
			const entered = await enter(response);
			if (taken) await noteUse(database.query, entered.person.id, taken.value);
			return ok(entered);
		},
		async useCode(person, code, address) {
			if (!(await allow(database, `code ${address}`, CODES_A_MINUTE, 60)))
				return fail('account/too-many-tries');
			const used = await useInvite(database, person.id, code);
			if (!used.ok) return used;
			return ok((await repository.findPerson(database, person.id))!);
		},
		async signIn({ name, password }, address) {
			const username = normaliseName(name);
			if (!(await allow(database, `sign-in ${address}`, SIGN_INS_A_MINUTE, 60))) {
				return fail('account/too-many-tries');
			}
			const wait = await waitOf(database, username);
			if (wait === Infinity) return fail('people/password-locked');
			if (wait > 0) return fail('account/too-many-tries');
			const response = nameFault(name)
				? null
				: await answered(auth.api.signInUsername({ body: { username, password }, asResponse: true }));
			if (!response?.ok) {
				await noteWrong(database, username);
				return fail('account/wrong-password');
			}
			await noteRight(database, username);
			return ok(await enter(response));
		},
		async signOut(headers, token) {
			if (token) await repository.removeToken(database, token);
			const response = await auth.api.signOut({ headers, asResponse: true });
			return response.headers.getSetCookie();
		},
		async person(headers) {
			const session = await auth.api.getSession({ headers });
			return session && repository.findPerson(database, session.user.id);
		},
		ownerOf: (token) => repository.ownerOfToken(database, token),
		async makeResetCode(actor, name) {
			const id = await findAccount(database, name);
			const user = id && (await repository.findPerson(database, id));
			if (!user) return fail('account/unknown-person', { name });
			if (actor && !mayReset(actor, user)) return fail('people/out-of-reach');
			const code = newCode(2, 5);
			const expires = new Date(Date.now() + CODE_DAYS * 86_400_000);
			await database.query.transaction(async (tx) => {
				await repository.putResetCode(tx, user.id, code, expires);
				await audit(tx, { actor: actor?.id ?? null, action: 'reset-code', subject: user.id });
			});
			return ok({ name: user.name, code, expires: expires.toISOString() });
		},
		async makeAdministrator(name) {
			const id = await findAccount(database, name);
			const user = id && (await repository.findPerson(database, id));
			if (!user) return fail('account/unknown-person', { name });
			await repository.setRole(database, user.id, 'administrator');
			await audit(database.query, { actor: null, action: 'made-administrator', subject: user.id });
			return ok(user.name);
		},
		async reset({ name, code, password }, address) {
			const fault = passwordFault(password, name);
			if (fault) return fail(fault);
			if (!(await allow(database, `reset ${address}`, RESETS_A_MINUTE, 60)))
				return fail('account/too-many-tries');
			const id = await findAccount(database, name);
			// The same answer for a person who does not exist: codes are not for finding out names.
			if (!id || !(await repository.takeResetCode(database, id, code, CODE_TRIES)))
				return fail('account/wrong-code');
			const context = await auth.$context;
			await context.internalAdapter.updatePassword(id, await context.password.hash(password));
			await repository.signOutEverywhere(database, id);
			await noteRight(database, normaliseName(name));
			await audit(database.query, { actor: null, action: 'password-reset', subject: id });
			return ok(null);
		},
		async remove(person) {
			await repository.removeUser(database, person.id);
			await audit(database.query, { actor: person.id, action: 'account-deleted', subject: person.id });
		},
		setRole: (id, role, institution) => repository.setRole(database, id, role, institution),
		isEmpty: async () => (await repository.countUsers(database)) === 0,
		async makeFirstCode() {
			await endFirstInvites(database);
			if ((await repository.countAdministrators(database)) > 0) return null;
			const first = { role: 'administrator', institution: null, uses: 1, days: 1 } as const;
			return (await makeInvite(database, null, first)).code;
		}
	};
}

/** Null: a name like it is taken. Learners have no e-mail; better-auth gets an address that cannot exist. */
async function signUp(
	auth: Auth,
	email: string,
	name: string,
	password: string,
	language: Language
): Promise<Response | null> {
	const response = await answered(
		auth.api.signUpEmail({
			body: { email, name, password, username: name, displayUsername: name, language },
			asResponse: true
		})
	);
	if (response.ok) return response;
	const { code } = (await response.json()) as { code?: string };
	if (code === 'NAME_TAKEN' || code === 'USERNAME_IS_ALREADY_TAKEN') return null;
	throw new Error(`joining failed: ${code}`);
}

/** What better-auth throws in a hook of its own is an answer like any other. */
const answered = (asked: Promise<Response>): Promise<Response> =>
	asked.catch((error: unknown) => {
		if (!(error instanceof APIError)) throw error;
		return Response.json(error.body ?? {}, { status: error.statusCode });
	});
