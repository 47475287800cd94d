/** The words of the field that packages and pages share, each a closed list. No schema: first pages carry this file. */

export const PACKAGE_KINDS = ['resource-package', 'micro-course', 'work-case'] as const;
export const UNIT_KINDS = ['theory', 'practice', 'simulation', 'media', 'assessment', 'case'] as const;
export const SECTORS = ['energy', 'manufacturing', 'digital', 'language', 'teaching', 'food'] as const;
/** Download tiers, each holding what the ones before it hold. */
export const TIERS = ['text', 'pictures', 'audio', 'video'] as const;
export const TRANSLATION_STATES = ['source', 'drafted-by-machine', 'checked-by-speaker'] as const;
/** Of people; what each may do is in core/identity/rights. */
export const ROLES = ['learner', 'teacher', 'engineer', 'expert', 'administrator', 'observer'] as const;
export const INSTITUTION_KINDS = ['school', 'enterprise', 'ministry'] as const;

export type UnitKind = (typeof UNIT_KINDS)[number];
export type Sector = (typeof SECTORS)[number];
export type Role = (typeof ROLES)[number];
export type InstitutionKind = (typeof INSTITUTION_KINDS)[number];
export type Tier = (typeof TIERS)[number];
export type TranslationState = (typeof TRANSLATION_STATES)[number];

/** Bytes of a chunk of a file that travels by itself; the last one is what remains. */
export const CHUNK_SIZE = 256 * 1024;
