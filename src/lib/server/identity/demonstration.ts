/** People and institutions for a first look: made once, in a database that has nobody. Their names say what they are. */
import { randomInt } from 'node:crypto';
import type { Language } from '../../core/base/languages.ts';
import type { Role } from '../../core/identity/rights.ts';
import type { InstitutionRequest } from '../../core/protocol/people.ts';
import type { Database } from '../db/pool.ts';
import type { Identity } from './identity.ts';
import { makeInstitution } from './institutions.ts';

export interface DemonstrationPerson {
	name: string;
	password: string;
	role: Role;
	/** Its name and country, where there is one. */
	institution: { name: string; country: string } | null;
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

const INSTITUTIONS = {
	'demonstration-college-la': {
		...{ name: 'Demonstration Technical College, Savannakhet', country: 'LA', kind: 'school' }
	},
	'demonstration-works-la': {
		...{ name: 'Demonstration Solar Works, Vientiane', country: 'LA', kind: 'enterprise' }
	},
	'demonstration-polytechnic-cn': {
		...{ name: 'Demonstration Polytechnic, Kunming', country: 'CN', kind: 'school' }
	},
	'demonstration-college-th': {
		...{ name: 'Demonstration Technical College, Khon Kaen', country: 'TH', kind: 'school' }
	}
} as const satisfies Record<string, InstitutionRequest>;

interface Part {
	name: string;
	role: Role;
	language: Language;
	institution: keyof typeof INSTITUTIONS | null;
}

/** Of four institutions in three countries; two experts of two countries, so that a joint approval can be tried. */
const PEOPLE: readonly Part[] = [
	{ name: 'demo-administrator', role: 'administrator', language: 'en', institution: null },
	{ name: 'demo-teacher', role: 'teacher', language: 'lo', institution: 'demonstration-college-la' },
	{ name: 'demo-learner', role: 'learner', language: 'lo', institution: 'demonstration-college-la' },
	{ name: 'demo-engineer', role: 'engineer', language: 'lo', institution: 'demonstration-works-la' },
	{
		...{ name: 'demo-expert-china', role: 'expert', language: 'zh-Hans' },
		...{ institution: 'demonstration-polytechnic-cn' }
	},
	{
		...{ name: 'demo-expert-thailand', role: 'expert', language: 'th' },
		...{ institution: 'demonstration-college-th' }
	},
	{ name: 'demo-observer', role: 'observer', language: 'en', institution: null }
];

/** Makes them with passwords of chance, to be printed once; none where people are. */
export async function ensureDemoPeople(
	database: Database,
	identity: Identity
): Promise<DemonstrationPerson[]> {
	if (!(await identity.isEmpty())) return [];
	for (const [id, institution] of Object.entries(INSTITUTIONS)) {
		// What a start that was killed has made is used.
		const made = await makeInstitution(database, null, institution, id);
		if (!made.ok && made.fault.code !== 'people/institution-taken') throw new Error(made.fault.code);
	}
	const made: DemonstrationPerson[] = [];
	for (const { name, role, language, institution } of PEOPLE) {
		const password = Array.from({ length: 12 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
		const joined = await identity.join({ name, password, language }, 'demonstration');
		if (!joined.ok) throw new Error(joined.fault.code);
		await identity.setRole(joined.value.person.id, role, institution);
		made.push({ name, password, role, institution: institution && INSTITUTIONS[institution] });
	}
	return made;
}
