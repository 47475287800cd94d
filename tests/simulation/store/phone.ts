/** A phone with its tabs, its disk and its lines, of which every rule is looked at after every transaction. */
import { seeded } from '../../../src/lib/core/lessons/draw.ts';
import { storageFault } from '../../../src/lib/device/db/storing.ts';
import type { StoredPackage } from '../../../src/lib/device/packages/api.ts';
import { NOW } from '../../factories/now.ts';
import { countData } from './data.ts';
import { Disk } from './disk.ts';
import { holdAlways, payloadOf, type Held } from './hold.ts';
import { GOOD, openNetwork, type Line } from './lines.ts';
import { openLocks } from './locks.ts';
import type { Shelf } from './shelf.ts';
import { openTab, type Ground, type Tab } from './tab.ts';
import { startTime } from './time.ts';

const MORNING = 9 * 60 * 60_000;
/** Milliseconds in which what was being written when a limit was set is there. */
const MOMENT = 100;

export type SimulatedPhone = ReturnType<typeof openPhone>;

export function openPhone(shelf: Shelf, seed: string) {
	const chance = seeded(seed);
	const time = startTime(NOW + MORNING);
	const disk = new Disk();
	const held: Held = { shelf, disk, stage: 0, room: null, opened: new Map() };
	const data = countData(time, disk);
	let broken: (error: unknown) => void = () => undefined;
	const failed = new Promise<never>((_, reject) => (broken = reject));
	/** Does what breaks the history where it throws: it is called where nobody would hear of it. */
	const orBroken = (work: () => void) => {
		try {
			work();
		} catch (error) {
			broken(error);
		}
	};
	disk.onChange = () => orBroken(() => holdAlways(held));

	const lines = new Map<string, Line>([['', { ...GOOD, isPaid: true }]]);
	const network = {
		...{ shelf, lines, stage: () => held.stage },
		onPaid: (bytes: number, begun: number) => orBroken(() => data.came(bytes, begun))
	};
	const ground: Ground = {
		...{ time, chance, disk, locks: openLocks(), channels: new Map() },
		fetch: openNetwork({ time, chance }, network)
	};
	const tabs: Tab[] = [];
	const alive = () => tabs.filter(({ isDead }) => !isDead);
	/** What each tab last showed of the packages. */
	const views = new Map<Tab, StoredPackage[]>();

	/** What a person asks for in a tab; a store that refuses is told to them, anything else that is thrown is a bug. */
	function ask<Value>(tab: Tab, work: (tab: Tab) => Promise<Value>): Promise<Value | void> {
		return work(tab).catch((error: unknown) => {
			if (!tab.isDead && !storageFault(error)) broken(error);
		});
	}

	return {
		...{ time, chance, disk, held, lines, views, alive, ask },

		/** Opens a tab as the app does; what is to go on goes on by itself. */
		async open(): Promise<Tab> {
			const tab = openTab(ground);
			tabs.push(tab);
			await tab.phone.open();
			tab.phone.packages.watch((packages) => views.set(tab, structuredClone(packages)));
			// What was gone when the app was opened is found (DEV-26), and not excused any more.
			const lost = alive().length === 1 ? [...disk.evicted] : [];
			void ask(tab, async () => {
				await tab.phone.packages.resumeAll();
				for (const key of lost) disk.evicted.delete(key);
				disk.changed();
			});
			return tab;
		},
		kill(tab: Tab): void {
			tab.kill();
			views.delete(tab);
		},

		async limitRoom(tab: Tab, bytes: number | null): Promise<void> {
			held.room = null;
			await ask(tab, ({ phone }) => phone.packages.limitRoom(bytes));
			// What is being written in the moment in which the person says so still comes (DEV-28), and nothing after it.
			await time.sleep(MOMENT);
			held.room = bytes === null ? null : { bytes, beyond: payloadOf(disk) };
		},
		async limitWeek(tab: Tab, bytes: number | null): Promise<void> {
			data.set(null);
			await ask(tab, ({ phone }) => phone.allowInWeek(bytes));
			if (!tab.isDead) data.set(bytes);
		},
		/** The browser took away everything, the settings too. */
		evictAll(): void {
			disk.evictAll();
			held.opened.clear();
			held.room = null;
			data.set(null);
		},

		/** Lets time pass until the work is over, or a rule is broken. */
		async run(work: () => Promise<void>, most: number): Promise<void> {
			try {
				await time.until(Promise.race([work(), failed]), most);
			} finally {
				alive().forEach((tab) => tab.kill());
			}
		}
	};
}
