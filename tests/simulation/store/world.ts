/**
 * One history of a phone's store out of a seed (DEV-80 to DEV-86): a person who saves, pauses, cancels, removes, sets
 * limits, in one or two tabs that get killed, over lines that break, are damaged or lie, while new versions come out,
 * the disk is full, and the browser takes away what was stored. It runs the phone's own code over the server's own
 * answers; only time, lines and the disk are simulated. In the end all faults go, and everything has to be whole.
 */
import type { Choice } from '../../../src/lib/device/packages/api.ts';
import { NOW } from '../../factories/now.ts';
import { holdAtEnd } from './hold.ts';
import { GOOD, type Line } from './lines.ts';
import { openPhone, type SimulatedPhone } from './phone.ts';
import { SUN, WIND, type Shelf } from './shelf.ts';
import type { Tab } from './tab.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const HUB = 'http://10.0.0.5';
const MIRROR = 'https://mirror.example';
const LANGUAGES: Readonly<Record<string, string[]>> = { [SUN]: ['en', 'th'], [WIND]: ['en'] };

/** How often what happened in histories, and met what was to be met. */
export type Counts = Record<string, number>;

/** Runs a history to its end. */
export async function runStore(shelf: Shelf, seed: string, counts: Counts = {}): Promise<void> {
	const phone = openPhone(shelf, seed);
	const { time, disk } = phone;
	const steps: string[] = [];
	const note = (step: string, name = step) => {
		steps.push(`${time.now() - NOW} ${step}`);
		counts[name] = (counts[name] ?? 0) + 1;
	};
	const happenings = happeningsOf(phone, shelf, note);
	const weights = happenings.reduce((sum, [weight]) => sum + weight, 0);
	const { chance, alive } = phone;

	async function happen(): Promise<void> {
		let at = chance(weights);
		// Somebody who has nothing yet saves something.
		if (disk.rows('packages').length === 0 && chance(3)) at = 0;
		const [, name, work] = happenings.find(([weight]) => (at -= weight) < 0)!;
		const tab = alive().length > 0 ? alive()[chance(alive().length)]! : await phone.open();
		const isBusy = disk.rows('packages').some(({ state }) => state === 'fetching');
		note(name);
		if (isBusy) counts[`${name}, under way`] = (counts[`${name}, under way`] ?? 0) + 1;
		await work(tab);
	}
	const run = async () => {
		await phone.open();
		for (let left = 5 + chance(9); left > 0; left--) {
			await time.sleep([10, 100, 500, 2000, chance(2) ? 4000 : MINUTE][chance(5)]! + chance(500));
			await happen();
		}
		note('at last');
		await atLast(phone);
	};
	try {
		await phone.run(run, 40 * DAY);
	} catch (error) {
		throw new Error(`${(error as Error).message}\n${steps.join('\n')}`, { cause: error });
	} finally {
		counts['refused by the disk'] = (counts['refused by the disk'] ?? 0) + disk.refused;
	}
}

type Happening = [weight: number, name: string, work: (tab: Tab) => Promise<unknown> | void];

