/** Two people for a first look: made once, in a database that has nobody. */
import { randomInt } from 'node:crypto';
import type { Identity } from './identity.ts';

export interface DemonstrationPerson {
	name: string;
	password: string;
	role: 'learner' | 'administrator';
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Makes one administrator and one learner with passwords of chance, to be printed once; none where people are. */
export async function ensureDemoPeople(identity: Identity): Promise<DemonstrationPerson[]> {
	if (!(await identity.isEmpty())) return [];
	const made: DemonstrationPerson[] = [];
	for (const role of ['administrator', 'learner'] as const) {
		const name = `demo-${role}`;
		const password = Array.from({ length: 12 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
		const joined = await identity.join({ name, password, language: 'en' }, 'demonstration');
		if (!joined.ok) throw new Error(joined.fault.code);
		await identity.setRole(joined.value.person.id, role);
		made.push({ name, password, role });
	}
	return made;
}
