/**
 * What becomes of a draft that comes out of a file (DRA-64): one's own stays the same draft, so that what two phones hand in
 * of it counts once; somebody else's becomes a draft of one's own, with its makers still named. Ids are made out of what
 * they are made for: the same file, taken in twice or on two phones, makes the same drafts.
 */
import { sha256, utf8 } from '../base/hash.ts';
import { canonicalJson, type Json } from '../packages/canonical.ts';
import type { Draft } from './draft.ts';
import { titleOf } from './words.ts';

/** `own`: the same account, or nobody's file. `another`: of an account that is not the one in use here. */
export type Relation = 'own' | 'another';

export const relationOf = (by: { account: string } | null, account: string | null): Relation =>
	by === null || by.account === account ? 'own' : 'another';

/**
 * The draft as it would stand here.
 * @param taker who takes it in: an account, or the profile of a phone where there is none
 * @param n how many states of it stand here already that are others, and stay
 */
export async function asTaken(draft: Draft, relation: Relation, taker: string, n: number): Promise<Draft> {
	if (relation === 'own') return n === 0 ? draft : { ...draft, id: await idOf([taker, contentOf(draft), n]) };
	const { kind, supersedes, version } = draft;
	const beginning = kind === 'work-case' ? 'case' : 'course';
	return {
		...draft,
		id: await idOf([taker, contentOf(draft), n]),
		// A package belongs to who handed it in first (HND-6): what is taken in is another one.
		package: `${beginning}-${(await digestOf([taker, draft.package])).slice(0, 12)}`,
		version: '1.0.0',
		supersedes: null,
		releaseNotes: {},
		adaptedFrom:
			draft.adaptedFrom ??
			(supersedes === null
				? null
				: {
						package: draft.package,
						version,
						unit: null,
						title: titleOf(draft) || draft.package,
						licence: draft.licence
					})
	};
}

/** The same text for the same draft, however its fields were filled in. */
export const contentOf = (draft: Draft): string =>
	canonicalJson(
		// A field that cuts a text short may leave half a character, which JSON cannot hold.
		JSON.parse(
			JSON.stringify(draft, (_, each: unknown) => (typeof each === 'string' ? each.toWellFormed() : each))
		) as Json
	);

const digestOf = (of: readonly (string | number)[]): Promise<string> => sha256(utf8(JSON.stringify(of)));

/** A UUID of version 8 (RFC 9562, 5.8): its bits are those of a digest. */
async function idOf(of: readonly (string | number)[]): Promise<string> {
	const hex = await digestOf(of);
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`8${hex.slice(13, 16)}`,
		`8${hex.slice(17, 20)}`,
		hex.slice(20, 32)
	].join('-');
}
