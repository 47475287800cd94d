/** What must hold of a phone's store after every transaction, and at the end of a history (DEV-80 to DEV-86). */
import { createHash } from 'node:crypto';
import { TIERS, type Tier } from '../../../src/lib/core/base/vocabulary.ts';
import type { BlobFile } from '../../../src/lib/core/packages/manifest.ts';
import { inChoice } from '../../../src/lib/core/packages/tiers.ts';
import type { ChoiceRow, InstallRow, PackageRow } from '../../../src/lib/device/db/rows.ts';
import type { StoredPackage, StorageOverview } from '../../../src/lib/device/packages/api.ts';
import { digestsOf } from '../../../src/lib/device/packages/stored-parts.ts';
import type { Disk } from './disk.ts';
import type { Edition, Shelf } from './shelf.ts';

export interface Held {
	shelf: Shelf;
	disk: Disk;
	stage: number;
	/** The room that the person gives, and what was taken beyond it when they said so. */
	room: { bytes: number; beyond: number } | null;
	/** Stage of the version of each package that opened last, and whether it does now. */
	opened: Map<string, { since: number; isOpen: boolean }>;
}

class Broken extends Error {}
const hold = (rule: string, isHeld: boolean, what: () => unknown): void => {
	if (!isHeld) throw new Broken(`${rule}: ${JSON.stringify(what())}`);
};

const digests = new WeakMap<Uint8Array, string>();
function digestOf(bytes: Uint8Array): string {
	const known = digests.get(bytes) ?? createHash('sha256').update(bytes).digest('hex');
	digests.set(bytes, known);
	return known;
}

/** After every transaction. */
export function holdAlways(held: Held): void {
	const { disk, shelf, stage, opened } = held;
	const here = { chunks: keysOf(held, 'chunks'), blobs: keysOf(held, 'blobs') };
	const isThere = (table: 'chunks' | 'blobs', digest: string) =>
		here[table].has(digest) || disk.evicted.has(`${table} ${digest}`);
	for (const key of disk.evicted) {
		const [table, digest] = key.split(' ') as ['chunks' | 'blobs', string];
		if (here[table].has(digest)) disk.evicted.delete(key);
	}

	const rows = disk.rows('packages');
	const installs = disk.rows('installs');
	const updated = new Set<string>();
	for (const [id, each] of opened) {
		if (!rows.some((row) => row.id === id)) opened.delete(id);
		each.isOpen &&= installs.some((install) => install.package === id);
	}
	for (const install of installs) {
		const { package: id, language } = install;
		const edition = shelf.editions.get(install.manifest);
		hold('DEV-80 a version that was published', edition?.id === id && edition.since <= stage, () => install);
		hold('DEV-80 of this version wholly', same(install, installFrom(edition!, language)), () => install);
		const others = installs.filter((each) => each.package === id && each.manifest !== install.manifest);
		hold('DEV-80 one version', others.length === 0, () => [install, ...others]);
		const { since } = edition!;
		const before = opened.get(id) ?? { since, isOpen: false };
		hold('DEV-80 never an older one', before.since <= since, () => install);
		if (before.isOpen && before.since < since) updated.add(id);
		opened.set(id, { since, isOpen: true });
		const lacking = digestsOf(install).filter((digest) => !isThere('blobs', digest));
		hold('DEV-82 what is said to open is here', lacking.length === 0, () => ({ install, lacking }));
	}
	const media = new Map(disk.rows('media').map((row) => [row.digest, row]));
	for (const { digest, chunks, here: isHere } of media.values()) {
		const lacking = isHere ? chunks.filter((each) => !isThere('chunks', each)) : [];
		hold('DEV-82 a file that is said to be here is', lacking.length === 0, () => ({ digest, lacking }));
	}
	// What is saved, and a newer version from the moment in which it takes the place of the old one.
	for (const row of rows.filter(({ id, state }) => state === 'saved' || updated.has(id))) {
		const lacking = lackingOf(row, installs).filter(({ chunks, digest }) => {
			const isSaid = media.get(digest)?.here || chunks.some((each) => disk.evicted.has(`chunks ${each}`));
			return !isSaid || !chunks.every((each) => isThere('chunks', each));
		});
		hold(
			`DEV-82 ${row.state === 'saved' ? 'saved' : 'the newer version'} is whole`,
			lacking.length === 0,
			() => ({ row, lacking })
		);

		function lackingOf({ id, choice }: PackageRow, all: InstallRow[]): BlobFile[] {
			const own = choice.languages.map((tag) =>
				all.find((each) => each.package === id && each.language === tag)
			);
			hold('DEV-82 saved opens in each language', own.every(Boolean), () => ({ row, all }));
			return own.flatMap((install) => filesOf(shelf, install!, choice));
		}
	}
	holdRoom(held);
}

