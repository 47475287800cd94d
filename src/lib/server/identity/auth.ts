/** better-auth as Setara uses it: a name and a password, no e-mail, sessions that outlive months without a link. */
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { APIError } from 'better-auth/api';
import { username } from 'better-auth/plugins';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { MAX_PASSWORD } from '../../core/identity/password.ts';
import { nameFault, normaliseName } from '../../core/identity/name.ts';
import { credentials, rateLimits, sessions, users, verifications } from '../db/identity-tables.ts';
import type { Database } from '../db/pool.ts';
import { newId, openAccount } from './accounts.ts';
import type { Grant } from './invites.ts';

/** Half a year: a phone that sees a link twice a term stays signed in. */
const SESSION_SECONDS = 180 * 24 * 60 * 60;
const DAY = 24 * 60 * 60;

/** Header in which our routes pass on whom they talk to; whatever a client sends under it is overwritten. */
export const ADDRESS_HEADER = 'x-setara-address';

export interface AuthOptions {
	secret: string;
	/** People come by https: the cookie is for nothing else. */
	isHttps: boolean;
}

export type Auth = ReturnType<typeof createAuth>;

/** @param grants what a code gives to whoever joins now, by the address that was made up for them */
export function createAuth(
	database: Database,
	{ secret, isHttps }: AuthOptions,
	grants: ReadonlyMap<string, Grant>
) {
	return betterAuth({
		appName: 'Setara',
		basePath: '/api/auth',
		secret,
		// What it writes to the log names people; what matters is thrown or answered.
		logger: { disabled: true },
		telemetry: { enabled: false },
		database: drizzleAdapter(database.query, {
			provider: 'pg',
			schema: {
				user: users,
				session: sessions,
				account: credentials,
				verification: verifications,
				rateLimit: rateLimits
			}
		}),
		emailAndPassword: {
			enabled: true,
			// Our own rules, with reasons, stand before it (core/identity); here only what it must not be given.
			minPasswordLength: 1,
			maxPasswordLength: MAX_PASSWORD * 4,
			password: {
				hash: (password) => hashPassword(password.normalize('NFKC')),
				verify: ({ hash, password }) => verifyPassword({ hash, password: password.normalize('NFKC') })
			}
		},
		user: {
			additionalFields: {
				role: { type: 'string', required: true, input: false, defaultValue: 'learner' },
				language: { type: 'string', required: true, input: true },
				institutionId: { type: 'string', required: false, input: false }
			}
		},
		session: { expiresIn: SESSION_SECONDS, updateAge: 7 * DAY },
		plugins: [
			username({
				minUsernameLength: 1,
				maxUsernameLength: 60,
				usernameNormalization: normaliseName,
				usernameValidator: (name) => nameFault(name) === null
			})
		],
		databaseHooks: {
			user: {
				create: {
					before: async (user) => {
						const id = await openAccount(database, String((user as { username?: string }).username));
						if (!id) throw APIError.from('BAD_REQUEST', NAME_TAKEN);
						const grant = grants.get(user.email);
						// With the account itself, so that no code is used up by somebody who then has no role.
						const given = grant ? { role: grant.role, institutionId: grant.institution } : {};
						return { data: { ...user, ...given, id } };
					}
				}
			}
		},
		// People join and change themselves by /api/account, which knows names, looks and passwords.
		disabledPaths: [
			'/sign-up/email',
			'/sign-in/email',
			'/sign-in/username',
			'/sign-in/social',
			'/is-username-available',
			'/update-user',
			'/change-email',
			'/change-password',
			'/set-password',
			'/delete-user',
			'/request-password-reset',
			'/reset-password',
			'/verify-email',
			'/send-verification-email'
		],
		rateLimit: { enabled: true, storage: 'database', window: 60, max: 300 },
		advanced: {
			useSecureCookies: isHttps,
			cookiePrefix: 'setara',
			ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
			database: { generateId: newId, validateSchema: false }
		}
	});
}

const NAME_TAKEN = { code: 'NAME_TAKEN', message: 'This name is taken' };
