/** Every reason for which the server does not start, or a command of the operator ends: one sentence each. */
import type { Fault } from '../../core/base/result.ts';

export const START_FAULTS = [
	'start/bad-setting',
	'start/port-taken',
	'start/address-unusable',
	'start/folder-unwritable',
	'start/folder-unreachable',
	'start/disk-full',
	'start/already-running',
	'start/database-newer',
	'start/database-failed',
	'start/database-unreachable',
	'start/platform-unsupported',
	'start/build-failed',
	'start/trust-unusable'
] as const;

type StartCode = (typeof START_FAULTS)[number];
export type StartFault = Fault<StartCode>;

/** Node's and PostgreSQL's words for what an operator can mend, as faults; null for anything else, which is a bug. */
export function explainThrown(error: unknown, folder: string): StartFault | null {
	const { code = '', message = '' } = error as NodeJS.ErrnoException;
	// 53100: disk_full (PostgreSQL, appendix A).
	if (['ENOSPC', 'EDQUOT', '53100'].includes(code) || /No space left on device/.test(message)) {
		return { code: 'start/disk-full', params: { folder } };
	}
	if (['ENOENT', 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ELOOP', 'ENAMETOOLONG'].includes(code)) {
		return { code: 'start/folder-unwritable', params: { folder } };
	}
	// 28xxx: not let in; 3D000: no such database; 57P03: not ready.
	if (/^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|28|3D000|57P03)/.test(code) || /timeout expired/.test(message)) {
		return { code: 'start/database-unreachable', params: { reason: message || code } };
	}
	return null;
}
