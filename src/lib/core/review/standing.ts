/** How each language of a version stands with the joint rule, and whether one more signature would count (REV-30). */
import type { NOT_COUNTING } from '../protocol/review.ts';
import { approvalBy, countingFor, hasRead, isContributor, isInScope } from '../trust/approval.ts';
import { claimsOf, type Claim } from '../trust/statement.ts';
import type { Envelope, Expert, PartPair, Register, Signatory } from '../trust/types.ts';

/** A version as the rule looks at it. */
export interface VersionParts {
	packageId: string;
	version: string;
	sector: string;
	/** SHA-256 of the shared part manifest, and of each language's. */
	shared: string;
	languages: Readonly<Record<string, string>>;
	/** Of every part: the server takes nobody who worked on the version, in whichever language. */
	contributors: PartPair['contributors'];
}

export interface Standing {
	approved: boolean;
	/** Those that count, one a person. */
	signatures: Signatory[];
	/** Experts whose earlier statement says that they read this very part. */
	readers: ReadonlySet<string>;
}

export type NotCounting = (typeof NOT_COUNTING)[number];

const pairOf = (
	{ packageId, sector, shared, languages, contributors }: VersionParts,
	language: string
): PartPair => ({
	...{ packageId, sector, language, shared, contributors },
	part: languages[language]!
});

/** By language. Pass every statement about the package, those of earlier versions too: what did not change counts on. */
export async function standingOf(
	version: VersionParts,
	statements: readonly Envelope[],
	register: Register
): Promise<Record<string, Standing>> {
	const claims = await claimsOf(statements, register);
	return Object.fromEntries(
		Object.keys(version.languages).map((language) => [language, standingIn(version, language, claims)])
	);
}

function standingIn(version: VersionParts, language: string, claims: readonly Claim[]): Standing {
	const pair = pairOf(version, language);
	const { counted } = countingFor(pair, claims);
	const persons = new Map(counted.map(({ expert, signatory }) => [expert.id, signatory]));
	const own = claims.filter(({ statement: { predicate } }) => predicate.packageId === version.packageId);
	return {
		approved: approvalBy(pair, claims).ok,
		signatures: [...persons.values()],
		readers: new Set(own.filter((claim) => hasRead(claim, pair.part)).map(({ expert }) => expert.id))
	};
}

/** The languages that meet the joint rule. */
export const approvedIn = (standing: Readonly<Record<string, Standing>>): string[] =>
	Object.keys(standing).filter((language) => standing[language]!.approved);

/**
 * Why this expert's signature for a language would not count, or null: it would.
 * @param expert as the register in force lists them; null: nobody of it
 */
export function whyNotCounting(
	version: VersionParts,
	language: string,
	expert: Expert | null,
	{ approved, signatures }: Standing
): NotCounting | null {
	if (!expert) return 'review/no-key';
	if (expert.keys.length === 0) return 'review/key-not-enrolled';
	if (isContributor(expert, version)) return 'review/contributor';
	if (!isInScope(expert, { sector: version.sector, language })) return 'review/out-of-scope';
	if (signatures.some(({ expertId }) => expertId === expert.id)) return 'review/already-signed';
	if (approved) return 'review/already-approved';
	return signatures.some(({ partyId }) => partyId === expert.party) ? 'review/same-party' : null;
}
