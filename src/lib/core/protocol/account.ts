/** What the pages of `me` say to `/api/account/…`, and what comes back (docs/spec/sync.md). */
import * as v from 'valibot';
import { UUID_PATTERN } from '../base/ids.ts';
import { LANGUAGE_TAGS } from '../base/languages.ts';
import { Country, Id, text } from '../base/schema.ts';
import { ROLES } from '../base/vocabulary.ts';

/** Rules of names and passwords are the server's to say, with a reason; here only what may be read at all. */
const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const Password = v.pipe(v.string(), v.minLength(1), v.maxLength(1000));

/** Where somebody learns or works. */
export const Institution = v.strictObject({ id: Id, name: text(120), country: Country });

/** Who somebody is to this server. `token` lets this phone send, also after they signed out. */
export const Person = v.strictObject({
	id: v.pipe(v.string(), v.regex(UUID_PATTERN)),
	name: Name,
	role: v.picklist(ROLES),
	institution: v.nullable(Institution),
	/** Learns on, but has no right of their role. */
	suspended: v.boolean()
});
export const SignedIn = v.strictObject({ person: Person, token: v.pipe(v.string(), v.maxLength(100)) });

/** POST /api/account/join */
export const JoinRequest = v.strictObject({
	name: Name,
	password: Password,
	language: v.picklist(LANGUAGE_TAGS),
	/** Gives a role and an institution. */
	code: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(40)))
});
/** POST /api/account/sign-in */
export const SignInRequest = v.strictObject({ name: Name, password: Password });
/** POST /api/account/sign-out: `token`, when nothing waits any more and this phone need not send again. */
export const SignOutRequest = v.strictObject({ token: v.nullable(v.pipe(v.string(), v.maxLength(100))) });
/** POST /api/account/reset */
export const ResetRequest = v.strictObject({
	name: Name,
	code: v.pipe(v.string(), v.maxLength(40)),
	password: Password
});
/** POST /api/account/reset-code (administrators; teachers for their learners) */
export const ResetCodeRequest = v.strictObject({ name: Name });
export const ResetCode = v.strictObject({ name: Name, code: v.string(), expires: v.string() });
/** POST /api/account/delete: the name once more, so that nobody deletes by a slip. */
export const DeleteRequest = v.strictObject({ name: Name });
/** GET /api/account/me */
export const Me = v.strictObject({ person: v.nullable(Person) });
/** What is done, with nothing to say about it. */
export const Done = v.strictObject({ done: v.literal(true) });

export type Person = v.InferOutput<typeof Person>;
export type SignedIn = v.InferOutput<typeof SignedIn>;
export type JoinRequest = v.InferOutput<typeof JoinRequest>;
export type SignInRequest = v.InferOutput<typeof SignInRequest>;
export type ResetRequest = v.InferOutput<typeof ResetRequest>;
export type Done = v.InferOutput<typeof Done>;
export type ResetCode = v.InferOutput<typeof ResetCode>;
