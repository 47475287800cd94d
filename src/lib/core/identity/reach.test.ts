import { expect, it } from 'vitest';
import { lacksInstitution, mayGive, mayReset, reaches, type Standing } from './reach.ts';
import { ROLES, type Role } from './rights.ts';

const somebody = (role: Role, institution: string | null = null): Standing => ({
	id: role,
	role,
	institution: institution === null ? null : { id: institution }
});
const overall = somebody('administrator');
const ofSchool = somebody('administrator', 'school');

it('PPL-20 an administrator without an institution reaches everybody, one of an institution its people', () => {
	for (const place of ['school', 'works', null]) expect(reaches(overall, place)).toBe(true);
	expect([ofSchool, somebody('observer', 'school')].map((each) => reaches(each, 'works'))).toEqual([
		false,
		false
	]);
	expect(reaches(ofSchool, 'school')).toBe(true);
	expect(reaches(ofSchool, null)).toBe(false);
});

it('PPL-20 nobody else reaches far by having no institution', () => {
	for (const role of ['learner', 'teacher', 'engineer', 'expert'] as const) {
		expect(reaches(somebody(role), 'school')).toBe(false);
		expect(reaches(somebody(role), null)).toBe(false);
	}
});

it('PPL-21 a teacher helps learners of the same institution, and nobody else', () => {
	const teacher = somebody('teacher', 'school');
	for (const role of ROLES) {
		expect(mayReset(teacher, somebody(role, 'school')), role).toBe(role === 'learner');
		expect(mayReset(teacher, somebody(role, 'works')), role).toBe(false);
		expect(mayReset(teacher, somebody(role)), role).toBe(false);
		expect(mayReset(somebody('teacher'), somebody(role)), role).toBe(false);
		expect(mayReset(ofSchool, somebody(role, 'school')), role).toBe(true);
		expect(mayReset(overall, somebody(role)), role).toBe(true);
	}
});

it('PPL-22 an institution names its own people, never the committee or who observes it', () => {
	for (const role of ROLES) {
		expect(mayGive(overall, role, 'works'), role).toBe(true);
		expect(mayGive(ofSchool, role, 'works'), role).toBe(false);
		expect(mayGive(ofSchool, role, null), role).toBe(false);
		expect(mayGive(ofSchool, role, 'school'), role).toBe(!['expert', 'observer'].includes(role));
	}
});

it('PPL-23 whoever is credited with work has an institution', () => {
	expect(ROLES.filter((role) => lacksInstitution(role, null))).toEqual(['teacher', 'engineer', 'expert']);
	expect(ROLES.filter((role) => lacksInstitution(role, 'school'))).toEqual([]);
});
