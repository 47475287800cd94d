/** Ids of packages, units, items, figures: lower-case words joined by `-`, at most 64 characters (SRC, first lines). */
export const ID_PATTERN = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
export const isId = (text: string): boolean => text.length <= 64 && ID_PATTERN.test(text);

export const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * A UUID version 7 (RFC 9562, 5.7): 48 bits of milliseconds, 74 random bits.
 * @param now milliseconds since 1970
 * @param random ten random bytes
 */
export function uuidv7(now: number, random: Uint8Array): string {
	const bytes = new Uint8Array(16);
	new DataView(bytes.buffer).setBigUint64(0, BigInt(now) << 16n);
	bytes.set(random.subarray(0, 10), 6);
	bytes[6] = (bytes[6]! & 0x0f) | 0x70;
	bytes[8] = (bytes[8]! & 0x3f) | 0x80;
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
