import { expect, it } from 'vitest';
import { institutionName, plainInstitution } from './institution.ts';

it('PPL-31 keeps a name in any script, tidied', () => {
	expect(institutionName('  Savannakhet  Technical College ')).toBe('Savannakhet Technical College');
	expect(institutionName('ວິທະຍາໄລເຕັກນິກ')).toBe('ວິທະຍາໄລເຕັກນິກ');
	expect(institutionName('昆明职业学院')).toBe('昆明职业学院');
});

it.each(['', 'ab', '12345', 'College\u202eegelloC', 'Col\u0000lege', 'x'.repeat(121)])(
	'PPL-31 refuses %j',
	(name) => expect(institutionName(name)).toBeNull()
);

it('PPL-32 takes names as one that read alike', () => {
	const plain = plainInstitution('Pakse Technical College');
	for (const other of [
		'pakse technical-college',
		'ＰＡＫＳＥ Technical College.',
		'PAKSE  TECHNICAL COLLEGE'
	])
		expect(plainInstitution(other)).toBe(plain);
	expect(plainInstitution('Pakse Technical College 2')).not.toBe(plain);
});
