/**
 * What the catalogue costs a phone that reads in two languages, at 100, 10,000 and 100,000 packages: its first bundle, and
 * the one after a package of one of them was published. Real metadata, signed, as the server sends them; the packages
 * are made up, each in two of the thirteen languages.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LANGUAGE_TAGS } from '../src/lib/core/base/languages.ts';
import { SECTORS } from '../src/lib/core/base/vocabulary.ts';
import { compress } from '../src/lib/server/base/compress.ts';
import { openTrust, type Trust } from '../src/lib/server/trust/open.ts';
import { commit, readState, type TargetEntry } from '../src/lib/server/trust/repository.ts';
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
			const roles = ['recalls', ...READ];
			const first = await sent(trust, { root: 0, ts: 0, roles: roles.map((name) => ({ name, version: 0 })) });
			const before = await readState(trust.folder);
			const versions = before.snapshot!.signed.meta;
			await publishOne(trust, size);
			const update = await sent(trust, {
				...{ root: 1, ts: before.timestamp!.signed.version },
				roles: roles.map((name) => ({ name, version: versions[`${name}.json`]!.version }))
			});
			figures.push(
				figure(`catalogue.first-kb.${size}`, 'KB', [first / 1000]),
				figure(`catalogue.update-kb.${size}`, 'KB', [update / 1000])
			);
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	}
	return figures;
}

const sent = async (trust: Trust, query: Parameters<typeof readBundle>[1]): Promise<number> =>
	(await compress(await readBundle(trust, query), 'br', false)).length;

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
		const id = `package-${n.toString(36)}`;
		const sector = SECTORS[n % SECTORS.length]!;
		for (const shift of [0, 5]) {
			const tag = LANGUAGE_TAGS[(n + shift) % LANGUAGE_TAGS.length]!;
			changes.get(tag)!.set(`${sector}/${tag}/${id}.json`, entry(id, 1));
		}
	}
	await commit(trust.folder, trust.online, changes, NOW);
}

const publishOne = (trust: Trust, size: number) =>
	commit(
		trust.folder,
		trust.online,
		new Map([['th', new Map([[`${SECTORS[0]}/th/package-${size}.json`, entry(`package-${size}`, 1)]])]]),
		NOW + 60_000
	);
