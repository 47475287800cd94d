/** Writing into a profile's log, inside a transaction of the store (SYN-60 to SYN-63). */
import { chainStart, MARK_START } from '../../core/progress/chain.ts';
import { writeEvent, type Event, type EventFault, type Happening } from '../../core/progress/event.ts';
import { BEGINNING, tick } from '../../core/progress/hybrid-time.ts';
import { ok, type Result } from '../../core/base/result.ts';
import type { EventRow, ProfileRow } from '../db/progress-tables.ts';
import type { StoreTransaction } from './store.ts';

/** A learner who has done nothing yet, on a device id of their own. */
export const newProfile = (id: string, device: string): ProfileRow => ({
	id,
	account: null,
	token: null,
	open: true,
	notOf: [],
	device,
	last: 0,
	received: 0,
	chain: chainStart(device),
	cursor: { n: 0, mark: MARK_START },
	epoch: 0,
	rereading: false,
	unread: null,
	time: BEGINNING,
	sentAt: null
});

/** The row of an event. `seq` 0: another device's. */
export const eventRow = (
	profile: string,
	event: Event,
	text: string,
	seq: number,
	seen: number
): EventRow => ({
	profile,
	id: event.i,
	package: event.o.p,
	unit: event.o.u,
	verb: event.v,
	text,
	seq,
	seen,
	refused: null
});

/**
 * Adds what happened to the end of the profile's chain. A unit is begun once: a second `initialized` writes nothing
 * and answers null.
 */
export async function append(
	tx: StoreTransaction,
	profileId: string,
	happening: Happening,
	now: number,
	newId: () => string
): Promise<Result<Event | null, { code: EventFault }>> {
	const profile = (await tx.profile(profileId))!;
	if (happening.v === 'initialized') {
		const rows = await tx.ofPackage(profileId, happening.o.p);
		if (rows.some((row) => row.unit === happening.o.u)) return ok(null);
	}
	const time = tick(profile.time, now);
	const event = { i: newId(), t: time, ...happening } as Event;
	const text = writeEvent(event);
	if (!text.ok) return text;
	const seq = profile.last + 1;
	await tx.putEvents([eventRow(profileId, event, text.value, seq, 0)]);
	await tx.putProfile({ ...profile, last: seq, time });
	return ok(event);
}
