import { fail, ok, type Result } from '../base/result.ts';
import { claimsOf, type Claim } from './statement.ts';
import type { Approval, Envelope, Expert, PartPair, Register, TrustFault } from './types.ts';

/**
 * The joint approval of a language part together with its shared part (TRU-18 to TRU-21): at least two persons of at
 * least two parties, none a contributor to either part, in scope of sector and language, each of whom signed both
 * parts in one statement and read the shared one, and read the language part in that statement or in another.
 * Answers who signed, or the code of what is lacking.
 */
export async function approvalOf(
	pair: PartPair,
	statements: readonly Envelope[],
	register: Register
): Promise<Result<Approval, TrustFault>> {
	return approvalBy(pair, await claimsOf(statements, register));
}

/** The same, over claims whose signatures were checked already. */
export function approvalBy(pair: PartPair, claims: readonly Claim[]): Result<Approval, TrustFault> {
	const { inScope, impartial, counted } = countingFor(pair, claims);
	const joint = jointlySigned(counted);
	if (joint.ok) {
		const signatories = joint.value.map(({ signatory }) => signatory);
		return ok({
			signatories,
			parties: [...new Set(signatories.map(({ party }) => party))],
			date: signatories
				.map(({ date }) => date)
				.sort()
				.at(-1)!,
			demonstration: signatories.some(({ demonstration }) => demonstration)
		});
	}
	if (impartial.length < inScope.length) return fail('trust/contributor-signed');
	if (counted.length < impartial.length) return fail('trust/not-read');
	return joint;
}

/** The claims that bear on a pair: of experts in scope, of these the ones who made none of it, of these those who read. */
export function countingFor(
	pair: PartPair,
	claims: readonly Claim[]
): { inScope: Claim[]; impartial: Claim[]; counted: Claim[] } {
	const approving = claims.filter(
		({ statement: { predicate } }) =>
			predicate.decision === 'approve' && predicate.packageId === pair.packageId
	);
	const together = approving.filter(
		(claim) => names(claim, pair.shared) !== undefined && names(claim, pair.part) !== undefined
	);
	const inScope = together.filter(({ expert }) => isInScope(expert, pair));
	const impartial = inScope.filter(({ expert }) => !isContributor(expert, pair));
	const counted = impartial.filter(
		(claim) =>
			hasRead(claim, pair.shared) &&
			approving.some((other) => other.expert.id === claim.expert.id && hasRead(other, pair.part))
	);
	return { inScope, impartial, counted };
}

/** One claim a person, of two persons and two parties at least. */
export function jointlySigned(claims: readonly Claim[]): Result<Claim[], TrustFault> {
	const persons = [...new Map(claims.map((claim) => [claim.expert.id, claim])).values()];
	if (persons.length === 0) return fail('trust/not-approved');
	if (persons.length === 1) return fail('trust/one-person-only', { party: persons[0]!.signatory.party });
	return new Set(persons.map(({ expert }) => expert.party)).size > 1
		? ok(persons)
		: fail('trust/one-party-only', { party: persons[0]!.signatory.party });
}

/** The name by which a claim's statement lists a part, if it does. */
export const names = ({ statement }: Claim, digest: string): string | undefined =>
	statement.subject.find((subject) => subject.digest.sha256 === digest)?.name;

/** Whether the signer says to have read this part. */
export function hasRead(claim: Claim, digest: string): boolean {
	const { predicate } = claim.statement;
	const name = names(claim, digest);
	return name !== undefined && 'read' in predicate && predicate.read.includes(name);
}

const covers = (scope: string[], value: string): boolean => scope.includes('*') || scope.includes(value);

/** `language` null: the shared part alone, for which the sector is enough. */
export const isInScope = (expert: Expert, at: { sector: string; language: string | null }): boolean =>
	covers(expert.sectors, at.sector) && (at.language === null || covers(expert.languages, at.language));

/** A name as it is compared. */
export const plainName = (name: string): string =>
	name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** By register id where the part gives one, else by name: two persons of one name are then one too few, never one too many. */
export const isContributor = (expert: Expert, { contributors }: Pick<PartPair, 'contributors'>): boolean =>
	contributors.some(({ name, registerId }) =>
		registerId ? registerId === expert.id : plainName(name) === plainName(expert.name)
	);
