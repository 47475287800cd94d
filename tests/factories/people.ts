/** Events and pushes of people, for tests of the server. */
import { randomBytes } from 'node:crypto';
import { uuidv7 } from '../../src/lib/core/base/ids.ts';
import { chainAfter, chainStart, MARK_START } from '../../src/lib/core/progress/chain.ts';
import { writeEvent, type Event, type Happening } from '../../src/lib/core/progress/event.ts';
import type { SyncRequest } from '../../src/lib/core/protocol/sync.ts';

export const newId = (): string => uuidv7(Date.now(), randomBytes(10));

/** Bytes of an event of now. */
export function eventText(happening: Happening, at = Date.now()): string {
	const text = writeEvent({ i: newId(), t: [at, 0], ...happening } as Event);
	if (!text.ok) throw new Error(text.fault.code);
	return text.value;
}

/** A unit done. */
export const completed = (unit: string, at?: number): string =>
	eventText({ v: 'completed', o: { p: 'rooftop-solar', u: unit }, c: { l: 'th' } }, at);

export const FROM_START = { n: 0, mark: MARK_START };

/** A push of a device's whole chain from `first` on. */
export function pushOf(
	device: string,
	chain: readonly string[],
	first = 1,
	pull: SyncRequest['pull'] = FROM_START
): SyncRequest {
	const before = chainAfter(chainStart(device), chain.slice(0, first - 1));
	return { v: 1, device, push: { first, before, events: chain.slice(first - 1) }, pull };
}
