/** What can go wrong on the phone itself; each code has one sentence in `locales/<tag>/faults.json` (DEV-40). */
import type { Fault } from '../core/base/result.ts';
import type { PackageFaultCode } from '../core/packages/faults.ts';
import type { TrustCode } from '../core/trust/types.ts';

export const DEVICE_FAULTS = [
	'storage/full',
	'storage/closed',
	'storage/evicted',
	'storage/over-limit',
	'storage/not-secure',
	'network/offline',
	'network/cut',
	'network/refused',
	'network/not-found',
	'network/busy',
	'network/bad-answer',
	'budget/spent',
	'budget/waits-for-wifi',
	'library/not-here-offline',
	'library/not-found',
	'library/not-saved',
	'library/withdrawn',
	'file/not-setara',
	'file/other-version',
	'file/cut',
	'file/older',
	'file/damaged',
	'app/in-lesson'
] as const;

type DeviceCode = (typeof DEVICE_FAULTS)[number];

/** Every code that saving, reading or removing a package can answer with. */
export type SaveCode = DeviceCode | TrustCode | PackageFaultCode | 'lesson/not-found' | 'lesson/bad-content';
export type SaveFault = Fault<SaveCode>;