function happeningsOf(
	phone: SimulatedPhone,
	shelf: Shelf,
	note: (step: string, name?: string) => void
): Happening[] {
	const { chance, disk, held, lines, alive, ask, time } = phone;
	const pick = <Item>(items: readonly Item[]): Item => items[chance(items.length)]!;
	const often = (percent: number) => chance(100) < percent;
	const idOf = () => (often(70) ? SUN : WIND);

	function choiceOf(id: string): Choice {
		const languages = LANGUAGES[id]!.filter((_, at) => at === 0 || often(50));
		if (often(15)) languages.reverse().splice(1);
		const tier = pick(['text', 'audio', 'video', 'video', 'video'] as const);
		return {
			...{ languages, tier },
			...(tier === 'video' && often(20) ? { video: '144p' as const } : {}),
			...(often(10) ? { units: pick([['film'], ['light']]) } : {})
		};
	}
	const lineOf = (isPaid: boolean): Line => ({
		...{ isPaid, isUp: true, lacks: 0, rate: pick([8, 20, 60]), latency: pick([5, 50, 500]) },
		life: often(40) ? 1000 + chance(60_000) : Infinity,
		flips: often(30) ? 1 + chance(10) : 0,
		busy: often(20) ? chance(30) : 0
	});
	Object.assign(lines.get('')!, lineOf(true));

	const evictable = () => {
		const chunks = disk.rows('chunks').map(({ digest }) => ['chunks', digest] as const);
		const blobs = disk.rows('blobs').map(({ digest }) => ['blobs', digest] as const);
		const pieces = disk.rows('partial').map(({ name, offset }) => ['partial', [name, offset]] as const);
		return [...chunks, ...blobs, ...pieces];
	};
	const evict = (all: ReturnType<typeof evictable>) => {
		for (const [table, key] of all) {
			note(`evict ${table} ${String(key).slice(0, 12)}`, `evict ${table}`);
			disk.evict(table, typeof key === 'string' ? key : [...key]);
		}
	};
	const save = (tab: Tab) => {
		const id = idOf();
		const choice = choiceOf(id);
		note(`save ${id} ${JSON.stringify(choice)}`, `save ${id}`);
		void ask(tab, (tab) => tab.phone.packages.save(id, choice));
	};
	const withNoTab = (work: () => unknown) => async () => {
		// A kill while the tables are made is not of this simulation.
		if (disk.isUpgrading()) return;
		// A tab that is open would ask again every minute of those days.
		alive().forEach(phone.kill);
		await work();
	};
	const addOrRemove = (tab: Tab) => {
		const address = pick([HUB, MIRROR]);
		const kind = pick([{}, { flips: 30 }, { flips: 100 }, { lacks: 50 }, { lacks: 100 }]);
		lines.set(address, { ...lineOf(address === MIRROR), ...kind });
		void ask(tab, async ({ phone }) => {
			await (often(70) ? phone.addSource(address) : phone.removeSource(address));
		});
	};
	async function limit(tab: Tab, set: typeof phone.limitRoom, most: number): Promise<void> {
		disk.full = null;
		const bytes = often(40) ? null : 20_000 + chance(most);
		note(`limit ${bytes}`, 'limit');
		await set(tab, bytes);
	}

	return [
		[18, 'save', save],
		[4, 'pause', (tab) => void ask(tab, ({ phone }) => phone.packages.pause(idOf()))],
		[6, 'resume', (tab) => void ask(tab, (tab) => resumeOne(tab, pick))],
		[4, 'cancel', (tab) => void ask(tab, ({ phone }) => phone.packages.cancel(idOf()))],
		[2, 'remove', (tab) => void ask(tab, ({ phone }) => phone.packages.remove(idOf()))],
		[8, 'kill', (tab) => (disk.isUpgrading() ? undefined : phone.kill(tab))],
		[8, 'open', async () => void (alive().length < 2 && (await phone.open()))],
		[7, 'evict', () => evict(evictable().filter(() => often(25)))],
		[
			2,
			'evict a kind',
			() =>
				(([kind]) => evict(evictable().filter(([each]) => each === kind)))(pick([...evictable(), ['chunks']]))
		],
		[1, 'evict everything', withNoTab(() => phone.evictAll())],
		[8, 'full', () => void (disk.full = { after: chance(30), atCommit: often(30) })],
		[12, 'room again', () => void (disk.full = null)],
		[7, 'publish', () => void (held.stage = Math.min(held.stage + 1, shelf.stages - 1))],
		[7, 'update', (tab) => void ask(tab, update)],
		[6, 'limit the room', (tab) => limit(tab, phone.limitRoom, 500_000)],
		[6, 'limit the week', (tab) => limit(tab, phone.limitWeek, 400_000)],
		[8, 'cut', () => (([, line]) => void (line.isUp = !line.isUp))(pick([...lines]))],
		[5, 'another line', () => void Object.assign(lines.get('')!, lineOf(true))],
		[4, 'source', addOrRemove],
		[3, 'days', withNoTab(() => time.sleep(DAY * (1 + chance(2))))]
	];
}

async function resumeOne({ phone }: Tab, pick: <Item>(items: readonly Item[]) => Item): Promise<void> {
	const all = (await phone.packages.list()).filter(({ state }) => state !== 'saved');
	if (all.length > 0) await phone.packages.resume(pick(all).id);
}

async function update({ phone }: Tab): Promise<void> {
	const found = await phone.packages.findUpdates();
	if (found.ok) await Promise.all(found.value.map((id) => phone.packages.resume(id)));
}

/** No faults any more: what is on this phone becomes whole and new, opens and plays. */
async function atLast(phone: SimulatedPhone): Promise<void> {
	const { time, disk, held, lines, views, alive } = phone;
	while (disk.isUpgrading()) await time.sleep(1);
	alive().forEach(phone.kill);
	disk.full = null;
	for (const [name, line] of lines) Object.assign(line, GOOD, { isPaid: name === '' });
	const [first, second] = [await phone.open(), await phone.open()];
	await phone.limitRoom(first, null);
	await phone.limitWeek(first, null);
	const { packages } = first.phone;
	if ((await packages.list()).length === 0) await packages.save(SUN, { languages: ['th'], tier: 'video' });
	await update(second);
	for (const { id, state } of await packages.list()) if (state !== 'saved') await packages.resume(id);
	await time.sleep(MINUTE / 2);
	holdAtEnd(held, [views.get(first), views.get(second)], await packages.storage());
	for (const { package: id, language } of disk.rows('installs')) {
		const unit = await first.phone.readUnit({ language, content: language }, id, 'light');
		if (!unit.ok) throw new Error(`DEV-85 it opens: ${JSON.stringify(unit.fault)}`);
	}
	for (const { digest, size } of disk.rows('media').filter(({ here }) => here)) {
		const file = await second.phone.openMedia(digest);
		const bytes = file ? await lengthOf(file.stream(0, size - 1)) : 0;
		if (bytes !== size) throw new Error(`DEV-85 it plays: ${digest}, ${bytes} of ${size}`);
	}
}

async function lengthOf(stream: ReadableStream<Uint8Array>): Promise<number> {
	let bytes = 0;
	for await (const piece of stream) bytes += piece.length;
	return bytes;
}
