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
import { WireSizes } from './tiers.ts';

export const WIRE_FILE = 'wire.json';
/** More than the largest manifest, parts and statements of every language together compress to. */
export const MAX_INSTALL_BUNDLE_BYTES = 8 * 1024 * 1024;

/**
 * The address of the bundle with these parts (`shared` is always among them). When another language of a version is
 * approved later, statements come to it: the first letters of their digest keep an older copy from being taken for it.
 */
export const installBundlePath = (
	manifest: string,
	languages: readonly string[],
	statements: string
): string =>
	`/package/${manifest}/bundle?parts=${['shared', ...languages].join(',')}&s=${statements.slice(0, 8)}`;

export interface InstallBundle {
	/** Bytes by SHA-256, each checked to be what its name says. */
	blobs: ReadonlyMap<string, Uint8Array>;
	wire: WireSizes;
}

/** Reads such an answer. `package/bad-shape`: not a bundle; `package/bad-digest`: a file is not what its name says. */
export async function readInstallBundle(bytes: Uint8Array): Promise<Result<InstallBundle, PackageFault>> {
	const files = readBundle(bytes);
	if (!files.ok) return fail('package/bad-shape', { path: 'bundle' });
	const blobs = new Map<string, Uint8Array>();
	let wire: WireSizes | null = null;
	for (const [name, file] of files.value) {
		if (name === WIRE_FILE) wire = readWire(file);
		else if ((await sha256(file)) === name) blobs.set(name, file);
		else return fail('package/bad-digest', { digest: name });
	}
	return wire ? ok({ blobs, wire }) : fail('package/bad-shape', { path: WIRE_FILE });
}

function readWire(bytes: Uint8Array): WireSizes | null {
	try {
		const parsed = v.safeParse(WireSizes, JSON.parse(fromUtf8(bytes)));
		return parsed.success ? parsed.output : null;
	} catch {
		return null;
	}
}
