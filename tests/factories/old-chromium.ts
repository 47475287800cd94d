/** Chromium 111, the floor of our phones, as npm packs it for machines without a display. */
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';

/** Without a GPU and without the software one, which is packed apart. */
export const OLD_CHROMIUM_FLAGS = ['--disable-software-rasterizer'];

/** Inflates it once a machine (160 MB) and answers where it is; a run that was cut off leaves nothing half there. */
export async function oldChromium(): Promise<string> {
	const path = join(tmpdir(), 'setara-chromium-111');
	if (existsSync(path)) return path;
	const folder = await mkdtemp(`${path}-`);
	const whole = join(folder, 'chromium');
	// Its own way of inflating takes any file named /tmp/chromium for itself.
	const packed = new URL('../bin/chromium.br', import.meta.resolve('@sparticuz/chromium'));
	await pipeline(
		createReadStream(packed),
		createBrotliDecompress(),
		createWriteStream(whole, { mode: 0o755 })
	);
	await rename(whole, path);
	await rm(folder, { recursive: true });
	return path;
}
