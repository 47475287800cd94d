/** Tables of progress and sync, in the database that is written through to the disk (DEV-2). Owned by `device/progress`. */
import type { Table } from 'dexie';
import type { HybridTime } from '../../core/progress/hybrid-time.ts';
import type { Cursor } from '../../core/protocol/sync.ts';

/** One learner on this phone. All that is theirs carries the profile's id; packages are everybody's. */
export interface ProfileRow {
	id: string;
	/** The account that it belongs to, or null while it has none. Once set it never changes. */
	account: { id: string; name: string } | null;
	/** Lets this phone send for the account after it signed out; null: sign in to send. */
	token: string | null;
	/** Whether it may be looked at: signing out closes it, what waits is still sent. */
	open: boolean;
	/** Accounts that said "this is not mine", which are not asked again. */
	notOf: string[];
	/** Id under which the server knows this profile on this phone. */
	device: string;
	/** Sequence of the last event of this device. */
	last: number;
	/** The receipt: the server durably has this device's events up to here, and the chain there. */
	received: number;
	chain: string;
	/** Where other devices' events were read to. It never stands for a receipt. */
	cursor: Cursor;
	/** Counted up when all has to be read anew; `rereading` until it is known which events the server still has. */
	epoch: number;
	rereading: boolean;
	/** Version of the events that this app could read when it met one that it could not; null: it read them all. */
	unread: number | null;
	time: HybridTime;
	/** When something last reached the server, milliseconds. */
	sentAt: number | null;
}

/** An event that this profile has: own ones with their sequence, those of other devices with 0. */
export interface EventRow {
	profile: string;
	id: string;
	package: string;
	unit: string;
	verb: string;
	/** The event's bytes, as they are chained and sent. */
	text: string;
	seq: number;
	/** The epoch in which it was last seen on the server (other devices' events). */
	seen: number;
	/** Why the server does not count it, or null. */
	refused: string | null;
}

/** What a page keeps of a unit besides events: a try under way, what a simulation asked to keep. */
export interface KeptRow {
	profile: string;
	kind: 'attempt' | 'simulation';
	package: string;
	unit: string;
	value: unknown;
}

/** Dexie's index strings by table; a change needs a new version in `schema.ts`. */
export const PROGRESS_TABLES = {
	profiles: 'id',
	events: '[profile+id], [profile+seq], [profile+package]',
	kept: '[profile+kind+package+unit], profile'
} as const;

/** Typed tables, mixed into `SafeDb`. */
export interface ProgressTables {
	profiles: Table<ProfileRow, string>;
	events: Table<EventRow, [string, string]>;
	kept: Table<KeptRow, [string, string, string, string]>;
}
