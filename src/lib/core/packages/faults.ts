/** Every way in which a package can be refused on its way; each code has one sentence in `locales/<tag>/faults.json`. */
import type { Fault } from '../base/result.ts';

export const PACKAGE_FAULTS = [
	'package/bad-digest',
	'package/bad-shape',
	'package/not-canonical',
	'package/too-large',
	'package/wrong-package',
	'package/missing-language',
	'package/missing-words',
	'package/bad-pack',
	'package/bad-frame',
	'package/bad-content',
	'package/missing-file'
] as const;

export type PackageFaultCode = (typeof PACKAGE_FAULTS)[number];
export type PackageFault = Fault<PackageFaultCode>;
