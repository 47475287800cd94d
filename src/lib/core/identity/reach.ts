/**
 * How far a right reaches. An administrator or observer without an institution reaches everybody; whoever has one
 * reaches the people of that institution and no others (PPL-20 to PPL-24).
 */
import type { Role } from './rights.ts';

export interface Standing {
	id: string;
	role: Role;
	institution: { id: string } | null;
}

const EVERYWHERE: readonly Role[] = ['administrator', 'observer'];
/** Roles that an institution gives by itself; the committee and its observers are named by who administers all. */
const OWN_ROLES: readonly Role[] = ['learner', 'teacher', 'engineer', 'administrator'];
/** Roles that speak for an institution: what they make and sign is credited to it. */
const NEEDS_INSTITUTION: readonly Role[] = ['teacher', 'engineer', 'expert'];

export const reachesAll = ({ role, institution }: Standing): boolean =>
	institution === null && EVERYWHERE.includes(role);

/** Whether somebody's rights reach what belongs to this institution; null: to none. */
export const reaches = (person: Standing, institution: string | null): boolean =>
	reachesAll(person) || (person.institution !== null && person.institution.id === institution);

/** Whether somebody may make a one-time code for this person's password. */
export const mayReset = (person: Standing, whose: Standing): boolean =>
	reaches(person, whose.institution?.id ?? null) &&
	(person.role === 'administrator' || (person.role === 'teacher' && whose.role === 'learner'));

/** Whether an administrator may give a role in an institution. */
export const mayGive = (person: Standing, role: Role, institution: string | null): boolean =>
	reaches(person, institution) && (reachesAll(person) || OWN_ROLES.includes(role));

/** A role that needs an institution and has none. */
export const lacksInstitution = (role: Role, institution: string | null): boolean =>
	institution === null && NEEDS_INSTITUTION.includes(role);
