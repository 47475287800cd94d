import { generateKeyPairSync, sign, constants, type KeyObject } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeKey } from '../../server/trust/signing.ts';
import { utf8 } from '../base/hash.ts';
import { verifyStandardKey } from './keys-standard.ts';

const message = utf8('message');
afterEach(() => {
	vi.restoreAllMocks();
	vi.resetModules();
});

describe('Ed25519 (TRU-15)', () => {
	it.each(['by WebCrypto', 'where WebCrypto has none'])(
		'%s: takes what is signed and nothing else',
		async (how) => {
			const { verifyEd25519 } = await import('./keys.ts');
			const importKey = crypto.subtle.importKey.bind(crypto.subtle);
			if (how.startsWith('where'))
				vi.spyOn(crypto.subtle, 'importKey').mockImplementation((async (
					...args: Parameters<typeof importKey>
				) => {
					if (String(args[2]) === 'Ed25519') throw new DOMException('unknown', 'NotSupportedError');
					return importKey(...args);
				}) as typeof importKey);
			const { signer } = makeKey();
			const signature = await signer.sign(message);
			expect(await verifyEd25519(signer.key, message, signature)).toBe(true);
			expect(await verifyEd25519(signer.key, utf8('massage'), signature)).toBe(false);
			expect(await verifyEd25519(makeKey().signer.key, message, signature)).toBe(false);
			expect(await verifyEd25519(signer.key, message, signature.slice(1))).toBe(false);
			expect(await verifyEd25519('ff'.repeat(32), message, signature)).toBe(false);
			expect(await verifyEd25519('key', message, signature)).toBe(false);
		}
	);
});

describe('the key types of the specification, for the command line', () => {
	const pem = (key: KeyObject): string => key.export({ format: 'pem', type: 'spki' }) as string;
	const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const pss = { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };

	it.each([
		['rsassa-pss-sha256', pem(rsa.publicKey), () => sign('sha256', message, pss)],
		['rsa-pkcs1v15-sha256', pem(rsa.publicKey), () => sign('sha256', message, rsa.privateKey)],
		['ecdsa-sha2-nistp256', pem(ec.publicKey), () => sign('sha256', message, ec.privateKey)]
	])('%s', async (scheme, publicKey, make) => {
		const key = { keytype: scheme.split('-')[0]!, scheme, keyval: { public: publicKey } };
		for (let round = 0; round < 40; round++) expect(await verifyStandardKey(key, message, make())).toBe(true);
		const wrong = make();
		wrong[wrong.length - 5]! ^= 1;
		expect(await verifyStandardKey(key, message, wrong)).toBe(false);
		expect(await verifyStandardKey(key, message, new Uint8Array())).toBe(false);
		expect(await verifyStandardKey({ ...key, keyval: { public: 'x' } }, message, make())).toBe(false);
		expect(await verifyStandardKey({ ...key, scheme: 'constructor' }, message, make())).toBe(false);
	});
});
