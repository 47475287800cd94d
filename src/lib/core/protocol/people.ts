/** What the pages of administrators and teachers ask of `/api/people/…` (docs/spec/people.md). */
import * as v from 'valibot';
import { UUID_PATTERN } from '../base/ids.ts';
import { Country, Id, text } from '../base/schema.ts';
import { INSTITUTION_KINDS, ROLES } from '../base/vocabulary.ts';
import { Institution, Person } from './account.ts';

const Uuid = v.pipe(v.string(), v.regex(UUID_PATTERN));
const Time = v.pipe(v.string(), v.maxLength(40));
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** A code as somebody typed it. */
const Code = v.pipe(v.string(), v.minLength(1), v.maxLength(40));

/** GET /api/people */
export const PeopleQuery = v.object({
	/** `none`: people without an institution. */
	institution: v.optional(Id),
	role: v.optional(v.picklist(ROLES)),
	/** A part of the name. */
	name: v.optional(v.pipe(v.string(), v.maxLength(60))),
	after: v.optional(v.pipe(v.string(), v.maxLength(200)))
});
export const PersonEntry = v.strictObject({ ...Person.entries, since: Time });
export const PeoplePage = v.strictObject({
	people: v.array(PersonEntry),
	/** What to ask for with `after`; null: these are the last. */
	next: v.nullable(v.string())
});

/** POST /api/people/role */
export const RoleRequest = v.strictObject({
	id: Uuid,
	role: v.picklist(ROLES),
	institution: v.nullable(Id)
});
/** POST /api/people/suspend */
export const SuspendRequest = v.strictObject({ id: Uuid, suspended: v.boolean() });
/** What was changed, as it is now. */
export const ChangedPerson = v.strictObject({ person: Person });

/** GET /api/people/institutions */
export const InstitutionEntry = v.strictObject({
	...Institution.entries,
	kind: v.picklist(INSTITUTION_KINDS),
	people: Count
});
export const InstitutionList = v.strictObject({ institutions: v.array(InstitutionEntry) });
/** POST /api/people/institutions */
export const InstitutionRequest = v.strictObject({
	name: text(400),
	country: Country,
	kind: v.picklist(INSTITUTION_KINDS)
});
/** POST /api/people/institutions/rename */
export const RenameRequest = v.strictObject({ id: Id, name: text(400) });
export const ChangedInstitution = v.strictObject({ institution: InstitutionEntry });

/** GET /api/people/invites: those that can still be used, the newest first. */
export const InviteEntry = v.strictObject({
	id: Uuid,
	role: v.picklist(ROLES),
	institution: v.nullable(Institution),
	uses: Count,
	usesLeft: Count,
	/** Null: the server, or somebody who has left. */
	madeBy: v.nullable(v.string()),
	madeAt: Time,
	expires: Time
});
export const InviteList = v.strictObject({ invites: v.array(InviteEntry) });
/** POST /api/people/invites */
export const InviteRequest = v.strictObject({
	role: v.picklist(ROLES),
	institution: v.nullable(Id),
	uses: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
	days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(90))
});
/** The code is said this once: the server keeps its digest. */
export const MadeInvite = v.strictObject({ code: v.string(), invite: InviteEntry });
/** POST /api/people/invites/end */
export const EndInviteRequest = v.strictObject({ id: Uuid });

/** POST /api/account/code: a code for somebody who is here already. */
export const CodeRequest = v.strictObject({ code: Code });

/** GET /api/people/audit, the newest first. */
export const AuditQuery = v.object({ before: v.optional(Uuid) });
const Named = v.strictObject({ id: Uuid, name: v.nullable(v.string()) });
export const AuditEntry = v.strictObject({
	id: Uuid,
	at: Time,
	/** Null: the command line, or the server itself. A name of null: somebody who has left. */
	actor: v.nullable(Named),
	action: v.string(),
	subject: v.nullable(Named),
	detail: v.record(v.string(), v.union([v.string(), v.number()]))
});
export const AuditPage = v.strictObject({ entries: v.array(AuditEntry), next: v.nullable(Uuid) });

export type PeopleQuery = v.InferOutput<typeof PeopleQuery>;
export type PersonEntry = v.InferOutput<typeof PersonEntry>;
export type PeoplePage = v.InferOutput<typeof PeoplePage>;
export type RoleRequest = v.InferOutput<typeof RoleRequest>;
export type InstitutionEntry = v.InferOutput<typeof InstitutionEntry>;
export type InstitutionRequest = v.InferOutput<typeof InstitutionRequest>;
export type InviteEntry = v.InferOutput<typeof InviteEntry>;
export type InviteRequest = v.InferOutput<typeof InviteRequest>;
export type MadeInvite = v.InferOutput<typeof MadeInvite>;
export type AuditEntry = v.InferOutput<typeof AuditEntry>;
export type AuditPage = v.InferOutput<typeof AuditPage>;
