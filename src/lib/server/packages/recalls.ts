/** What was recalled is not read online either (SRV-17): the same answer as on a phone. */
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';
import { pairOf } from '../../core/packages/pair.ts';
import type { VerifiedLanguagePart } from '../../core/packages/verify.ts';
import { recallsOf, saidOf } from '../../core/trust/recall.ts';
import type { Trust } from '../trust/open.ts';
import { currentRecalls, currentRegister } from '../trust/trust.ts';
import type { PublishedVersion } from './versions.ts';

/** Nothing to be shown of this language, or not this unit of it (`unit` null: its page as a whole). */
export async function recalledNow(
	trust: Trust,
	{ shared }: Pick<PublishedVersion, 'shared'>,
	language: VerifiedLanguagePart,
	unit: string | null
): Promise<Result<null, Fault<'trust/recalled'>>> {
	const statements = await currentRecalls(trust, shared.part.package);
	const register = statements.length > 0 ? await currentRegister(trust) : null;
	if (!register?.ok) return ok(null);
	const recalls = await recallsOf(pairOf(shared, language), statements, register.value);
	const found = recalls.find(({ units }) => units === null || (unit !== null && units.includes(unit)));
	return found ? fail('trust/recalled', saidOf(found)) : ok(null);
}

/** The languages of a version of which nothing may be read any more. */
export async function languagesRecalled(
	trust: Trust,
	{ shared, languages }: Pick<PublishedVersion, 'shared' | 'languages'>
): Promise<string[]> {
	const recalled: string[] = [];
	for (const [tag, { part }] of languages) {
		if (!(await recalledNow(trust, { shared }, part, null)).ok) recalled.push(tag);
	}
	return recalled;
}
