/** Frames as a server writes them and as a phone reads them, without a worker between. */
import { constants, zstdCompressSync } from 'node:zlib';
import type { Result } from '../../src/lib/core/base/result.ts';
import type { PackageFault } from '../../src/lib/core/packages/faults.ts';
import { decodeFrame } from '../../src/lib/core/packages/frame.ts';

const NONE = new Uint8Array();

/** A zstd frame of these bytes; `level` other than the server's where a test makes many. */
export const frameOf = (
	bytes: Uint8Array,
	base: Uint8Array = NONE,
	{ level = 19, checksum = false } = {}
): Uint8Array =>
	new Uint8Array(
		zstdCompressSync(bytes, {
			params: {
				[constants.ZSTD_c_compressionLevel]: level,
				[constants.ZSTD_c_checksumFlag]: Number(checksum)
			},
			pledgedSrcSize: bytes.length,
			...(base.length > 0 ? { dictionary: base } : {})
		})
	);

/** What a phone makes of a frame, before the pack's SHA-256 has its say. */
export function decode(
	frame: Uint8Array,
	size: number,
	base: Uint8Array = NONE
): Result<Uint8Array, PackageFault> {
	return decodeFrame(frame, size, base);
}
