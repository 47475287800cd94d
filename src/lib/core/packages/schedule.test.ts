import { describe, expect, it } from 'vitest';
import type { Chunk } from './chunks.ts';
import { createSchedule, type Claim, type Schedule } from './schedule.ts';

const SIZE = 256 * 1024;

/** Chunks of a blob of that many, named after it: `a0`, `a1`. */
const chunks = (blob: string, count: number): Chunk[] =>
	Array.from({ length: count }, (_, index) => ({
		...{ index, offset: index * SIZE, length: SIZE, digest: `${blob}${index}` }
	}));

function start(
	wanted: Record<string, number>,
	sources: Record<string, 'link' | 'file'>,
	{ begun = [] as string[], limit = 1 } = {}
): Schedule<string> {
	const schedule = createSchedule<string>({
		wanted: Object.entries(wanted).map(([blob, count]) => ({ blob, missing: chunks(blob, count) })),
		...{ begun: new Set(begun), limit, chance: () => 0.5 }
	});
	for (const [name, reach] of Object.entries(sources)) schedule.add({ name, reach });
	return schedule;
}

const namesOf = (claim: Claim | null) =>
	claim && `${claim.source}: ${claim.chunks.map((c) => c.digest).join(' ')}`;

/** Brings a claim at a rate and ends it; answers when. */
function bring(schedule: Schedule<string>, claim: Claim, from: number, bytesPerSecond: number): number {
	let now = from;
	for (const { digest, length } of claim.chunks) {
		now += (length / bytesPerSecond) * 1000;
		schedule.came(claim.id, length, now);
		schedule.stored(claim.id, digest);
	}
	schedule.ended(claim.id, { kind: 'done' }, now);
	return now;
}

