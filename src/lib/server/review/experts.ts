/** Which account speaks for which registered expert, and with which key (REV-40 to REV-46). */
import { fail, ok, type Result } from '../../core/base/result.ts';
import { may } from '../../core/identity/rights.ts';
import type { ExpertKey, KeyRequest } from '../../core/protocol/review.ts';
import type { Reviewed, ReviewFault } from '../../core/review/faults.ts';
import { plainName } from '../../core/trust/approval.ts';
import { provesKey, type EnrolmentRequest } from '../../core/trust/enrolment.ts';
import type { Expert, Register, TrustFault } from '../../core/trust/types.ts';
import type { Database } from '../db/pool.ts';
import { enrolInDemonstration } from '../trust/enrol.ts';
import type { Trust } from '../trust/open.ts';
import { currentRegister } from '../trust/trust.ts';
import * as table from './expert-table.ts';
import type { ReviewPerson } from './people.ts';
import { digestsBy } from './statements.ts';

interface ExpertsGround {
	database: Database;
	trust: Trust;
}

/** An account's expert: as they asked, and as the register in force lists them, without keys that they gave up. */
export interface KnownExpert {
	id: string;
	expert: Expert | null;
}

export async function expertOf(
	{ database, trust }: ExpertsGround,
	account: string
): Promise<KnownExpert | null> {
	const row = await table.byAccount(database, account);
	if (!row) return null;
	const register = await currentRegister(trust);
	const listed = register.ok ? register.value.experts.find(({ id }) => id === row.expertId) : undefined;
	if (!listed) return { id: row.expertId, expert: null };
	const revoked = row.keys.filter(({ state }) => state === 'revoked').map(({ key }) => key);
	return {
		id: row.expertId,
		expert: { ...listed, keys: listed.keys.filter((key) => !revoked.includes(key)) }
	};
}

/** How my key stands. */
export async function keyOf({ database, trust }: ExpertsGround, account: string): Promise<ExpertKey> {
	const row = await table.byAccount(database, account);
	const register = await currentRegister(trust);
	const { demonstration } = trust;
	const key = row?.keys.at(-1) ?? null;
	if (!row || !key || !register.ok) return { expert: null, key: null, state: 'none', demonstration };
	const listed = register.value.experts.find(({ id }) => id === row.expertId);
	const party = register.value.parties.find(({ id }) => id === listed?.party);
	const isListed = listed?.keys.includes(key.key) ?? false;
	return {
		expert:
			listed && party
				? {
						...{ id: listed.id, name: listed.name, party: party.id, partyName: party.name },
						...{ country: party.country, sectors: listed.sectors, languages: listed.languages }
					}
				: null,
		key: key.key,
		state: key.state === 'revoked' ? 'revoked' : isListed ? 'enrolled' : 'requested',
		demonstration
	};
}

/**
 * Takes a key that an expert's device has made. One person, one account, one key: a key or a name that another expert
 * has is refused, and a key that this one had before ends. A demonstration enrols it at once.
 */
export async function requestKey(
	ground: ExpertsGround,
	person: ReviewPerson,
	request: KeyRequest,
	now: number
): Promise<Result<ExpertKey, ReviewFault | TrustFault>> {
	if (person.suspended) return fail('people/suspended');
	if (!may(person.role, 'review/approve')) return fail('people/not-allowed');
	if (!person.institution) return fail('review/no-institution');
	if (!(await provesKey(request.key, person.id, request.proof))) return fail('review/bad-proof');
	const before = await keyOf(ground, person.id);
	if (before.state === 'enrolled' && before.key === request.key) return ok(before);
	const register = await currentRegister(ground.trust);
	if (!register.ok) return register;
	const fault = clash(register.value, idFor(person.id), person.name, request.key);
	if (fault) return fault;
	const added = await table.addKey(ground.database, {
		...{
			expertId: idFor(person.id),
			account: person.id,
			name: person.name,
			plainName: plainName(person.name)
		},
		...{ party: partyFor(ground.trust, register.value, person.institution).id },
		...{ sectors: request.sectors, languages: request.languages, key: request.key, proof: request.proof, now }
	});
	if (!added.ok) return added;
	return settle(ground, person, now);
}

