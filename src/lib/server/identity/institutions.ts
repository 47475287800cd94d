/** Institutions: what is kept of each, and by what name (PPL-30 to PPL-33). */
import { asc, eq, sql } from 'drizzle-orm';
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';
import { institutionName, plainInstitution } from '../../core/identity/institution.ts';
import type { InstitutionEntry, InstitutionRequest } from '../../core/protocol/people.ts';
import { institutions } from '../db/identity-tables.ts';
import type { Database } from '../db/pool.ts';
import { newId } from './accounts.ts';
import { audit } from './audit.ts';

type InstitutionFault = Fault<
	'people/institution-name' | 'people/institution-taken' | 'people/unknown-institution'
>;

const ENTRY = {
	id: institutions.id,
	name: institutions.name,
	country: institutions.country,
	kind: institutions.kind,
	people: sql<number>`(select count(*)::int from users u where u.institution_id = institutions.id)`
};

/** All of them, or one; by country and name. */
export async function listInstitutions(
	{ query }: Database,
	only: string | null = null
): Promise<InstitutionEntry[]> {
	return query
		.select(ENTRY)
		.from(institutions)
		.where(only === null ? undefined : eq(institutions.id, only))
		.orderBy(asc(institutions.country), asc(institutions.name));
}

export const findInstitution = async (database: Database, id: string): Promise<InstitutionEntry | null> =>
	(await listInstitutions(database, id))[0] ?? null;

/** Makes an institution; `id` only where it has to be a certain one. */
export async function makeInstitution(
	database: Database,
	actor: string | null,
	{ name: typed, country, kind }: InstitutionRequest,
	id = `${country.toLowerCase()}-${newId().replaceAll('-', '').slice(-10)}`
): Promise<Result<InstitutionEntry, InstitutionFault>> {
	const name = institutionName(typed);
	if (!name) return fail('people/institution-name');
	const made = await database.query.transaction(async (tx) => {
		const rows = await tx
			.insert(institutions)
			.values({ id, name, country, kind, plainName: plainInstitution(name), createdAt: new Date() })
			.onConflictDoNothing()
			.returning({ id: institutions.id });
		if (rows.length === 0) return false;
		await audit(tx, {
			...{ actor, action: 'institution-made', subject: null },
			detail: { institution: id, name, country }
		});
		return true;
	});
	return made ? ok({ id, name, country, kind, people: 0 }) : fail('people/institution-taken', { name });
}

/** Another name for one; its id, and so all that was credited to it, stays. */
export async function renameInstitution(
	database: Database,
	actor: string | null,
	id: string,
	typed: string
): Promise<Result<InstitutionEntry, InstitutionFault>> {
	const name = institutionName(typed);
	if (!name) return fail('people/institution-name');
	const found = await findInstitution(database, id);
	if (!found) return fail('people/unknown-institution');
	try {
		await database.query.transaction(async (tx) => {
			await tx
				.update(institutions)
				.set({ name, plainName: plainInstitution(name) })
				.where(eq(institutions.id, id));
			await audit(tx, {
				...{ actor, action: 'institution-renamed', subject: null },
				detail: { institution: id, name, before: found.name }
			});
		});
	} catch (error) {
		const { code } = ((error as Error).cause ?? error) as { code?: string };
		if (code === '23505') return fail('people/institution-taken', { name });
		throw error;
	}
	return ok({ ...found, name });
}
