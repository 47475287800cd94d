/** A part's pack: its frame is fetched, going on where it was cut; the pack's SHA-256 decides (DEV-14, PKG-30). */
import { fail, ok, type Result } from '../../core/base/result.ts';
import { decodeFrame, maxFrameBytes } from '../../core/packages/frame.ts';
import {
	verifyPack,
	type VerifiedLanguagePart,
	type VerifiedSharedPart
} from '../../core/packages/verify.ts';
import type { MediaDb } from '../db/schema.ts';
import type { SaveFault } from '../faults.ts';
import { ask } from '../network.ts';
import { openPartial, type Partial } from './partial.ts';

export interface FetchedPack {
	digest: string;
	bytes: Uint8Array;
	/** Bytes of the frame that came. */
	frame: number;
}

/** Name under which the bytes of a cut frame are kept. */
export const frameName = (pack: string): string => `frame:${pack}`;

/**
 * Fetches and verifies a pack. A frame that does not give it is fetched once more from its first byte, in case a
 * piece that was kept was bad; then it is refused.
 * @param onBytes told of bytes as they come, and of bytes given up (negative)
 */
export async function fetchPack(
	db: MediaDb,
	part: VerifiedSharedPart | VerifiedLanguagePart,
	onBytes: (count: number) => void,
	signal: AbortSignal
): Promise<Result<FetchedPack, SaveFault>> {
	const { digest, size } = part.part.pack;
	const { decompress } = await import('fzstd');
	const partial = await openPartial(db, frameName(digest));
	for (let fresh = partial.length === 0; ; fresh = true) {
		const frame = await fetchFrame(partial, `/pack/0/${digest}.zst`, maxFrameBytes(size), onBytes, signal);
		if (!frame.ok) return frame;
		const pack = decodeFrame(frame.value, size, decompress);
		const verified = pack.ok ? await verifyPack(pack.value, part) : pack;
		if (pack.ok && verified.ok) return ok({ digest, bytes: pack.value, frame: frame.value.length });
		onBytes(-partial.length);
		await partial.restart(null);
		if (fresh) return verified.ok ? fail('package/bad-frame') : verified;
	}
}

async function fetchFrame(
	partial: Partial,
	url: string,
	max: number,
	onBytes: (count: number) => void,
	signal: AbortSignal
): Promise<Result<Uint8Array, SaveFault>> {
	if (partial.length > 0 && !partial.etag) {
		onBytes(-partial.length);
		await partial.restart(null);
	}
	const from = partial.length;
	// Another server may have packed the same pack otherwise: then If-Range has it send the whole frame.
	const headers: Record<string, string> = from ? { range: `bytes=${from}-`, 'if-range': partial.etag! } : {};
	const answer = await ask(url, { max: max - from, signal }, headers);
	if (!answer.ok) {
		const isWhole = answer.fault.code === 'network/refused' && answer.fault.params?.status === 416;
		return isWhole && from ? ok(partial.bytes()) : answer;
	}
	const { status, headers: got, next, close } = answer.value;
	const range = status === 206 ? /^bytes (\d+)-\d+\/(\d+)$/.exec(got.get('content-range') ?? '') : null;
	if (status === 206 && Number(range?.[1]) !== from) {
		close();
		return fail('network/bad-answer', { url });
	}
	if (!range || from === 0) {
		onBytes(-from);
		await partial.restart(strongTag(got.get('etag')));
	}
	const total = range ? Number(range[2]) : statedLength(got);
	for (;;) {
		const piece = await next();
		if (!piece.ok || !piece.value) {
			await partial.flush();
			if (!piece.ok) return piece;
			return total !== null && partial.length < total ? fail('network/cut') : ok(partial.bytes());
		}
		await partial.append(piece.value);
		onBytes(piece.value.length);
		if (partial.length > Math.min(max, total ?? max)) {
			close();
			onBytes(-partial.length);
			await partial.restart(null);
			return fail('package/too-large', { bytes: max + 1, limit: max });
		}
	}
}

/** What a whole answer says of its length; of a body that something on the way compressed it says nothing. */
const statedLength = (got: Headers): number | null =>
	(!got.has('content-encoding') && Number(got.get('content-length'))) || null;

const strongTag = (etag: string | null): string | null => (etag && !etag.startsWith('W/') ? etag : null);
