import { describe, expect, it } from 'vitest';
import { afterLoad, afterMessage, beginSession, isSilent, type Session } from './session.ts';

const said = (session: Session, type: string, now: number, more: object = {}) =>
	afterMessage(session, { setara: 1, type, ...more }, now);

describe('a run of a simulation', () => {
	it('lives with its first heartbeat, once', () => {
		const first = said(beginSession(0), 'heartbeat', 900);
		expect(first.effects).toEqual([{ type: 'lives' }]);
		expect(said(first.session, 'heartbeat', 1900).effects).toEqual([]);
	});

	it('passes on state and score, and nothing that is malformed', () => {
		const session = beginSession(0);
		expect(said(session, 'state', 1, { state: { at: 3 } }).effects).toEqual([
			{ type: 'state', state: { at: 3 } }
		]);
		expect(said(session, 'score', 2, { raw: 7, max: 10 }).effects).toEqual([
			{ type: 'score', raw: 7, max: 10 }
		]);
		expect(said(session, 'score', 3, { raw: 11, max: 10 }).effects).toEqual([]);
		expect(said(session, 'state', 4, { state: 'x'.repeat(5000) }).effects).toEqual([]);
		expect(afterMessage(session, 'score', 5).effects).toEqual([]);
	});

	it('is ended by a second load of its frame, and then heard no more', () => {
		const left = afterLoad(afterLoad(beginSession(0)));
		expect(afterLoad(beginSession(0)).ended).toBeNull();
		expect(left.ended).toBe('left');
		expect(said(left, 'score', 10, { raw: 1, max: 1 }).effects).toEqual([]);
	});

	it('is ended by a flood, after what came in time was taken', () => {
		let session = beginSession(0);
		let taken = 0;
		for (let sent = 0; sent < 2000; sent += 1) {
			const after = said(session, 'state', 10, { state: sent });
			session = after.session;
			taken += after.effects.length;
		}
		expect(session.ended).toBe('flooded');
		expect(taken).toBe(60);
	});

	it('is silent five seconds after its last heartbeat, and given longer for its first', () => {
		const session = said(beginSession(0), 'heartbeat', 1000).session;
		expect(isSilent(session, 5900)).toBe(false);
		expect(isSilent(session, 6100)).toBe(true);
		expect(isSilent(beginSession(0), 15_000)).toBe(false);
		expect(isSilent(beginSession(0), 20_001)).toBe(true);
	});
});
