/** SHA-256, the name of every blob, pack and part (FIPS 180-4), as lower-case hexadecimal. */
export async function sha256(bytes: Uint8Array): Promise<string> {
	return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)));
}

/** Lower-case hexadecimal of bytes. */
export function toHex(bytes: Uint8Array): string {
	let hex = '';
	for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
	return hex;
}

/** Bytes of a hexadecimal text of even length; throws on anything else, which only a bug can bring here. */
export function fromHex(hex: string): Uint8Array {
	if (!/^([0-9a-f]{2})*$/i.test(hex)) throw new TypeError('not hexadecimal');
	return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Text of UTF-8 bytes; throws on malformed bytes (callers at a border catch it). */
export const fromUtf8 = (bytes: Uint8Array): string =>
	new TextDecoder('utf-8', { fatal: true }).decode(bytes);
