/** Facts out of rows; what was read once in this tab is not read again. */
import { readEvent, type Event } from '../../core/progress/event.ts';
import { project, type Facts } from '../../core/progress/project.ts';
import type { EventRow } from '../db/progress-tables.ts';

/** Makes a projection that remembers parsed events by their id. */
export function createFacts(): (rows: readonly EventRow[]) => Facts {
	const parsed = new Map<string, Event>();
	const parse = ({ id, text }: EventRow): Event[] => {
		const before = parsed.get(id);
		if (before) return [before];
		const event = readEvent(text);
		if (!event.ok) return [];
		parsed.set(id, event.value);
		return [event.value];
	};
	return (rows) => project(rows.filter((row) => row.refused === null).flatMap(parse));
}
