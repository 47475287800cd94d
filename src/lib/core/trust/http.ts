import { fail, ok, type Result } from '../base/result.ts';
import type { TrustFault, TrustFetcher } from './types.ts';

/**
 * A fetcher over single files on a server. No more than the allowed bytes are read, whatever the server sends
 * (endless data, TUF 1.5.2); 403 and 404 mean that there is no such file.
 */
export const httpFetcher =
	(base: string, fetch: typeof globalThis.fetch): TrustFetcher =>
	(name, maxLength) =>
		fetchBytes(`${base.replace(/\/$/, '')}/${name}`, maxLength, fetch);

/** The bytes at an address, at most `maxLength` of them. */
export async function fetchBytes(
	url: string,
	maxLength: number,
	fetch: typeof globalThis.fetch
): Promise<Result<Uint8Array, TrustFault>> {
	try {
		const response = await fetch(url);
		if (response.status === 404 || response.status === 403) return fail('trust/missing', { file: url });
		if (!response.ok || !response.body) return fail('trust/unreachable');
		const pieces: Uint8Array[] = [];
		let length = 0;
		const reader = response.body.getReader();
		for (let piece = await reader.read(); piece.value; piece = await reader.read()) {
			length += piece.value.length;
			if (length > maxLength) {
				await reader.cancel();
				return fail('trust/too-long', { file: url });
			}
			pieces.push(piece.value);
		}
		const bytes = new Uint8Array(length);
		let at = 0;
		for (const piece of pieces) {
			bytes.set(piece, at);
			at += piece.length;
		}
		return ok(bytes);
	} catch {
		return fail('trust/unreachable');
	}
}
