/** Learners on this phone: which one is in use, and how one of them becomes an account's (SYN-74 to SYN-79). */
import { uuidv7 } from '../../core/base/ids.ts';
import { draftTables, dropDraftsOf } from '../db/drop-drafts.ts';
import type { ProfileRow } from '../db/progress-tables.ts';
import { openDatabases, type SafeDb } from '../db/schema.ts';
import { newProfile } from './log.ts';

/** Where the settings keep the profile in use. */
const IN_USE = 'profile';

export const newId = (): string => uuidv7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));

/** Who signed in, as the server says. */
export interface Account {
	id: string;
	name: string;
	token: string;
}

/** The profile in use; makes the first one of a phone. */
export async function profileInUse(db: SafeDb = openDatabases().safe): Promise<ProfileRow> {
	// Read first: a transaction that may write waits for the disk.
	const profile = await known(db);
	if (profile) return profile;
	return db.transaction('rw', [db.profiles, db.settings], async () => (await known(db)) ?? startAnew(db));
}

/** The profile in use, inside a query that is only read: null before there is one. */
export async function known(db: SafeDb): Promise<ProfileRow | null> {
	const setting = await db.settings.get(IN_USE);
	return (setting && (await db.profiles.get(setting.value as string))) ?? null;
}

async function startAnew(db: SafeDb): Promise<ProfileRow> {
	const free = (await db.profiles.toArray()).find((row) => row.account === null && row.open);
	const profile = free ?? newProfile(newId(), newId());
	await db.profiles.put(profile);
	await use(db, profile);
	return profile;
}

const use = (db: SafeDb, { id }: ProfileRow) => db.settings.put({ key: IN_USE, value: id });

/**
 * After signing in: what was done on this phone without an account, when there is something and this account was not
 * asked before. The page shows it and asks "Is this yours?".
 */
export async function claimable(
	account: string,
	db: SafeDb = openDatabases().safe
): Promise<ProfileRow | null> {
	const profile = await profileInUse(db);
	if (profile.account !== null || profile.notOf.includes(account)) return null;
	const { id } = profile;
	// A lesson that was only opened is not worth a question.
	const done = await db.events
		.where('[profile+id]')
		.between([id, ''], [id, '\uffff'])
		.filter(({ verb }) => verb !== 'initialized')
		.first();
	return done ? profile : null;
}

/**
 * Puts the account's profile in use. `claim`: what was done without an account is bound to it, device and chain as
 * they are; otherwise it stays apart, and this account is not asked again.
 */
export function signedIn(account: Account, claim: boolean, db: SafeDb = openDatabases().safe): Promise<void> {
	const belonging = { account: { id: account.id, name: account.name }, token: account.token, open: true };
	return db.transaction('rw', [db.profiles, db.settings], async () => {
		const current = await known(db);
		const own = (await db.profiles.toArray()).find((row) => row.account?.id === account.id && row.open);
		const before = own ?? (await db.profiles.toArray()).find((row) => row.account?.id === account.id);
		if (current && current.account === null) {
			// With a profile of its own here already, the account gets what was claimed by way of the server.
			if (claim) await db.profiles.put({ ...current, ...belonging, open: !before });
			else if (current.last > 0) {
				await db.profiles.put({ ...current, notOf: [...current.notOf, account.id] });
			}
			if (claim && !before) return void (await use(db, current));
		}
		const profile = { ...(before ?? newProfile(newId(), newId())), ...belonging };
		await db.profiles.put(profile);
		await use(db, profile);
	});
}

/** Closes the profile: it is not looked at again before its account signs in; what waits in it is still sent. */
export function signedOut(db: SafeDb = openDatabases().safe): Promise<void> {
	return db.transaction('rw', [db.profiles, db.settings], async () => {
		const current = await known(db);
		if (current?.account) await db.profiles.put({ ...current, open: false });
		await startAnew(db);
	});
}

/** Takes the profile in use off this phone with all that is in it; packages stay. */
export function forgetProfile(db: SafeDb = openDatabases().safe): Promise<void> {
	const tables = [db.profiles, db.events, db.kept, db.settings, ...draftTables(db)];
	return db.transaction('rw', tables, async () => {
		const current = await known(db);
		if (!current) return;
		// An account's profiles here are one person's: what was claimed beside it goes too.
		const all = (await db.profiles.toArray()).filter(
			(row) => row.id === current.id || (current.account && row.account?.id === current.account.id)
		);
		for (const { id } of all) {
			await db.events.where('[profile+id]').between([id, ''], [id, '\uffff']).delete();
			await db.kept.where('profile').equals(id).delete();
			await dropDraftsOf(db, id);
			await db.profiles.delete(id);
		}
		await startAnew(db);
	});
}
