/**
 * A frame: a pack as it travels, one zstd frame (RFC 8878). What a frame says of itself is not believed: the size is
 * the manifest's, and the pack's SHA-256 decides afterwards (PKG-30 to PKG-33).
 */
import { fail, ok, type Result } from '../base/result.ts';
import type { PackageFault } from './faults.ts';
import { MAX_PACK_BYTES } from './pack.ts';

/** fzstd's `decompress`, which the caller imports when it is needed; it writes into `into` and never beyond. */
export type Decompress = (frame: Uint8Array, into: Uint8Array) => Uint8Array;

/** The most bytes that a frame of a pack of this size can honestly have (RFC 8878: raw blocks and their headers). */
export const maxFrameBytes = (packSize: number): number => packSize + (packSize >>> 8) + 512;

/**
 * Unpacks a frame into exactly `packSize` bytes, the size that the part manifest states. Memory is never more than
 * that. `package/too-large`: a size over the limits, or a frame longer than such a pack can need;
 * `package/bad-frame`: not one zstd frame of that content size, or damaged. Most flipped bits go unseen here:
 * `verifyPack` must follow.
 */
export function decodeFrame(
	frame: Uint8Array,
	packSize: number,
	decompress: Decompress
): Result<Uint8Array, PackageFault> {
	if (packSize > MAX_PACK_BYTES) return fail('package/too-large', { bytes: packSize, limit: MAX_PACK_BYTES });
	if (frame.length > maxFrameBytes(packSize)) {
		return fail('package/too-large', { bytes: frame.length, limit: maxFrameBytes(packSize) });
	}
	if (contentSize(frame) !== packSize) return fail('package/bad-frame');
	const pack = new Uint8Array(packSize);
	try {
		decompress(frame, pack);
	} catch {
		return fail('package/bad-frame');
	}
	return ok(pack);
}

/** The content size that a zstd frame header states (RFC 8878, 3.1.1.1), or null where it states none. */
export function contentSize(frame: Uint8Array): number | null {
	if (frame.length < 6) return null;
	const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
	if (view.getUint32(0, true) !== 0xfd2fb528) return null;
	const descriptor = frame[4]!;
	const sizeFlag = descriptor >> 6;
	const singleSegment = (descriptor >> 5) & 1;
	const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
	const sizeBytes = sizeFlag === 0 ? singleSegment : 1 << sizeFlag;
	const at = 5 + (1 - singleSegment) + dictionaryBytes;
	if (sizeBytes === 0 || frame.length < at + sizeBytes) return null;
	if (sizeBytes === 1) return frame[at]!;
	if (sizeBytes === 2) return view.getUint16(at, true) + 256;
	if (sizeBytes === 4) return view.getUint32(at, true);
	const size = view.getBigUint64(at, true);
	return size > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(size);
}
