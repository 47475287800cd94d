/** What a licence allows who adapts a work, by its SPDX identifier (DRA-51). */

/** Licences that a work of one's own may carry. */
const OWN_LICENCES = ['CC-BY-SA-4.0', 'CC-BY-4.0', 'CC0-1.0'] as const;

/** Whether it may be changed and passed on: no ND, and nothing that does not say so. */
export const mayAdapt = (licence: string): boolean =>
	!/-ND(?:-|$)/.test(licence) && !licence.startsWith('LicenseRef-');

/** Licences that an adaptation may carry: its own and no other where it is shared alike or not for trade. */
export function licencesAfter(licence: string | undefined): readonly string[] {
	if (licence === undefined || licence === 'CC0-1.0') return OWN_LICENCES;
	return /^CC-BY-\d/.test(licence) ? [licence, 'CC-BY-SA-4.0'] : [licence];
}
