import {
	createHash,
	createPrivateKey,
	createPublicKey,
	generateKeyPairSync,
	sign,
	type KeyObject
} from 'node:crypto';
import { canonicalize } from '@tufjs/canonical-json';
import { toHex, utf8 } from '../../core/base/hash.ts';
import type { Signer, TufKey } from '../../core/trust/types.ts';

export const DAY = 86_400_000;

/** A new Ed25519 key: what signs with it, and its PEM (PKCS #8), which is the secret. */
export function makeKey(): { signer: Signer; pem: string } {
	const { privateKey } = generateKeyPairSync('ed25519');
	return { signer: signerOf(privateKey), pem: privateKey.export({ format: 'pem', type: 'pkcs8' }) as string };
}

/** What signs with a PEM file's Ed25519 key; throws where it holds none. */
export function readKey(pem: string | Uint8Array): Signer {
	const key = createPrivateKey(Buffer.from(pem));
	if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('not an Ed25519 key');
	return signerOf(key);
}

function signerOf(privateKey: KeyObject): Signer {
	const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
	return {
		key: Buffer.from(x!, 'base64url').toString('hex'),
		sign: async (message) => new Uint8Array(sign(null, message, privateKey))
	};
}

export const tufKey = (publicKey: string): TufKey => ({
	keytype: 'ed25519',
	scheme: 'ed25519',
	keyval: { public: publicKey }
});

/** TUF 4.2: the hexadecimal SHA-256 of the key's canonical form. */
export const keyIdOf = (publicKey: string): string =>
	createHash('sha256')
		.update(canonicalize(tufKey(publicKey)))
		.digest('hex');

/** Keys by id, as root and delegations list them. */
export const keysById = (publicKeys: readonly string[]): Record<string, TufKey> =>
	Object.fromEntries(publicKeys.map((key) => [keyIdOf(key), tufKey(key)]));

export interface Signed {
	_type: string;
	spec_version: string;
	version: number;
	expires: string;
}
type Signature = { keyid: string; sig: string };

/** A metadata file: `signed` under each signer's signature, after those that it already has. */
export async function signMetadata(
	signed: Signed,
	signers: readonly Signer[],
	already: readonly Signature[] = []
): Promise<Uint8Array> {
	const message = utf8(canonicalize(signed));
	const signatures = new Map(already.map((signature) => [signature.keyid, signature]));
	for (const signer of signers) {
		const keyid = keyIdOf(signer.key);
		signatures.set(keyid, { keyid, sig: toHex(await signer.sign(message)) });
	}
	return utf8(JSON.stringify({ signatures: [...signatures.values()], signed }));
}

/** TUF's time: seconds, UTC. */
export const timeText = (time: number): string => new Date(time).toISOString().slice(0, 19) + 'Z';
