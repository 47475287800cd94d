/** What waits and what was sent, in groups that a person can read (SYN-75). */
import { readEvent, type Event } from '../../core/progress/event.ts';
import { utf8 } from '../../core/base/hash.ts';
import type { EventRow } from '../db/progress-tables.ts';

/** Things of one kind: whole tests one by one, all else counted. */
export interface OutboxGroup {
	id: string;
	kind: 'test' | 'answers' | 'done' | 'read';
	count: number;
	/** Of a test: right answers and items. */
	correct: number;
	of: number;
	bytes: number;
	state: 'waits' | 'arrived' | 'refused';
	/** Why it was refused. */
	code: string | null;
}

/** The most that is listed of what has arrived. */
const ARRIVED = 3;

/** Groups of own events; `received` is the receipt. Newest first. */
export function groupOutbox(rows: readonly EventRow[], received: number): OutboxGroup[] {
	const groups = new Map<string, OutboxGroup>();
	const own = rows.filter((row) => row.seq > 0 || row.refused !== null).sort((a, b) => b.seq - a.seq);
	let arrived = 0;
	for (const row of own) {
		const state = row.refused !== null ? 'refused' : row.seq > received ? 'waits' : 'arrived';
		const kind = kindOf(row.verb);
		if (state === 'arrived' && (kind !== 'test' || arrived++ >= ARRIVED)) continue;
		const id = kind === 'test' ? row.id : `${state}-${kind}-${row.refused ?? ''}`;
		const group = groups.get(id);
		if (group) {
			group.count++;
			group.bytes += bytesOf(row);
		} else {
			groups.set(id, { id, kind, count: 1, ...scoreOf(row), bytes: bytesOf(row), state, code: row.refused });
		}
	}
	return [...groups.values()];
}

const bytesOf = ({ text }: EventRow) => utf8(text).length;

function kindOf(verb: string): OutboxGroup['kind'] {
	if (verb === 'passed' || verb === 'failed') return 'test';
	if (verb === 'answered') return 'answers';
	return verb === 'completed' ? 'done' : 'read';
}

function scoreOf(row: EventRow): { correct: number; of: number } {
	const event = readEvent(row.text);
	const isTry = (each: Event) => each.v === 'passed' || each.v === 'failed';
	if (!event.ok || !isTry(event.value)) return { correct: 0, of: 0 };
	const { n, m } = (event.value as Extract<Event, { v: 'passed' }>).r;
	return { correct: n, of: m };
}
