/**
 * What an install asks for first, in one answer: `GET /package/<manifest digest>/bundle?parts=shared,th,vi&s=1f4e2a90`. The body
 * is a bundle like the catalogue's (`core/trust/bundle.ts`); its files are the exact bytes of the manifest, of each
 * part manifest asked for and of the statements that approve them, each named by its SHA-256, and `wire.json`, the
 * sizes that no manifest states (PKG-50). Nothing in it is trusted for having come in it: the catalogue names the
 * manifest and the statements by digest, the manifest names the parts.
 */
import * as v from 'valibot';
import { fromUtf8, sha256 } from '../base/hash.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { readBundle } from '../trust/bundle.ts';
import type { PackageFault } from './faults.ts';
import { Bytes, Digest } from '../base/schema.ts';
import { WireSizes, type Based } from './tiers.ts';

export const WIRE_FILE = 'wire.json';
/** Asked for with `bases`: what frames cost with packs that the phone has, by pack and base. */
export const BASES_FILE = 'bases.json';
/** The most packs that are offered as bases: its own of before, and some of the same language. */
export const MOST_BASES = 8;
/** More than the largest manifest, parts and statements of every language together compress to. */
export const MAX_INSTALL_BUNDLE_BYTES = 8 * 1024 * 1024;

/**
 * The address of the bundle with these parts (`shared` is always among them). When another language of a version is
 * approved later, statements come to it: the first letters of their digest keep an older copy from being taken for it.
 */
export const installBundlePath = (
	manifest: string,
	languages: readonly string[],
	statements: string,
	bases: readonly string[] = []
): string =>
	`/package/${manifest}/bundle?parts=${['shared', ...languages].join(',')}&s=${statements.slice(0, 8)}${
		bases.length > 0 ? `&bases=${bases.slice(0, MOST_BASES).join(',')}` : ''
	}`;

export interface InstallBundle {
	/** Bytes by SHA-256, each checked to be what its name says. */
	blobs: ReadonlyMap<string, Uint8Array>;
	wire: WireSizes;
	/** By pack, the base with which its frame is smallest, of those that were offered. */
	based: Record<string, Based>;
}

/** Reads such an answer. `package/bad-shape`: not a bundle; `package/bad-digest`: a file is not what its name says. */
export async function readInstallBundle(bytes: Uint8Array): Promise<Result<InstallBundle, PackageFault>> {
	const files = readBundle(bytes);
	if (!files.ok) return fail('package/bad-shape', { path: 'bundle' });
	const blobs = new Map<string, Uint8Array>();
	let wire: WireSizes | null = null;
	let based: Record<string, Based> = {};
	for (const [name, file] of files.value) {
		if (name === WIRE_FILE) wire = readWire(file);
		else if (name === BASES_FILE) based = readBases(file);
		else if ((await sha256(file)) === name) blobs.set(name, file);
		else return fail('package/bad-digest', { digest: name });
	}
	return wire ? ok({ blobs, wire, based }) : fail('package/bad-shape', { path: WIRE_FILE });
}

function readWire(bytes: Uint8Array): WireSizes | null {
	try {
		const parsed = v.safeParse(WireSizes, JSON.parse(fromUtf8(bytes)));
		return parsed.success ? parsed.output : null;
	} catch {
		return null;
	}
}

const BasesFile = v.record(Digest, v.record(Digest, Bytes));

/** Only for choosing and showing: a base that does not give the pack costs one more fetch, and nothing else. */
function readBases(bytes: Uint8Array): Record<string, Based> {
	try {
		const sizes = v.parse(BasesFile, JSON.parse(fromUtf8(bytes)));
		return Object.fromEntries(
			Object.entries(sizes).flatMap(([pack, by]) => {
				const [best] = Object.entries(by).sort(([, a], [, b]) => a - b);
				return best ? [[pack, { base: best[0], size: best[1] }]] : [];
			})
		);
	} catch {
		return {};
	}
}
