/**
 * A device's chain: a running SHA-256 over its events in their order, begun at the SHA-256 of the device's id
 * (SYN-30 to SYN-33). Two phones with one id, or one that lost its memory, cannot have the same chain for long.
 * The hash is computed at once, not by WebCrypto: inside a transaction of IndexedDB nothing else may be waited for.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { fromHex, toHex, utf8 } from '../base/hash.ts';

/** Where the chain of a device begins. */
export const chainStart = (device: string): string => toHex(sha256(utf8(device)));

/** The chain after one more event: SHA-256 of the digest so far and the event's bytes. */
export const chainNext = (chain: string, event: string): string => toHex(hash(fromHex(chain), utf8(event)));

/** The chain after all of these events. */
export const chainAfter = (chain: string, events: Iterable<string>): string => {
	let bytes = fromHex(chain);
	for (const event of events) bytes = hash(bytes, utf8(event));
	return toHex(bytes);
};

/** How many bytes of the running digest mark a place in an account's order. */
const MARK_BYTES = 16;
/** The mark of an account that has nothing yet. */
export const MARK_START = '0'.repeat(MARK_BYTES * 2);

/**
 * The mark of an account's order after one more event id (SYN-58): two servers' orders with the same mark at a place
 * are the same up to it, so a phone sees that a server was restored to an earlier day and went another way.
 */
export const markNext = (mark: string, id: string): string =>
	toHex(hash(fromHex(mark), fromHex(id.replaceAll('-', ''))).subarray(0, MARK_BYTES));

const hash = (before: Uint8Array, bytes: Uint8Array): Uint8Array =>
	sha256.create().update(before).update(bytes).digest();
