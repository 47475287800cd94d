/** Accounts from the phone's side: the server's forms, and what becomes of the profiles here (SYN-74 to SYN-79). */
import { fail, ok, type Result } from '../../core/base/result.ts';
import type { Language } from '../../core/base/languages.ts';
import { Done, Me, SignedIn, type Person } from '../../core/protocol/account.ts';
import { openDatabases } from '../db/schema.ts';
import { createFacts } from '../progress/facts.ts';
import { claimable, forgetProfile, profileInUse, signedIn, signedOut } from '../progress/profiles.ts';
import { ask, postForm, type AskFault } from '../ask.ts';

export type Asked<Value> = Promise<Result<Value, AskFault>>;

/** What was done on this phone without an account, to be shown with "Is this yours?". */
export interface Found {
	/** The last first. */
	units: { package: string; unit: string; done: boolean; at: number }[];
	answers: number;
	/** Milliseconds of the first and the last of it. */
	from: number;
	to: number;
}

/** @param code gives a role and an institution; empty: none */
export const join = (name: string, password: string, language: Language, code: string): Asked<SignedIn> =>
	postForm('/api/account/join', SignedIn, { name, password, language, ...(code ? { code } : {}) });

/** Takes a code for the account that is signed in. */
export const useCode = (code: string) => postForm('/api/account/code', Me, { code });

export const signIn = (name: string, password: string): Asked<SignedIn> =>
	postForm('/api/account/sign-in', SignedIn, { name, password });

/** What there is to be asked about before `enter`, or null where there is nothing. */
export async function findClaim({ person }: SignedIn): Promise<Found | null> {
	const profile = await claimable(person.id);
	if (!profile) return null;
	const db = openDatabases().safe;
	const rows = await db.events
		.where('[profile+id]')
		.between([profile.id, ''], [profile.id, '\uffff'])
		.toArray();
	const facts = createFacts()(rows);
	const units = Object.entries(facts).flatMap(([id, each]) =>
		Object.entries(each).map(([unit, { done, last }]) => ({
			package: id,
			unit,
			done: done !== null,
			at: last[0][0]
		}))
	);
	const times = rows.map(({ text }) => (JSON.parse(text) as { t: [number] }).t[0]);
	return {
		units: units.sort((one, other) => other.at - one.at),
		answers: rows.filter(({ verb }) => verb === 'answered').length,
		from: Math.min(...times),
		to: Math.max(...times)
	};
}

/** Puts the account's profile in use, with what was found if it is theirs. */
export const enter = ({ person, token }: SignedIn, claim: boolean): Promise<void> =>
	signedIn({ id: person.id, name: person.name, token }, claim);

/**
 * Hides the profile at once, link or not, and ends the session where there is one. What waits is still sent: the
 * phone keeps the right to do that until nothing does.
 */
export async function signOut(): Promise<void> {
	const { token, last, received } = await profileInUse();
	await signedOut();
	await postForm('/api/account/sign-out', Done, { token: last === received ? token : null });
}

/** Who the server says is signed in here. */
export async function whoAmI(): Asked<Person | null> {
	const answer = await ask('/api/account/me', Me);
	return answer.ok ? ok(answer.value.person) : answer;
}

export const resetPassword = (name: string, code: string, password: string): Asked<Done> =>
	postForm('/api/account/reset', Done, { name, code, password });

/** Deletes the account on the server; what is on this phone is asked about separately. */
export const deleteAccount = (name: string): Asked<Done> => postForm('/api/account/delete', Done, { name });

/** Takes what this phone has of the profile in use away. */
export const forgetHere = (): Promise<void> => forgetProfile();

/** All that the server has of the account, as the bytes of a file. */
export async function exportData(): Asked<Blob> {
	try {
		const response = await fetch('/api/account/export');
		return response.ok
			? ok(await response.blob())
			: fail(response.status === 401 ? 'account/signed-out' : 'network/busy');
	} catch {
		return fail('network/offline');
	}
}
