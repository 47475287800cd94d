/** A part's pack: its frame is fetched, going on where it was cut; the pack's SHA-256 decides (DEV-14, PCK-5). */
import { fail, ok, type Result } from '../../core/base/result.ts';
import { decodeFrame, maxFrameBytes } from '../../core/packages/frame.ts';
import {
	verifyPack,
	type VerifiedLanguagePart,
	type VerifiedSharedPart
} from '../../core/packages/verify.ts';
import type { Databases, MediaDb } from '../db/schema.ts';
import type { SaveFault } from '../faults.ts';
import type { Going } from '../network.ts';
import { openPartial, piecesIn, type Partial } from './partial.ts';
import type { Asked, Source } from './source.ts';

export interface FetchedPack {
	digest: string;
	bytes: Uint8Array;
	/** Bytes of the frame that came. */
	frame: number;
}

/** Name under which the bytes of a cut frame are kept: another base, another frame. */
export const frameName = (pack: string, base: string | null = null): string =>
	base === null ? `frame:${pack}` : `frame:${pack}:${base}`;

/** Lets go of what is kept of a pack's frames, whatever their base. */
export const dropFrame = async (db: MediaDb, pack: string): Promise<void> =>
	void (await db.partial.where('name').startsWith(frameName(pack)).delete());

/** The pack that bytes of such a name are of; empty where it is no frame's. */
export const packOfFrame = (name: string): string => /^frame:([0-9a-f]{64})/.exec(name)?.[1] ?? '';

/**
 * Fetches and verifies a pack, with a base that is here where that costs less. A frame that does not give it is fetched
 * once more from its first byte, in case a piece that was kept was bad, or without the base; then it is refused.
 * @param onBytes told of bytes as they come, and of bytes given up (negative)
 */
export async function fetchPack(
	databases: Databases,
	part: VerifiedSharedPart | VerifiedLanguagePart,
	base: string | null,
	source: Source,
	onBytes: (count: number) => void,
	going: Going
): Promise<Result<FetchedPack, SaveFault>> {
	const dictionary = base === null ? null : await databases.safe.blobs.get(base);
	if (base !== null && dictionary) {
		const based = await fetchWith(
			databases.media,
			part,
			{ base, bytes: dictionary.bytes },
			source,
			onBytes,
			going
		);
		if (based.ok || !WITHOUT_BASE.test(based.fault.code)) return based;
		await dropFrame(databases.media, part.part.pack.digest);
	}
	return fetchWith(databases.media, part, null, source, onBytes, going);
}

/** The frame with this base is not to be had, or does not give the pack: without one it may. */
const WITHOUT_BASE = /^(?:package\/|network\/(?:not-found|refused|bad-answer)$)/;
const NO_BASE = new Uint8Array();

async function fetchWith(
	db: MediaDb,
	part: VerifiedSharedPart | VerifiedLanguagePart,
	based: { base: string; bytes: Uint8Array } | null,
	source: Source,
	onBytes: (count: number) => void,
	going: Going
): Promise<Result<FetchedPack, SaveFault>> {
	const { digest, size } = part.part.pack;
	const base = based?.base ?? null;
	const partial = await openPartial(piecesIn(db), frameName(digest, base));
	for (let fresh = partial.length === 0; ; fresh = true) {
		const frame = await fetchFrame(
			partial,
			source,
			{ pack: digest, base },
			maxFrameBytes(size),
			onBytes,
			going
		);
		if (!frame.ok) return frame;
		const pack = decodeFrame(frame.value, size, based?.bytes ?? NO_BASE);
		const verified = pack.ok ? await verifyPack(pack.value, part) : pack;
		if (pack.ok && verified.ok) return ok({ digest, bytes: pack.value, frame: frame.value.length });
		onBytes(-partial.length);
		await partial.restart(null);
		if (fresh) return verified.ok ? fail('package/bad-frame') : verified;
	}
}

async function fetchFrame(
	partial: Partial,
	source: Source,
	asked: Asked,
	max: number,
	onBytes: (count: number) => void,
	going: Going
): Promise<Result<Uint8Array, SaveFault>> {
	if (partial.length > 0 && !partial.etag) {
		onBytes(-partial.length);
		await partial.restart(null);
	}
	const from = partial.length;
	// Another server may have packed the same pack otherwise: under another ETag it sends the whole frame.
	const answer = await source.read(asked, { from, max: max - from, etag: partial.etag }, going);
	if (!answer.ok) {
		const isWhole = answer.fault.code === 'network/refused' && answer.fault.params?.status === 416;
		return isWhole && from ? ok(partial.bytes()) : answer;
	}
	const { next, close, total, etag } = answer.value;
	if (answer.value.from === 0) {
		onBytes(-from);
		await partial.restart(etag);
	}
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
