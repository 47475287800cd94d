import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { decodeFrame } from '../../core/packages/frame.ts';
import { encodeFrame } from './frame.ts';

/** All files of a package's units in English. */
async function unitsOf(id: string): Promise<Buffer> {
	const folder = join('content', id, 'en', 'units');
	const names = (await readdir(folder)).sort();
	return Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))));
}

it('PCK-2: a small base costs a large pack nothing, though zstd sizes its search after it', async () => {
	const pack = await unitsOf('rooftop-solar');
	const base = (await unitsOf('isolate-and-lock')).subarray(0, 5000);
	const alone = await encodeFrame(pack);
	const frame = await encodeFrame(pack, base);
	expect(frame.length).toBeLessThan(alone.length);
	expect(decodeFrame(frame, pack.length, base)).toEqual({ ok: true, value: new Uint8Array(pack) });
	expect(zstdDecompressSync(frame, { dictionary: base }).equals(pack)).toBe(true);
});

it('PCK-2: a pack of zeros, which match what is put before a small base, unpacks with the base alone', async () => {
	const pack = new Uint8Array(5000);
	const base = new TextEncoder().encode('a lesson');
	const frame = await encodeFrame(pack, base);
	expect(decodeFrame(frame, pack.length, base)).toEqual({ ok: true, value: pack });
});
