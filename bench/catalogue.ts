/**
 * What the catalogue costs a phone that reads a package in each of two languages, at 100, 10,000 and 100,000 packages: its
 * first bundle, and the one after a new version of one of them was published. Real metadata, signed, as the server sends
 * them; the packages are made up, each in two of the thirteen languages.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LANGUAGE_TAGS, type Language } from '../src/lib/core/base/languages.ts';
import { SECTORS } from '../src/lib/core/base/vocabulary.ts';
import { compress } from '../src/lib/server/base/compress.ts';
import { openTrust, type Trust } from '../src/lib/server/trust/open.ts';
import { readBundle as unpack } from '../src/lib/core/trust/bundle.ts';
import { commit, readState } from '../src/lib/server/trust/repository.ts';
import type { TargetEntry } from '../src/lib/server/trust/role-tree.ts';
import { readBundle } from '../src/lib/server/trust/serve.ts';
import { figure, type Figure } from './figure.ts';

const SIZES = [100, 10_000, 100_000];
const READ = ['lo', 'th'];
const NOW = Date.UTC(2026, 10, 25);

export async function measureCatalogue(): Promise<Figure[]> {
	const figures: Figure[] = [];
	for (const size of SIZES) {
		const folder = await mkdtemp(join(tmpdir(), 'setara-bench-'));
		try {
			const trust = await openTrust(folder, { now: NOW });
			await put(trust, size);
			const packages = READ.map((tag) => packageIn(tag, size));
			const wanted = ['recalls', ...READ].map((name) => ({ name, version: 0 }));
			const first = await readBundle(trust, { root: 0, ts: 0, roles: wanted, for: packages });
			const { timestamp } = await readState(trust.folder);
			await publish(trust, packages[1]!, READ[1]!);
			const update = await readBundle(trust, {
				...{ root: 1, ts: timestamp!.signed.version, roles: rolesIn(first), for: packages }
			});
			const [firstKb, updateKb] = [await sent(first), await sent(update)];
			figures.push(
				figure(`catalogue.first-kb.${size}`, 'KB', [firstKb]),
				figure(`catalogue.update-kb.${size}`, 'KB', [updateKb])
			);
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	}
	return figures;
}

/** Kilobytes on the wire. */
const sent = async (bundle: Uint8Array): Promise<number> =>
	(await compress(bundle, 'br', false)).length / 1000;

/** The roles that a phone has after such a bundle. */
function rolesIn(bundle: Uint8Array): { name: string; version: number }[] {
	const files = unpack(bundle);
	if (!files.ok) throw new Error(files.fault.code);
	return [...files.value.keys()].flatMap((file) => {
		const [, version, name] = /^(\d+)\.(.+)\.json$/.exec(file) ?? [];
		return name && !['root', 'snapshot', 'targets'].includes(name)
			? [{ name, version: Number(version) }]
			: [];
	});
}

/** One in the middle of those in a language. */
const packageIn = (tag: string, size: number): string => {
	const middle = Math.floor(size / 2);
	const shift = (LANGUAGE_TAGS.indexOf(tag as Language) - middle + 13 * size) % LANGUAGE_TAGS.length;
	return nameOf(middle + shift);
};
const nameOf = (n: number): string => `package-${n.toString(36)}`;
const sectorOf = (id: string): string => SECTORS[parseInt(id.slice('package-'.length), 36) % SECTORS.length]!;

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
function entry(id: string, v: number): TargetEntry {
	return {
		length: 900,
		hashes: { sha256: digest(`manifest ${id} ${v}`) },
		custom: { v, status: 'current', statements: { sha256: digest(`statements ${id} ${v}`), length: 2600 } }
	} as TargetEntry;
}

async function put(trust: Trust, size: number): Promise<void> {
	const changes = new Map(LANGUAGE_TAGS.map((tag) => [tag as string, new Map<string, TargetEntry>()]));
	for (let n = 0; n < size; n++) {
		const id = nameOf(n);
		for (const shift of [0, 5]) {
			const tag = LANGUAGE_TAGS[(n + shift) % LANGUAGE_TAGS.length]!;
			changes.get(tag)!.set(`${sectorOf(id)}/${tag}/${id}.json`, entry(id, 1));
		}
	}
	await commit(trust.folder, trust.online, changes, NOW);
}

const publish = (trust: Trust, id: string, tag: string) =>
	commit(
		trust.folder,
		trust.online,
		new Map([[tag, new Map([[`${sectorOf(id)}/${tag}/${id}.json`, entry(id, 2)]])]]),
		NOW + 60_000
	);
