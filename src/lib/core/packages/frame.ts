/**
 * A frame: a pack as it travels, one zstd frame (RFC 8878), of itself or with another pack as dictionary, the *base*
 * (docs/spec/pack.md). What a frame says of itself is not believed: the size is the manifest's, and the pack's SHA-256
 * decides afterwards.
 */
import { fail, ok, type Result } from '../base/result.ts';
import type { PackageFault } from './faults.ts';
import { MAX_PACK_BYTES } from './pack.ts';
import { unpackBlocks } from './zstd.ts';

/** The most bytes that a frame of a pack of this size can honestly have (RFC 8878: raw blocks and their headers). */
export const maxFrameBytes = (packSize: number): number => packSize + (packSize >>> 8) + 512;

const MAGIC = 0xfd2fb528;
const HAS_CHECKSUM = 4;
const RESERVED = 8;
const CHECKSUM_BYTES = 4;

/**
 * Unpacks a frame with its base (empty: none) into exactly `packSize` bytes, the size that the part manifest states.
 * Memory is base and pack, and the pack once more where there is a base. `package/too-large`: a size over the limits, or
 * a frame longer than such a pack can need; `package/bad-frame`: not one whole zstd frame of that content size. Most
 * flipped bits go unseen here, and so does another base: `verifyPack` must follow.
 */
export function decodeFrame(
	frame: Uint8Array,
	packSize: number,
	base: Uint8Array
): Result<Uint8Array<ArrayBuffer>, PackageFault> {
	const size = Math.max(packSize, base.length);
	if (size > MAX_PACK_BYTES) return fail('package/too-large', { bytes: size, limit: MAX_PACK_BYTES });
	if (frame.length > maxFrameBytes(packSize)) {
		return fail('package/too-large', { bytes: frame.length, limit: maxFrameBytes(packSize) });
	}
	const head = readHead(frame);
	if (!head || head.size !== packSize) return fail('package/bad-frame');
	const blocks = frame.subarray(head.length, frame.length - (head.hasChecksum ? CHECKSUM_BYTES : 0));
	const out = new Uint8Array(base.length + packSize);
	out.set(base);
	try {
		unpackBlocks(blocks, out, base.length);
	} catch {
		return fail('package/bad-frame');
	}
	return ok(base.length === 0 ? out : out.slice(base.length));
}

interface Head {
	/** Content size that the frame states. */
	size: number;
	/** Bytes before the first block. */
	length: number;
	hasChecksum: boolean;
}

/** The header of a zstd frame (RFC 8878, 3.1.1.1), or null where there is none or it states no content size. */
function readHead(frame: Uint8Array): Head | null {
	if (frame.length < 6) return null;
	const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
	const descriptor = frame[4]!;
	if (view.getUint32(0, true) !== MAGIC || descriptor & RESERVED) return null;
	const sizeFlag = descriptor >> 6;
	const singleSegment = (descriptor >> 5) & 1;
	const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
	const sizeBytes = sizeFlag === 0 ? singleSegment : 1 << sizeFlag;
	const at = 5 + (1 - singleSegment) + dictionaryBytes;
	const length = at + sizeBytes;
	if (sizeBytes === 0 || frame.length < length) return null;
	return { size: sizeAt(view, at, sizeBytes), length, hasChecksum: (descriptor & HAS_CHECKSUM) !== 0 };
}

function sizeAt(view: DataView, at: number, bytes: number): number {
	if (bytes === 1) return view.getUint8(at);
	if (bytes === 2) return view.getUint16(at, true) + 256;
	return bytes === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}
