import { fromHex, toHex } from '../base/hash.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { Authority, Kind, Metadata } from './metadata.ts';
import type { TrustFault, VerifySignature } from './types.ts';

/**
 * Whether a threshold of *different* keys of the role signed (TUF 4.2.1, 5.3.4). A key listed under two ids counts
 * once; signatures that are wrong, empty or of unknown keys are passed over.
 */
export async function isSignedBy(
	metadata: Metadata<Kind>,
	{ keys, role }: Authority,
	verify: VerifySignature
): Promise<boolean> {
	const good = new Set<string>();
	for (const { keyid, sig } of metadata.signatures) {
		const key = role.keyids.includes(keyid) && Object.hasOwn(keys, keyid) ? keys[keyid] : undefined;
		if (!key || good.has(key.keyval.public) || !/^([0-9a-f]{2})+$/i.test(sig)) continue;
		if (await verify(key, metadata.message, fromHex(sig))) good.add(key.keyval.public);
	}
	return good.size >= role.threshold;
}

const ALGORITHMS: Record<string, string> = { sha256: 'SHA-256', sha512: 'SHA-512' };

/** Bytes of exactly this length, if one is stated, with every stated hash; an unknown algorithm is a mismatch. */
export async function checkBytes(
	bytes: Uint8Array,
	stated: { length?: number | undefined; hashes: Record<string, string> },
	file: string
): Promise<Result<Uint8Array, TrustFault>> {
	let good = stated.length === undefined || stated.length === bytes.length;
	for (const [name, hash] of Object.entries(stated.hashes)) {
		const algorithm = Object.hasOwn(ALGORITHMS, name) && ALGORITHMS[name];
		good &&=
			!!algorithm &&
			toHex(new Uint8Array(await crypto.subtle.digest(algorithm, bytes as Uint8Array<ArrayBuffer>))) ===
				hash.toLowerCase();
	}
	return good ? ok(bytes) : fail('trust/hash-mismatch', { file });
}
