/** Bodies of the app's files as they are sent: compressed by the build, or here, once, against what a phone has (SRV-71). */
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import { compress } from '../base/compress.ts';
import { keep } from '../base/kept.ts';
import type { AppFile, AppFiles } from './files.ts';

/** The served release in three forms is 4 MB; a delta is some hundred bytes. */
const KEPT_BYTES = 16 * 1024 * 1024;
/** RFC 9842, 5: a skippable frame of zstd that holds the dictionary's SHA-256, then the stream. */
const DCZ_HEADER = Buffer.from([0x5e, 0x2a, 0x4d, 0x18, 0x20, 0x00, 0x00, 0x00]);
const AVAILABLE = /^:([A-Za-z0-9+/]{43}=):$/;

const zstd = promisify(zstdCompress);

export interface Bodies {
	/** The file as it is, or compressed. */
	read: (file: AppFile, encoding: 'br' | 'gzip' | null) => Promise<Buffer>;
	/**
	 * The file as what differs from the dictionary that `Available-Dictionary` names, as `dcz`. Null where that is none of
	 * the releases before, or another file's, or where it would save nothing.
	 */
	differ: (file: AppFile, available: string) => Promise<Buffer | null>;
}

export function createBodies({ dictionaries }: Pick<AppFiles, 'dictionaries'>): Bodies {
	const kept = keep<Buffer>(KEPT_BYTES, (bytes) => bytes.length);

	const read: Bodies['read'] = ({ path }, encoding) =>
		kept.get(`${encoding} ${path}`, async () => {
			if (!encoding) return readFile(path);
			const built = await readFile(`${path}.${encoding === 'br' ? 'br' : 'gz'}`).catch(() => null);
			return built ?? compress(await readFile(path), encoding, true);
		});

	return {
		read,
		async differ(file, available) {
			const digest = AVAILABLE.exec(available)?.[1] ?? '';
			const dictionary = dictionaries.get(digest);
			// Another file's would save little, and all pairs of all files would be much to make.
			if (!dictionary || dictionary.pattern !== file.pattern) return null;
			const delta = await kept.get(`${digest} ${file.path}`, async () => {
				const stream = await zstd(await readFile(file.path), {
					dictionary: await readFile(dictionary.path),
					// With a checksum: a dictionary that went bad on our disk is then an error on the phone, never another script.
					params: { [constants.ZSTD_c_compressionLevel]: 19, [constants.ZSTD_c_checksumFlag]: 1 }
				});
				return Buffer.concat([DCZ_HEADER, Buffer.from(digest, 'base64'), stream]);
			});
			return delta.length < (await read(file, 'br')).length ? delta : null;
		}
	};
}
