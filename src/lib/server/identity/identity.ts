/** Who somebody is: joining, signing in, a forgotten password, leaving (SYN-100 to SYN-115). */
import { randomInt, randomUUID } from 'node:crypto';
import { APIError } from 'better-auth/api';
import type { Language } from '../../core/base/languages.ts';
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';
import type { AccountCode } from '../../core/identity/faults.ts';
import { nameFault, normaliseName } from '../../core/identity/name.ts';
import { passwordFault } from '../../core/identity/password.ts';
import type {
	JoinRequest,
	Person,
	ResetCode,
	ResetRequest,
	SignInRequest
} from '../../core/protocol/account.ts';
import type { Database } from '../db/pool.ts';
import { findAccount } from './accounts.ts';
import { createAuth, type Auth, type AuthOptions } from './auth.ts';
import { allow, noteRight, noteWrong, waitOf } from './limits.ts';
import * as repository from './repository.ts';

type AccountFault = Fault<AccountCode>;

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
	/** A code for one new password, by an administrator or (null) on the command line. */
	makeResetCode: (actor: Person | null, name: string) => Promise<Result<ResetCode, AccountFault>>;
	reset: (request: ResetRequest, address: string) => Promise<Result<null, AccountFault>>;
	/** Takes a person away, by themselves. */
	remove: (person: Person) => Promise<void>;
	/** Lets somebody help others in; answers their name as they write it. */
	makeAdministrator: (name: string) => Promise<Result<string, AccountFault>>;
	setRole: (id: string, role: Person['role']) => Promise<void>;
	isEmpty: () => Promise<boolean>;
}

// A whole school may sit behind one address.
const JOINS_AN_HOUR = 120;
const SIGN_INS_A_MINUTE = 120;
const RESETS_A_MINUTE = 30;
const CODE_TRIES = 5;
const CODE_DAYS = 7;
/** No letters and digits that are taken for each other when read aloud or copied by hand. */
const CODE_LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const CODE_LENGTH = 10;

/** Opens identity over a database; the secret that signs cookies lies there too, so that all copies agree. */
export async function openIdentity(
	database: Database,
	options: Omit<AuthOptions, 'secret'>
): Promise<Identity> {
	const auth = createAuth(database, {
		...options,
		secret: await repository.sharedSecret(database, 'sessions')
	});

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
		async join({ name, password, language }, address) {
			const fault = nameFault(name) ?? passwordFault(password, name);
			if (fault) return fail(fault);
			if (!(await allow(database, `join ${address}`, JOINS_AN_HOUR, 3600)))
				return fail('account/too-many-tries');
			const response = await signUp(auth, name.normalize('NFKC').trim(), password, language);
			return response ? ok(await enter(response)) : fail('account/name-taken');
		},
		async signIn({ name, password }, address) {
			const username = normaliseName(name);
			if (!(await allow(database, `sign-in ${address}`, SIGN_INS_A_MINUTE, 60))) {
				return fail('account/too-many-tries');
			}
			if ((await waitOf(database, username)) > 0) return fail('account/too-many-tries');
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
			const code = Array.from(
				{ length: CODE_LENGTH },
				() => CODE_LETTERS[randomInt(CODE_LETTERS.length)]
			).join('');
			const expires = new Date(Date.now() + CODE_DAYS * 86_400_000);
			await repository.putResetCode(database, user.id, code, expires);
			await repository.audit(database, actor?.id ?? null, 'reset-code', user.id);
			return ok({
				name: user.name,
				code: `${code.slice(0, 5)}-${code.slice(5)}`,
				expires: expires.toISOString()
			});
		},
		async makeAdministrator(name) {
			const id = await findAccount(database, name);
			const user = id && (await repository.findPerson(database, id));
			if (!user) return fail('account/unknown-person', { name });
			await repository.setRole(database, user.id, 'administrator');
			await repository.audit(database, null, 'made-administrator', user.id);
			return ok(user.name);
		},
		async reset({ name, code, password }, address) {
			const fault = passwordFault(password, name);
			if (fault) return fail(fault);
			if (!(await allow(database, `reset ${address}`, RESETS_A_MINUTE, 60)))
				return fail('account/too-many-tries');
			const id = await findAccount(database, name);
			const bare = code.toUpperCase().replace(/[^A-Z0-9]/g, '');
			// The same answer for a person who does not exist: codes are not for finding out names.
			if (!id || !(await repository.takeResetCode(database, id, bare, CODE_TRIES)))
				return fail('account/wrong-code');
			const context = await auth.$context;
			await context.internalAdapter.updatePassword(id, await context.password.hash(password));
			await repository.signOutEverywhere(database, id);
			await noteRight(database, normaliseName(name));
			await repository.audit(database, null, 'password-reset', id);
			return ok(null);
		},
		async remove(person) {
			await repository.removeUser(database, person.id);
			await repository.audit(database, person.id, 'account-deleted', person.id);
		},
		setRole: (id, role) => repository.setRole(database, id, role),
		isEmpty: async () => (await repository.countUsers(database)) === 0
	};
}

/** Null: a name like it is taken. Learners have no e-mail; better-auth gets an address that cannot exist. */
async function signUp(
	auth: Auth,
	name: string,
	password: string,
	language: Language
): Promise<Response | null> {
	const email = `${randomUUID()}@people.invalid`;
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
