/** What trust is asked about a language of a package, and its answer as a page shows it; the same on server and phone. */
import type { Approval as Seal } from '../protocol/library.ts';
import type { Approval, PartPair } from '../trust/types.ts';
import type { VerifiedLanguagePart, VerifiedSharedPart } from './verify.ts';

/** The parts of one language that must have been approved together. */
export const pairOf = (shared: VerifiedSharedPart, language: VerifiedLanguagePart): PartPair => ({
	packageId: shared.part.package,
	sector: shared.part.sector,
	language: language.part.language,
	shared: shared.digest,
	part: language.digest,
	contributors: [...shared.part.contributors, ...language.part.contributors].map(({ name, expert }) => ({
		name,
		registerId: expert
	}))
});

/** An approval as the seal shows it: each party once. */
export function sealOf({ signatories, date, demonstration }: Approval): Seal {
	const parties = new Map(signatories.map(({ party, country }) => [party, { name: party, country }]));
	const people = signatories.map(({ name, party, country }) => ({ name, party, country }));
	return { parties: [...parties.values()], people, date, demonstration };
}
