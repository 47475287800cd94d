/** Makes frames: packs as they travel, for `core/packages/frame.ts` to unpack on the phone. */
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import { decodeFrame } from '../../core/packages/frame.ts';

// The settings that formats.md measured: at level 15 an edit of one line makes an update 13 times as large.
const PARAMS = {
	[constants.ZSTD_c_compressionLevel]: 22,
	[constants.ZSTD_c_windowLog]: 24,
	[constants.ZSTD_c_enableLongDistanceMatching]: 1,
	[constants.ZSTD_c_ldmMinMatch]: 8,
	[constants.ZSTD_c_ldmHashRateLog]: 0,
	[constants.ZSTD_c_contentSizeFlag]: 1
};

const compress = promisify(zstdCompress);

/**
 * One zstd frame of a pack, by itself or with another pack as its dictionary; its header states the pack's size (PCK-1,
 * PCK-2). Takes a second a megabyte.
 */
export async function encodeFrame(pack: Uint8Array, base?: Uint8Array): Promise<Uint8Array> {
	if (!base) return compress(pack, { params: PARAMS, pledgedSrcSize: pack.length });
	const padded = await encodeWith(pack, padTo(pack.length, base));
	const read = decodeFrame(padded, pack.length, base);
	return read.ok && Buffer.compare(read.value, pack) === 0 ? padded : encodeWith(pack, base);
}

const encodeWith = (pack: Uint8Array, dictionary: Uint8Array): Promise<Uint8Array> =>
	compress(pack, { params: PARAMS, pledgedSrcSize: pack.length, dictionary });

/**
 * A base with as many zeros before it as make it `length` bytes. zstd sizes its search after the dictionary: with a small
 * one it finds less in the pack itself, and the frame is up to 2.4 % larger. Matches count back from the base's end, so a
 * phone, which has no zeros there, unpacks the same, unless a match reached into them.
 */
function padTo(length: number, base: Uint8Array): Uint8Array {
	if (base.length >= length) return base;
	const padded = new Uint8Array(length);
	padded.set(base, length - base.length);
	return padded;
}
