import { toHex } from '../base/hash.ts';
import { verifyTufKey } from './keys.ts';
import type { VerifySignature } from './types.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const SCHEMES: Record<string, RsaHashedImportParams & Partial<RsaPssParams> & Partial<EcKeyImportParams>> = {
	'rsassa-pss-sha256': { name: 'RSA-PSS', hash: 'SHA-256', saltLength: 32 },
	'rsa-pkcs1v15-sha256': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
	'ecdsa-sha2-nistp256': ECDSA
};

/**
 * Checks signatures of every key type that TUF's specification names (4.2: ed25519, rsa, ecdsa), for repositories that
 * are not ours: the command line and its conformance. Phones take Ed25519 only and never load this.
 */
export const verifyStandardKey: VerifySignature = async (key, message, signature) => {
	const algorithm = Object.hasOwn(SCHEMES, key.scheme) && SCHEMES[key.scheme];
	if (!algorithm) return verifyTufKey(key, message, signature);
	try {
		const der = Uint8Array.from(atob(key.keyval.public.replace(/-----[^-]+-----|\s/g, '')), (char) =>
			char.charCodeAt(0)
		);
		const imported = await crypto.subtle.importKey('spki', der, algorithm, false, ['verify']);
		const raw = algorithm.name === 'ECDSA' ? rawSignature(signature) : signature;
		return await crypto.subtle.verify(algorithm as RsaPssParams, imported, raw as Bytes, message as Bytes);
	} catch {
		return false;
	}
};

/** r and s side by side, as WebCrypto wants them, from the DER sequence of RFC 3279. */
function rawSignature(der: Uint8Array): Uint8Array {
	const middle = 4 + der[3]!;
	const integer = (start: number, length: number): string =>
		toHex(der.subarray(start, start + length))
			.replace(/^(00)+/, '')
			.padStart(64, '0');
	const hex = integer(4, der[3]!) + integer(middle + 2, der[middle + 1]!);
	return Uint8Array.from(hex.match(/../g)!, (pair) => parseInt(pair, 16));
}
