/** What administrators and teachers do with people, each act as far as their rights reach (docs/spec/people.md). */
import { and, asc, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm';
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';
import type { PeopleCode } from '../../core/identity/faults.ts';
import { MAX_USES } from '../../core/identity/invites.ts';
import { normaliseName } from '../../core/identity/name.ts';
import { lacksInstitution, mayGive, reaches, reachesAll } from '../../core/identity/reach.ts';
import type { Person } from '../../core/protocol/account.ts';
import type {
	AuditPage,
	InstitutionEntry,
	InstitutionRequest,
	InviteEntry,
	InviteRequest,
	MadeInvite,
	PeoplePage,
	PeopleQuery,
	RoleRequest
} from '../../core/protocol/people.ts';
import { institutions, users } from '../db/identity-tables.ts';
import type { Database } from '../db/pool.ts';
import { audit, auditPage } from './audit.ts';
import { findInstitution, listInstitutions, makeInstitution, renameInstitution } from './institutions.ts';
import { endInvite, listInvites, makeInvite } from './invites.ts';
import { findPerson } from './repository.ts';

type Done<Value> = Promise<Result<Value, Fault<PeopleCode>>>;

/** Each takes who asks; that their role has the right was decided before (`requireRight`). */
export interface People {
	list: (who: Person, query: PeopleQuery) => Promise<PeoplePage>;
	setRole: (who: Person, request: RoleRequest) => Done<Person>;
	suspend: (who: Person, id: string, suspended: boolean) => Done<Person>;
	institutions: (who: Person) => Promise<InstitutionEntry[]>;
	makeInstitution: (who: Person, request: InstitutionRequest) => Done<InstitutionEntry>;
	renameInstitution: (who: Person, id: string, name: string) => Done<InstitutionEntry>;
	invites: (who: Person) => Promise<InviteEntry[]>;
	invite: (who: Person, request: InviteRequest) => Done<MadeInvite>;
	endInvite: (who: Person, id: string) => Done<null>;
	audit: (who: Person, before: string | undefined) => Promise<AuditPage>;
}

const PAGE = 50;

/** Null: rights reach all institutions. An id that no institution has where they reach none. */
const reachOf = (who: Person): string | null => (reachesAll(who) ? null : (who.institution?.id ?? ''));

export function createPeople(database: Database): People {
	const { query } = database;

	/** Somebody else, within reach. */
	async function other(who: Person, id: string): Done<Person> {
		const person = await findPerson(database, id);
		if (!person) return fail('people/unknown-person');
		if (!reaches(who, person.institution?.id ?? null)) return fail('people/out-of-reach');
		return person.id === who.id ? fail('people/yourself') : ok(person);
	}

	/** What a role in an institution may be given as, by this administrator. */
	async function giveFault(who: Person, { role, institution }: Pick<RoleRequest, 'role' | 'institution'>) {
		if (!mayGive(who, role, institution)) return fail('people/out-of-reach');
		if (lacksInstitution(role, institution)) return fail('people/needs-institution');
		const isKnown = institution === null || (await findInstitution(database, institution));
		return isKnown ? null : fail('people/unknown-institution');
	}

	return {
		list: (who, asked) => listPeople(database, reachOf(who), asked),
		async setRole(who, { id, role, institution }) {
			const person = await other(who, id);
			if (!person.ok) return person;
			const { role: from, institution: before } = person.value;
			if (!mayGive(who, from, before?.id ?? null)) return fail('people/out-of-reach');
			const fault = await giveFault(who, { role, institution });
			if (fault) return fault;
			await query.transaction(async (tx) => {
				await tx.update(users).set({ role, institutionId: institution }).where(eq(users.id, id));
				const detail = { from, role, ...(institution ? { institution } : {}) };
				await audit(tx, { actor: who.id, action: 'role-set', subject: id, detail });
			});
			return ok((await findPerson(database, id))!);
		},
		async suspend(who, id, suspended) {
			const person = await other(who, id);
			if (!person.ok) return person;
			await query.transaction(async (tx) => {
				const changed = await tx
					.update(users)
					.set({ suspendedAt: suspended ? new Date() : null })
					.where(and(eq(users.id, id), suspended ? isNull(users.suspendedAt) : isNotNull(users.suspendedAt)))
					.returning({ id: users.id });
				// The same asked for twice is one act.
				if (changed.length === 0) return;
				const action = suspended ? 'suspended' : 'unsuspended';
				await audit(tx, { actor: who.id, action, subject: id });
			});
			return ok((await findPerson(database, id))!);
		},
		institutions: (who) => listInstitutions(database, reachOf(who)),
		async makeInstitution(who, request) {
			return reachesAll(who) ? makeInstitution(database, who.id, request) : fail('people/out-of-reach');
		},
		async renameInstitution(who, id, name) {
			return reaches(who, id) ? renameInstitution(database, who.id, id, name) : fail('people/out-of-reach');
		},
		invites: (who) => listInvites(database, reachOf(who)),
		async invite(who, request) {
			const fault = await giveFault(who, request);
			if (fault) return fault;
			const most = MAX_USES[request.role];
			if (request.uses > most) return fail('people/too-many-uses', { count: most });
			return ok(await makeInvite(database, who.id, request));
		},
		async endInvite(who, id) {
			const [invite] = await listInvites(database, reachOf(who), id);
			const ended = invite && (await endInvite(database, who.id, id));
			return ended ? ok(null) : fail('people/unknown-invite');
		},
		audit: (who, before) => auditPage(database, reachOf(who), before)
	};
}

/** A page of people by name; within an institution, or everywhere (null). */
async function listPeople(
	{ query }: Database,
	within: string | null,
	{ institution, role, name, after }: PeopleQuery
): Promise<PeoplePage> {
	const rows = await query
		.select({
			id: users.id,
			name: users.displayUsername,
			role: users.role,
			institution: { id: institutions.id, name: institutions.name, country: institutions.country },
			suspendedAt: users.suspendedAt,
			since: users.createdAt,
			username: users.username
		})
		.from(users)
		.leftJoin(institutions, eq(institutions.id, users.institutionId))
		.where(
			and(
				within === null ? undefined : eq(users.institutionId, within),
				institution === undefined
					? undefined
					: institution === 'none'
						? isNull(users.institutionId)
						: eq(users.institutionId, institution),
				role === undefined ? undefined : eq(users.role, role),
				name ? sql`strpos(${users.username}, ${normaliseName(name)}) > 0` : undefined,
				after === undefined ? undefined : gt(users.username, after)
			)
		)
		.orderBy(asc(users.username))
		.limit(PAGE + 1);
	const page = rows.slice(0, PAGE);
	return {
		people: page.map(({ id, name, role, institution, suspendedAt, since }) => ({
			...{ id, name, role, institution },
			suspended: suspendedAt !== null,
			since: since.toISOString()
		})),
		next: rows.length > PAGE ? page.at(-1)!.username : null
	};
}
