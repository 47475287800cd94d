/** Makes frames: packs as they travel, for `core/packages/frame.ts` to unpack on the phone. */
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';

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
	return compress(pack, {
		params: PARAMS,
		pledgedSrcSize: pack.length,
		...(base ? { dictionary: base } : {})
	});
}
