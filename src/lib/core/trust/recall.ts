import { isId } from '../base/ids.ts';
import { hasRead, isContributor, isInScope, jointlySigned, names } from './approval.ts';
import { claimsOf, type Claim } from './statement.ts';
import type { Envelope, PartPair, Recall, Register } from './types.ts';

/**
 * The recalls in force on a pair of parts (TRU-25 to TRU-27). Any one registered expert can recall; a recall of the
 * shared part holds in every language; it falls only by a lifting that names it and meets the joint rule. Pass the
 * statements that this device remembers together with those that a catalogue names now.
 */
export async function recallsOf(
	pair: PartPair,
	statements: readonly Envelope[],
	register: Register
): Promise<Recall[]> {
	const claims = (await claimsOf(statements, register)).filter(
		({ statement: { predicate } }) => predicate.packageId === pair.packageId
	);
	const recalls = new Map<string, Recall>();
	for (const claim of claims) {
		const { predicate } = claim.statement;
		if (predicate.decision !== 'recall') continue;
		const recalled = [pair.shared, pair.part].filter((digest) => names(claim, digest) !== undefined);
		if (recalled.length === 0 || isLifted(claim.digest, recalled, pair, claims)) continue;
		recalls.set(claim.digest, {
			digest: claim.digest,
			units: predicate.units ?? null,
			reason: predicate.reason,
			replacement: predicate.replacement ?? null,
			by: claim.signatory
		});
	}
	return [...recalls.values()];
}

function isLifted(digest: string, recalled: string[], pair: PartPair, claims: Claim[]): boolean {
	const language = recalled.includes(pair.part) ? pair.language : null;
	return jointlySigned(
		claims.filter(
			(claim) =>
				claim.statement.predicate.decision === 'lift' &&
				claim.statement.predicate.lifts === digest &&
				recalled.every((part) => hasRead(claim, part)) &&
				isInScope(claim.expert, { sector: pair.sector, language }) &&
				!isContributor(claim.expert, pair)
		)
	).ok;
}

/** What a learner is told of a recall: who, why, and the package to learn from instead where one is named. */
export const saidOf = ({ reason, by, replacement }: Recall): Record<string, string> => ({
	...{ reason, party: by.party },
	...(replacement !== null && isId(replacement) ? { replacement } : {})
});