/** Ends an expert's key: the server takes nothing from it any more; phones hear of it with the next register. */
export async function revokeKey(
	ground: ExpertsGround,
	person: ReviewPerson,
	expert: string | null,
	now: number
): Promise<Result<ExpertKey, ReviewFault | TrustFault>> {
	const own = await table.byAccount(ground.database, person.id);
	const row = expert === null ? own : await table.byId(ground.database, expert);
	// Whoever is suspended may still end a key of their own that was lost.
	if (row?.account !== person.id) {
		if (person.suspended) return fail('people/suspended');
		const right = expert === null ? 'review/approve' : 'register/manage';
		if (!may(person.role, right)) return fail('people/not-allowed');
	}
	if (!row) return fail('review/no-key');
	await table.revokeKeys(ground.database, row.expertId, now);
	return settle(ground, { ...person, id: row.account }, now);
}

async function settle(
	ground: ExpertsGround,
	person: ReviewPerson,
	now: number
): Promise<Result<ExpertKey, ReviewFault | TrustFault>> {
	if (ground.trust.demonstration) {
		const request = await enrolmentOf(ground, person);
		const enrolled = request.ok ? await enrolInDemonstration(ground.trust, request.value, now) : request;
		if (!enrolled.ok) return enrolled;
	}
	return ok(await keyOf(ground, person.id));
}

/** What `setara trust enrol --request` signs: the key that waits, and the keys that end with what of theirs counts. */
export async function enrolmentOf(
	{ database, trust }: ExpertsGround,
	person: Pick<ReviewPerson, 'id' | 'institution'>
): Promise<Reviewed<EnrolmentRequest>> {
	const row = await table.byAccount(database, person.id);
	if (!row || row.keys.length === 0) return fail('review/no-key');
	const register = await currentRegister(trust);
	const parties = register.ok ? register.value.parties : [];
	const party =
		parties.find(({ id }) => id === row.partyId) ??
		(person.institution && partyFor(trust, { parties, experts: [] }, person.institution));
	if (!party) return fail('review/no-institution');
	const key = row.keys.at(-1)!;
	const counts = await digestsBy(database.pool, row.expertId);
	const { id, name, country } = party;
	return ok({
		format: 'setara-enrolment/1',
		party: { id, name, country },
		expert: { id: row.expertId, name: row.name, sectors: row.sectors, languages: row.languages },
		key: key.state === 'revoked' ? null : { public: key.key, subject: person.id, proof: key.proof },
		retire: row.keys.filter(({ state }) => state === 'revoked').map((each) => ({ key: each.key, counts }))
	});
}

/** An expert's id in the register: the account's, so that an account speaks for one expert and no more. */
const idFor = (account: string): string => `expert-${account.replaceAll('-', '').slice(-20)}`;

function clash(
	register: Register,
	id: string,
	name: string,
	key: string
): { ok: false; fault: ReviewFault } | null {
	const others = register.experts.filter((expert) => expert.id !== id);
	const keys = register.experts.flatMap(({ keys, retired = [] }) => [
		...keys,
		...retired.map((each) => each.key)
	]);
	if (keys.includes(key)) return fail('review/key-taken');
	return others.some((expert) => plainName(expert.name) === plainName(name))
		? fail('review/name-taken')
		: null;
}

type Party = EnrolmentRequest['party'];

/** A demonstration has one party a country; in earnest the institution speaks for itself until who enrols says otherwise. */
function partyFor(
	{ demonstration }: Trust,
	{ parties }: Register,
	{ id, name, country }: NonNullable<ReviewPerson['institution']>
): Party {
	if (!demonstration) return { id, name, country };
	const there = parties.find((party) => party.demonstration && party.country === country);
	if (there) return there;
	const place = new Intl.DisplayNames('en', { type: 'region' }).of(country) ?? country;
	return { id: `demonstration-${country.toLowerCase()}`, name: `Demonstration party ${place}`, country };
}
