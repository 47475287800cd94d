import { fromHex } from '../base/hash.ts';
import type { VerifySignature } from './types.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Whether this browser's WebCrypto knows Ed25519 (Chrome since 137, Firefox 129, Safari 17, Node 24). */
let native: Promise<boolean> | undefined;
const isNative = (): Promise<boolean> =>
	(native ??= crypto.subtle
		// The base point of the curve: a valid public key that every implementation takes.
		.importKey('raw', fromHex('58' + '66'.repeat(31)) as Bytes, 'Ed25519', false, ['verify'])
		.then(
			() => true,
			() => false
		));

/**
 * Checks an Ed25519 signature (RFC 8032) by WebCrypto, or by `@noble/ed25519`, loaded when first needed. A key or
 * signature of a wrong form is a signature that does not hold.
 */
export async function verifyEd25519(
	publicKey: string,
	message: Uint8Array,
	signature: Uint8Array
): Promise<boolean> {
	if (!/^[0-9a-f]{64}$/i.test(publicKey) || signature.length !== 64) return false;
	const key = fromHex(publicKey);
	try {
		if (!(await isNative()))
			return await (await import('@noble/ed25519')).verifyAsync(signature, message, key, { zip215: false });
		const imported = await crypto.subtle.importKey('raw', key as Bytes, 'Ed25519', false, ['verify']);
		return await crypto.subtle.verify('Ed25519', imported, signature as Bytes, message as Bytes);
	} catch {
		return false;
	}
}

/** The phone's check of TUF signatures: Ed25519 and nothing else. */
export const verifyTufKey: VerifySignature = async (key, message, signature) =>
	key.keytype === 'ed25519' &&
	key.scheme === 'ed25519' &&
	(await verifyEd25519(key.keyval.public, message, signature));
