/**
 * A frame: a pack as it travels, one zstd frame (RFC 8878), of itself or with another pack as dictionary, the *base*
 * (docs/spec/pack.md). What a frame says of itself is not believed: the size is the manifest's, and the pack's SHA-256
 * decides afterwards.
 *
 * fzstd, which unpacks, knows no dictionaries. So a frame is rewritten to one that needs none: a header whose window
 * spans base and pack, the base in raw blocks, then the frame's own blocks. What they refer to is then behind them as it
 * was for whoever wrote them, and of what comes out the base is cut off.
 */
import { fail, ok, type Result } from '../base/result.ts';
import { areBlocksSound, MAX_BLOCK_BYTES } from './frame-blocks.ts';
import type { PackageFault } from './faults.ts';
import { MAX_PACK_BYTES } from './pack.ts';

/** The most bytes that a frame of a pack of this size can honestly have (RFC 8878: raw blocks and their headers). */
export const maxFrameBytes = (packSize: number): number => packSize + (packSize >>> 8) + 512;

/** What is left to be unpacked. */
interface Spliced {
	/** One zstd frame without a dictionary. */
	frame: Uint8Array<ArrayBuffer>;
	/** Bytes that it gives: the base, and behind it the pack. */
	length: number;
	/** Bytes of the base. */
	skip: number;
}

/** fzstd's `decompress`: writes into `into` and never beyond. */
type Decompress = (frame: Uint8Array, into: Uint8Array) => Uint8Array;

const MAGIC = 0xfd2fb528;
/** Four bytes of content size, a window as large as that (RFC 8878, 3.1.1.1.1). */
const SIZE_OF_FOUR_BYTES = 0xa0;
const HAS_CHECKSUM = 4;
const RESERVED = 8;
const HEADER_BYTES = 9;
const BLOCK_HEADER_BYTES = 3;
const CHECKSUM_BYTES = 4;

/**
 * Makes a frame ready to be unpacked into exactly `packSize` bytes, the size that the part manifest states. Memory is
 * base and frame once. `package/too-large`: a size over the limits, or a frame longer than such a pack can need;
 * `package/bad-frame`: not one zstd frame of that content size, or one that is not to be unpacked (PCK-6). Most flipped
 * bits go unseen here, and so does another base: `verifyPack` must follow.
 */
export function spliceFrame(
	frame: Uint8Array,
	packSize: number,
	base: Uint8Array
): Result<Spliced, PackageFault> {
	const size = Math.max(packSize, base.length);
	if (size > MAX_PACK_BYTES) return fail('package/too-large', { bytes: size, limit: MAX_PACK_BYTES });
	if (frame.length > maxFrameBytes(packSize)) {
		return fail('package/too-large', { bytes: frame.length, limit: maxFrameBytes(packSize) });
	}
	const head = readHead(frame);
	if (!head || head.size !== packSize) return fail('package/bad-frame');
	const checksum = head.hasChecksum ? CHECKSUM_BYTES : 0;
	if (!areBlocksSound(frame, head.length, frame.length - checksum, packSize))
		return fail('package/bad-frame');

	const blocks = frame.subarray(head.length, frame.length - checksum);
	const raw = base.length + Math.ceil(base.length / MAX_BLOCK_BYTES) * BLOCK_HEADER_BYTES;
	const spliced = new Uint8Array(HEADER_BYTES + raw + blocks.length);
	const view = new DataView(spliced.buffer);
	view.setUint32(0, MAGIC, true);
	view.setUint8(4, SIZE_OF_FOUR_BYTES);
	view.setUint32(5, base.length + packSize, true);
	let to = HEADER_BYTES;
	for (let from = 0; from < base.length; from += MAX_BLOCK_BYTES) {
		const block = base.subarray(from, from + MAX_BLOCK_BYTES);
		// Not the last block, raw: the length alone, from its fourth bit on.
		view.setUint16(to, (block.length << 3) & 0xffff, true);
		view.setUint8(to + 2, block.length >> 13);
		spliced.set(block, to + BLOCK_HEADER_BYTES);
		to += BLOCK_HEADER_BYTES + block.length;
	}
	spliced.set(blocks, to);
	return ok({ frame: spliced, length: base.length + packSize, skip: base.length });
}

/** Splices and unpacks a frame with its base (empty: none). `package/bad-frame` on damage; `verifyPack` must follow. */
export function decodeFrame(
	frame: Uint8Array,
	packSize: number,
	base: Uint8Array,
	decompress: Decompress
): Result<Uint8Array<ArrayBuffer>, PackageFault> {
	const spliced = spliceFrame(frame, packSize, base);
	if (!spliced.ok) return spliced;
	try {
		return ok(unpackSpliced(spliced.value, decompress));
	} catch {
		return fail('package/bad-frame');
	}
}

/** Unpacks what `spliceFrame` made ready; throws on damage. Memory is base and pack, and the pack once more. */
function unpackSpliced({ frame, length, skip }: Spliced, decompress: Decompress): Uint8Array<ArrayBuffer> {
	const whole = new Uint8Array(length);
	decompress(frame, whole);
	return skip === 0 ? whole : whole.slice(skip);
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
