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
	'account/not-administrator',
	'account/unknown-person',
	'account/wrong-code',
	'account/other-name',
	'account/other-site'
] as const;
export type AccountCode = (typeof ACCOUNT_FAULTS)[number];
