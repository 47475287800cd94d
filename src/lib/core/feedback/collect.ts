/** What one account's log says of packages: the marks that stand, and how each item went first (FBK-2, FBK-10). */
import type { Event } from '../progress/event.ts';
import { compareStamps, project, type MarkSaid, type Stamp } from '../progress/project.ts';

export interface PlaceMark extends MarkSaid {
	package: string;
	unit: string;
	place: string;
	/** Milliseconds, by the clock of the device that it was made on. */
	at: number;
}

export interface ItemResult {
	package: string;
	unit: string;
	item: string;
	firstRight: boolean;
	tries: number;
}

/** Whether an event says anything to a package's makers. */
export const isFeedback = (event: Event): boolean => event.v === 'commented' || event.v === 'answered';

/** A function of the set of events: order and duplicates change nothing. */
export function collect(events: readonly Event[]): { marks: PlaceMark[]; items: ItemResult[] } {
	return { marks: marksOf(events), items: itemsOf(events) };
}

function marksOf(events: readonly Event[]): PlaceMark[] {
	const facts = project(events.filter(({ v }) => v === 'commented'));
	return Object.entries(facts).flatMap(([id, units]) =>
		Object.entries(units).flatMap(([unit, { marks = {} }]) =>
			Object.entries(marks).flatMap(([place, { value, stamp }]) =>
				value ? [{ ...value, package: id, unit, place, at: stamp[0][0] }] : []
			)
		)
	);
}

function itemsOf(events: readonly Event[]): ItemResult[] {
	const results = new Map<string, ItemResult & { stamp: Stamp }>();
	const seen = new Set<string>();
	for (const event of events) {
		if (event.v !== 'answered' || seen.has(event.i)) continue;
		seen.add(event.i);
		const { p, u, q } = event.o;
		const key = `${p} ${u} ${q}`;
		const stamp: Stamp = [event.t, event.i];
		const before = results.get(key);
		const isFirst = !before || compareStamps(stamp, before.stamp) < 0;
		results.set(key, {
			...{ package: p, unit: u, item: q },
			tries: (before?.tries ?? 0) + 1,
			firstRight: isFirst ? event.r.y : before.firstRight,
			stamp: isFirst ? stamp : before.stamp
		});
	}
	return [...results.values()].map(({ package: id, unit, item, firstRight, tries }) => ({
		...{ package: id, unit, item, firstRight, tries }
	}));
}
