/** What a code to join by may be (PPL-40 to PPL-47). */
import type { Role } from './rights.ts';

/** A class shares one code; whoever gets more than a learner's rights mostly has a code of their own. */
export const MAX_USES: Record<Role, number> = {
	learner: 500,
	teacher: 50,
	engineer: 50,
	expert: 1,
	observer: 1,
	administrator: 1
};
export const MAX_DAYS = 90;

/** A code as it is compared, however it was typed. */
export const bareCode = (typed: string): string => typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