describe('a schedule of chunks over sources', () => {
	it('DEV-61 takes work in runs, each chunk once, and is done when all is stored', () => {
		const schedule = start({ a: 6, b: 1 }, { origin: 'link', hub: 'link' });
		const first = schedule.take(0)!;
		const second = schedule.take(0)!;
		expect([namesOf(first), namesOf(second)]).toEqual(['origin: a0 a1 a2 a3', 'hub: a4 a5']);
		expect(schedule.take(0)).toBeNull();
		bring(schedule, first, 0, 500_000);
		bring(schedule, second, 0, 500_000);
		const last = schedule.take(9000)!;
		expect(last.chunks.map(({ digest }) => digest)).toEqual(['b0']);
		bring(schedule, last, 9000, 500_000);
		expect(schedule.state(9999)).toEqual({ kind: 'done' });
	});

	it('DEV-61 asks a slow source for little and a fast one for much', () => {
		const schedule = start({ a: 80 }, { slow: 'link', fast: 'link' });
		const [slow, fast] = [schedule.take(0)!, schedule.take(0)!];
		expect([slow.source, fast.source]).toEqual(['slow', 'fast']);
		const end = Math.max(bring(schedule, fast, 0, 400_000), bring(schedule, slow, 0, 20_000));
		const next = [schedule.take(end)!, schedule.take(end)!];
		expect(next.map(({ source }) => source)).toEqual(['fast', 'slow']);
		expect(next[0]!.chunks.length).toBeGreaterThan(8 * next[1]!.chunks.length);
	});

	it('DEV-15 begins a run with a chunk that was begun, and never has one in its middle', () => {
		const schedule = start({ a: 4 }, { origin: 'link' }, { begun: ['a2'] });
		const first = schedule.take(0)!;
		expect(namesOf(first)).toBe('origin: a0 a1');
		const end = bring(schedule, first, 0, 100_000);
		expect(namesOf(schedule.take(end))).toBe('origin: a2 a3');
	});

	it('DEV-63 waits longer after each failure, and not at all when the network comes back', () => {
		const schedule = start({ a: 1 }, { origin: 'link' });
		const pauses: number[] = [];
		let now = 0;
		for (let n = 0; n < 3; n++) {
			schedule.ended(schedule.take(now)!.id, { kind: 'broke', fault: 'offline' }, now);
			const state = schedule.state(now);
			if (state.kind !== 'going' || state.until === null) throw new Error(state.kind);
			expect(schedule.take(state.until - 1)).toBeNull();
			pauses.push(state.until - now);
			now = state.until;
		}
		expect(pauses).toEqual([750, 1250, 2250]);
		schedule.ended(schedule.take(now)!.id, { kind: 'broke', fault: 'offline' }, now);
		expect(schedule.state(now)).toEqual({ kind: 'failed', fault: 'offline' });
		schedule.woken(1);
		expect(namesOf(schedule.take(now))).toBe('origin: a0');
	});

	it('DEV-64 passes a source over for a blob that it does not have, and for that blob alone', () => {
		const schedule = start({ a: 1, b: 1 }, { origin: 'link', hub: 'link' });
		const [first, second] = [schedule.take(0)!, schedule.take(0)!];
		expect(namesOf(second)).toBe('hub: b0');
		schedule.ended(second.id, { kind: 'lacks', fault: 'missing' }, 10);
		expect(schedule.take(10)).toBeNull();
		schedule.ended(first.id, { kind: 'broke', fault: 'cut' }, 20);
		expect(namesOf(schedule.take(20))).toBe('hub: a0');
		expect(namesOf(schedule.take(2000))).toBe('origin: b0');
	});

	it('DEV-64 says that nobody has it when all were asked, after all the rest is here', () => {
		const schedule = start({ a: 1, b: 1 }, { origin: 'link' });
		schedule.ended(schedule.take(0)!.id, { kind: 'lacks', fault: 'missing' }, 1);
		bring(schedule, schedule.take(1)!, 1, 100_000);
		expect(schedule.state(9000)).toEqual({ kind: 'failed', fault: 'missing' });
	});

	it('DEV-64 has what is held up taken over by who has nothing to do, from where it stands', () => {
		const schedule = start({ a: 1, b: 1 }, { slow: 'link', fast: 'link' });
		const [slow, fast] = [schedule.take(0)!, schedule.take(0)!];
		schedule.came(slow.id, 1000, 500);
		const end = bring(schedule, fast, 0, 200_000);
		schedule.take(end);
		expect(schedule.endings()).toEqual([slow.id]);
		schedule.ended(slow.id, { kind: 'ended' }, end);
		expect(namesOf(schedule.take(end))).toBe('fast: a0');
		expect(schedule.take(end)).toBeNull();
	});

	it('DEV-64 asks no link for what a file has', () => {
		const schedule = start({ a: 1, b: 1 }, { origin: 'link', file: 'file' });
		const first = schedule.take(0)!;
		expect([namesOf(first), schedule.take(0)]).toEqual(['file: a0', null]);
		schedule.ended(first.id, { kind: 'lacks', fault: 'missing' }, 1);
		expect([namesOf(schedule.take(1)), namesOf(schedule.take(1))].sort()).toEqual(['file: b0', 'origin: a0']);
	});

	it('DEV-65 drops a source whose own chunk is bad, and ends what else it was asked for', () => {
		const schedule = start({ a: 1, b: 1 }, { hub: 'link', origin: 'link' }, { limit: 4 });
		const lie = schedule.take(0)!;
		const fine = schedule.take(0)!;
		schedule.ended(lie.id, { kind: 'bad', digest: 'a0', isOwn: true, fault: 'bad', begun: null }, 5);
		expect(schedule.isLiar(lie.source)).toBe(true);
		bring(schedule, fine, 5, 100_000);
		expect(namesOf(schedule.take(9000))).toBe(`${fine.source}: a0`);
		schedule.remove(lie.source);
		schedule.add({ name: lie.source, reach: 'link' });
		expect(schedule.take(9000)).toBeNull();
	});

	it('DEV-65 finds out who lied by asking one alone, where a bad chunk is of several', () => {
		const schedule = start({ a: 2 }, { hub: 'link' });
		schedule.ended(
			schedule.take(0)!.id,
			{ kind: 'bad', digest: 'a0', isOwn: false, fault: 'bad', begun: null },
			5
		);
		const again = schedule.take(5)!;
		expect([namesOf(again), again.isAlone, schedule.isLiar('hub')]).toEqual(['hub: a0', true, false]);
	});

	it('DEV-15 goes on with what is kept of the chunk after a bad one', () => {
		const schedule = start({ a: 3 }, { origin: 'link' });
		const bad = { kind: 'bad', digest: 'a0', isOwn: true, fault: 'bad', begun: 'a1' } as const;
		schedule.ended(schedule.take(0)!.id, bad, 5);
		const again = schedule.take(5)!;
		expect(namesOf(again)).toBe('origin: a0');
		schedule.stored(again.id, 'a0');
		schedule.ended(again.id, { kind: 'done' }, 6);
		expect(namesOf(schedule.take(6))).toBe('origin: a1 a2');
	});

	it('DEV-65 asks the only source once more, then says that it is bad', () => {
		const schedule = start({ a: 1 }, { origin: 'link' });
		for (const last of [false, true]) {
			const claim = schedule.take(0)!;
			schedule.ended(claim.id, { kind: 'bad', digest: 'a0', isOwn: true, fault: 'bad', begun: null }, 0);
			expect(schedule.isLiar('origin')).toBe(last);
		}
		expect(schedule.state(0)).toEqual({ kind: 'failed', fault: 'bad' });
	});

	it('DEV-67 asks no more of a source whose bytes are spent, and says so when no other has the rest', () => {
		const schedule = start({ a: 1, b: 1 }, { origin: 'link', hub: 'link' });
		const [first, second] = [schedule.take(0)!, schedule.take(0)!];
		schedule.ended(first.id, { kind: 'halts', fault: 'spent' }, 1);
		expect([schedule.take(1), schedule.state(1).kind]).toEqual([null, 'going']);
		bring(schedule, second, 1, 100_000);
		const last = schedule.take(9000)!;
		expect(namesOf(last)).toBe('hub: a0');
		schedule.ended(last.id, { kind: 'lacks', fault: 'missing' }, 9001);
		expect(schedule.state(9001)).toEqual({ kind: 'failed', fault: 'spent' });
	});
});
