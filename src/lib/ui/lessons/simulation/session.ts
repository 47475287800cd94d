/**
 * One run of a simulation in its frame, as a state that only these functions change. The frame is a stranger: what it
 * says is parsed and counted, and it is let go of when it floods, goes elsewhere, or the person says so.
 */
import {
	countMessage,
	NO_MESSAGES,
	readMessage,
	type MessageCount
} from '../../../core/lessons/simulation.ts';

/** Why a run ended before its time: it sent too much, its frame loaded something else, it said nothing. */
export type Ending = 'flooded' | 'left' | 'silent';

export interface Session {
	loads: number;
	count: MessageCount;
	/** When it began, and when it last said that it lives (milliseconds, never going back). */
	began: number;
	beat: number | null;
	ended: Ending | null;
}

/** What a message asks the page to do. */
export type Effect =
	| { type: 'ready' }
	/** The first sign of life: the mark that a run may hang can go. */
	| { type: 'lives' }
	| { type: 'state'; state: unknown }
	| { type: 'score'; raw: number; max: number };

/** A heartbeat is due each second; without one for so long, stopping is offered. */
const SILENCE = 5000;
/** The first heartbeat waits for the document, which may come over a slow link. */
const FIRST_SILENCE = 20_000;

export const beginSession = (now: number): Session => ({
	loads: 0,
	count: NO_MESSAGES,
	began: now,
	beat: null,
	ended: null
});

/** The frame has loaded. The second load is not our document any more, whatever it is. */
export function afterLoad(session: Session): Session {
	const loads = session.loads + 1;
	return { ...session, loads, ended: session.ended ?? (loads > 1 ? 'left' : null) };
}

/** A message from the frame's own window. */
export function afterMessage(
	session: Session,
	data: unknown,
	now: number
): { session: Session; effects: Effect[] } {
	if (session.ended) return { session, effects: [] };
	const { count, verdict } = countMessage(session.count, now);
	const counted = { ...session, count };
	if (verdict === 'stop') return { session: { ...counted, ended: 'flooded' }, effects: [] };
	const message = verdict === 'take' ? readMessage(data) : null;
	if (!message) return { session: counted, effects: [] };
	switch (message.type) {
		case 'heartbeat': {
			const effects: Effect[] = session.beat === null ? [{ type: 'lives' }] : [];
			return { session: { ...counted, beat: now }, effects };
		}
		case 'ready':
			return { session: counted, effects: [{ type: 'ready' }] };
		case 'state':
			return { session: counted, effects: [{ type: 'state', state: message.state }] };
		case 'score':
			return { session: counted, effects: [{ type: 'score', raw: message.raw, max: message.max }] };
	}
}

/** Whether it has said nothing for so long that stopping is offered. */
export function isSilent(session: Session, now: number): boolean {
	if (session.ended) return false;
	return session.beat === null ? now - session.began > FIRST_SILENCE : now - session.beat > SILENCE;
}
