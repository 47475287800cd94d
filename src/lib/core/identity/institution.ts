/** Names of institutions, as they stand under what their people make (PPL-30 to PPL-33). */
const MIN_LETTERS = 3;
export const MAX_INSTITUTION_NAME = 120;

/** Where Setara is at home: the ASEAN countries and China. */
export const COUNTRIES = ['BN', 'CN', 'ID', 'KH', 'LA', 'MM', 'MY', 'PH', 'SG', 'TH', 'TL', 'VN'] as const;

/** A name as it is kept, or null where it cannot be one: invisible or directional signs, hardly a letter. */
export function institutionName(typed: string): string | null {
	const name = typed.normalize('NFC').replace(/\s+/g, ' ').trim();
	// Zero width joiners belong to words of some of our scripts; every other invisible sign does not.
	if (/[\p{C}\p{Zl}\p{Zp}]/u.test(name.replace(/[\u200b-\u200d]/g, ''))) return null;
	const letters = name.match(/\p{L}/gu)?.length ?? 0;
	return letters < MIN_LETTERS || name.length > MAX_INSTITUTION_NAME ? null : name;
}

/** A name as it is compared: two that read alike in one country would be taken for each other. */
export const plainInstitution = (name: string): string =>
	name
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
