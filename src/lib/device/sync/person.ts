/** Who is signed in here and what they may do: the server's word, or with no link what it said last. */
import * as v from 'valibot';
import { Person } from '../../core/protocol/account.ts';
import { whoAmI } from './account.ts';
import { PERSON } from './remembered.ts';

/** The person of an account on this phone; null where nothing is known of them. */
export async function personHere(account: string): Promise<Person | null> {
	const answer = await whoAmI();
	if (!answer.ok) return remembered(account);
	const person = answer.value?.id === account ? answer.value : null;
	remember(person);
	// Signed out on the server, but not here: what they may do is asked again when they sign in.
	return person ?? remembered(account);
}

function remembered(account: string): Person | null {
	try {
		const parsed = v.safeParse(Person, JSON.parse(localStorage.getItem(PERSON) ?? 'null'));
		return parsed.success && parsed.output.id === account ? parsed.output : null;
	} catch {
		return null;
	}
}

function remember(person: Person | null): void {
	if (!person) return;
	try {
		localStorage.setItem(PERSON, JSON.stringify(person));
	} catch {
		// Without it the way to one's own work is found with the next link.
	}
}