function holdRoom(held: Held): void {
	if (!held.room) return;
	const { room } = held;
	const payload = payloadOf(held.disk);
	hold('DEV-83 no byte beyond the room', payload <= Math.max(room.bytes, room.beyond), () => ({
		room,
		payload
	}));
	room.beyond = Math.min(room.beyond, payload);
}

export function payloadOf(disk: Disk): number {
	const rows = [...disk.rows('blobs'), ...disk.rows('chunks'), ...disk.rows('partial')];
	return rows.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

/** Every row is what its name says. */
function keysOf({ disk }: Held, table: 'chunks' | 'blobs'): Set<string> {
	const rows = disk.rows(table);
	for (const { digest, bytes } of rows)
		hold(`DEV-81 each of ${table} is what its digest says`, digestOf(bytes) === digest, () => digest);
	return new Set(rows.map(({ digest }) => digest));
}

const filesOf = ({ editions }: Shelf, { manifest, language }: InstallRow, choice: ChoiceRow): BlobFile[] => {
	const { shared, languages } = editions.get(manifest)!;
	return [...shared.part.files, ...languages[language]!.part.files].filter((file) => inChoice(file, choice));
};

function installFrom(
	{ id, version, manifest, shared, languages, statements }: Edition,
	language: string
): InstallRow {
	const part = languages[language]!;
	return {
		...{ package: id, language, version, statements },
		...{ manifest: manifest.digest, shared: shared.digest, part: part.digest },
		packs: { shared: shared.part.pack.digest, part: part.part.pack.digest }
	};
}

const same = (a: InstallRow, b: InstallRow): boolean =>
	a.version === b.version && digestsOf(a).join() === digestsOf(b).join();

/** At the end, with every fault gone: all is whole, of the newest version, and nothing else lies there. */
export function holdAtEnd(
	held: Held,
	views: readonly (StoredPackage[] | undefined)[],
	storage: StorageOverview
): void {
	const { disk, shelf, stage } = held;
	holdAlways(held);
	const rows = disk.rows('packages');
	const installs = disk.rows('installs');
	hold('DEV-85 it ends', rows.length > 0 && rows.every(({ state }) => state === 'saved'), () => rows);
	for (const { manifest, package: id } of installs) {
		const newest = [...shelf.editions.values()]
			.filter((each) => each.id === id && each.since <= stage)
			.at(-1);
		hold('DEV-85 with the newest version', newest?.manifest.digest === manifest, () => installs);
	}
	const files = installs.flatMap((install) =>
		filesOf(shelf, install, rows.find(({ id }) => id === install.package)!.choice)
	);
	for (const [table, needed] of [
		['chunks', files.flatMap(({ chunks }) => chunks)],
		['blobs', installs.flatMap(digestsOf)]
	] as const) {
		const there = disk.rows(table).map(({ digest }) => digest);
		hold(
			`DEV-85 ${table}: all of it, nothing else`,
			there.sort().join() === [...new Set(needed)].sort().join(),
			() => [there, needed]
		);
	}
	hold('DEV-85 no pieces', disk.rows('partial').length === 0, () =>
		disk.rows('partial').map(({ name }) => name)
	);
	for (const view of views)
		hold('DEV-84 every tab shows it', JSON.stringify(view) === JSON.stringify(views[0]), () => views);
	for (const row of rows) {
		const shown = views[0]?.find(({ id }) => id === row.id);
		const own = installs.filter((install) => install.package === row.id);
		const isTrue =
			shown?.state === row.state &&
			shown.readable.join() === own.map(({ language }) => language).join() &&
			shown.version === (own[0]?.version ?? null) &&
			shown.update === null;
		hold('DEV-84 as it is', isTrue, () => ({ shown, row, own }));
		const files = new Map(
			own
				.flatMap((install) => filesOf(shelf, install, row.choice))
				.map((file) => [file.digest, file] as const)
		);
		const sizeOf = (tier: Tier) =>
			[...files.values()].reduce((sum, file) => sum + (file.tier === tier ? file.size : 0), 0);
		const said = storage.packages.find(({ id }) => id === row.id)!.bytes;
		for (const tier of TIERS.slice(1))
			hold('DEV-84 bytes by tier', said[tier] >= sizeOf(tier), () => ({ tier, said, bytes: sizeOf(tier) }));
		// Text as it came over the line, or as it lies there.
		const { done, total } = disk.rows('transfers').find(({ id }) => id === row.id)!;
		const media = TIERS.slice(1).reduce((sum, tier) => sum + sizeOf(tier), 0);
		const isMeasured = done === total && total > media && total <= media + said.text;
		hold('DEV-84 bytes of the choice', isMeasured, () => ({ done, total, media, said }));
	}
	hold('DEV-84 bytes in all', storage.payload === payloadOf(disk), () => storage.payload);
}
