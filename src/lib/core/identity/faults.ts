/** What can go wrong with an account; each code has one sentence in `locales/<tag>/faults.json`. */
import { NAME_FAULTS } from './name.ts';
import { PASSWORD_FAULTS } from './password.ts';

export const ACCOUNT_FAULTS = [
	...NAME_FAULTS,
	...PASSWORD_FAULTS,
	'account/name-taken',
	'account/wrong-password',
	'account/too-many-tries',
	'account/signed-out',
	'account/unknown-person',
	'account/wrong-code',
	'account/other-name',
	'account/other-site'
] as const;
export type AccountCode = (typeof ACCOUNT_FAULTS)[number];

/** Their sentences are in `locales/<tag>/work-faults.json`. */
export const PEOPLE_FAULTS = [
	'people/suspended',
	'people/not-allowed',
	'people/unknown-person',
	'people/out-of-reach',
	'people/yourself',
	'people/unknown-institution',
	'people/institution-name',
	'people/institution-taken',
	'people/needs-institution',
	'people/too-many-uses',
	'people/unknown-invite',
	'people/wrong-code',
	'people/used-code',
	'people/expired-code',
	'people/has-role',
	'people/password-locked'
] as const;
export type PeopleCode = (typeof PEOPLE_FAULTS)[number];
