/**
 * An expert's signing keys (REV-40): made on this device, in a database of their own that is written through to the
 * disk. Where the browser knows Ed25519 the private half cannot be taken out of it, not even by us; where it does not,
 * the secret is kept in the open, and `isLocked` is false so that the page says so.
 */
import { Dexie, type Table } from 'dexie';
import { toHex, utf8 } from '../../core/base/hash.ts';
import { ok, type Result } from '../../core/base/result.ts';
import type { Signer } from '../../core/trust/types.ts';
import { storing } from '../db/storing.ts';
import type { SaveFault } from '../faults.ts';

/** The public half in hexadecimal, and what signs. */
export interface DeviceKey extends Signer {
	/** The browser guards the private half. */
	isLocked: boolean;
}

interface KeyRow {
	/** Public half, hexadecimal. */
	key: string;
	/** Whose it is. */
	account: string;
	/** The browser's own key, or the secret's 32 bytes. */
	secret: CryptoKey | Uint8Array;
}

type KeyDb = Dexie & { keys: Table<KeyRow, string> };
let database: KeyDb | undefined;

function open(): KeyDb {
	if (database) return database;
	const db = new Dexie('setara-keys', { chromeTransactionDurability: 'strict' });
	db.version(1).stores({ keys: 'key, account' });
	return (database = db as KeyDb);
}

/** The key that the server knows an account by, or null where another device has it. */
export async function keyHere(account: string, key: string): Promise<Result<DeviceKey | null, SaveFault>> {
	const row = await storing(() => open().keys.get(key));
	if (!row.ok) return row;
	return ok(row.value?.account === account ? signerOf(row.value) : null);
}

/** Makes a key and has it on the disk before anybody hears of it: what the server enrols is never lost by a crash. */
export async function makeKey(account: string): Promise<Result<DeviceKey, SaveFault>> {
	const row: KeyRow = { ...((await makeNative()) ?? (await makeByNoble())), account };
	const kept = await storing(() => open().keys.put(row));
	return kept.ok ? ok(signerOf(row)) : kept;
}

/** How many keys of an account are on this device; none where no expert was ever here. */
export async function keysHere(account: string): Promise<number> {
	const isThere = (await Dexie.getDatabaseNames()).includes('setara-keys');
	return isThere ? open().keys.where('account').equals(account).count() : 0;
}

/** Takes the account's other keys off this device: once the server has a new one, they sign nothing more. */
export const dropOthers = (account: string, key: string | null): Promise<Result<number, SaveFault>> =>
	storing(() =>
		open()
			.keys.where('account')
			.equals(account)
			.filter((row) => row.key !== key)
			.delete()
	);

/** The key's signature over the account's id, which proves that it is held (core/trust/enrolment). */
export const proofOf = async (signer: Signer, account: string): Promise<string> =>
	toHex(await signer.sign(utf8(account)));

/** Whether this browser can lock a key in. */
export const canLock = async (): Promise<boolean> => (await makeNative()) !== null;

type Made = Omit<KeyRow, 'account'>;

async function makeNative(): Promise<Made | null> {
	try {
		const pair = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair;
		const key = toHex(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
		return { key, secret: pair.privateKey };
	} catch {
		// Chrome before 137 knows no Ed25519.
		return null;
	}
}

async function makeByNoble(): Promise<Made> {
	const noble = await import('@noble/ed25519');
	const secret = crypto.getRandomValues(new Uint8Array(32));
	return { key: toHex(await noble.getPublicKeyAsync(secret)), secret };
}

function signerOf({ key, secret }: KeyRow): DeviceKey {
	if (!(secret instanceof Uint8Array)) {
		return {
			...{ key, isLocked: true },
			sign: async (message) =>
				new Uint8Array(await crypto.subtle.sign('Ed25519', secret, message as Uint8Array<ArrayBuffer>))
		};
	}
	return {
		...{ key, isLocked: false },
		sign: async (message) => (await import('@noble/ed25519')).signAsync(message, secret)
	};
}
