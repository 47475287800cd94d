/** A server as docs/spec/sync.md describes it, for one account, in memory: it can be copied, and set back to a copy. */
import { chainNext, chainStart, MARK_START, markNext } from '../../src/lib/core/progress/chain.ts';
import { readEvent } from '../../src/lib/core/progress/event.ts';
import type { Cursor, SyncAnswer, SyncRequest } from '../../src/lib/core/protocol/sync.ts';

export type Answered = SyncAnswer | 'progress/device-forked';

interface Stored {
	id: string;
	device: string;
	text: string;
	mark: string;
}

export interface Server {
	sync(request: SyncRequest): Answered;
	backup(): Server;
	/** Ids that it has, in its order. */
	ids(): string[];
	texts(): string[];
}

/** @param isRefused what the score check says of an event's text */
export function createServer(
	page: number,
	isRefused: (text: string) => boolean,
	devices = new Map<string, { last: number; chain: string }>(),
	events: Stored[] = [],
	refused = new Map<string, string>()
): Server {
	const place = (n: number) => (n === 0 ? MARK_START : events[n - 1]?.mark);

	function push({ device, push: { first, before, events: texts } }: SyncRequest): Answered | null {
		const known = devices.get(device) ?? { last: 0, chain: chainStart(device) };
		if (first > known.last + 1) return answer(device, 'gap', []);
		if (first === known.last + 1 && before !== known.chain) return 'progress/device-forked';
		if (first === 1 && before !== chainStart(device)) return 'progress/device-forked';
		let chain = before;
		const chains = texts.map((text) => (chain = chainNext(chain, text)));
		const overlap = known.last - first;
		if (overlap >= 0 && overlap < texts.length && chains[overlap] !== known.chain) {
			return 'progress/device-forked';
		}
		texts.forEach((text, index) => {
			const seq = first + index;
			if (seq <= known.last) return;
			const event = readEvent(text);
			if (!event.ok) return void refused.set(`${device}/${seq}`, event.fault.code);
			if (isRefused(text)) return void refused.set(`${device}/${seq}`, 'progress/score-not-given');
			const id = event.value.i;
			if (events.some((each) => each.id === id)) return;
			events.push({ id, device, text, mark: markNext(place(events.length)!, id) });
		});
		const last = Math.max(known.last, first + texts.length - 1);
		devices.set(device, { last, chain: last > known.last ? chain : known.chain });
		// Of all that the receipt covers from here on: another push may have brought more meanwhile.
		const codes = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index).flatMap(
			(seq) => {
				const code = refused.get(`${device}/${seq}`);
				return code ? [{ seq, code }] : [];
			}
		);
		return answer(device, 'stored', codes);
	}

	function answer(device: string, outcome: 'stored' | 'gap', codes: SyncAnswer['refused']): SyncAnswer {
		const { last, chain } = devices.get(device) ?? { last: 0, chain: chainStart(device) };
		return { v: 1, outcome, receipt: { last, chain }, refused: codes, pull: null };
	}

	function pull(device: string, { n, mark }: Cursor): NonNullable<SyncAnswer['pull']> {
		const restarted = place(n) !== mark;
		const from = restarted ? 0 : n;
		const rows = events.slice(from, from + page);
		const to = from + rows.length;
		return {
			events: rows.filter((row) => row.device !== device).map((row) => row.text),
			cursor: { n: to, mark: place(to)! },
			more: to < events.length,
			restarted
		};
	}

	return {
		sync(request) {
			const answered = push(request);
			if (answered === null || typeof answered === 'string') return answered ?? 'progress/device-forked';
			return { ...answered, pull: request.pull && pull(request.device, request.pull) };
		},
		backup: () => createServer(page, isRefused, new Map(devices), [...events], new Map(refused)),
		ids: () => events.map(({ id }) => id),
		texts: () => events.map(({ text }) => text)
	};
}
