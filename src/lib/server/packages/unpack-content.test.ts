/** The packages that come with the platform come apart into sources that build to the same bytes (PKG-15). */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { verifiedFrom } from '../../../../tests/factories/built-package.ts';
import { buildPackage } from '../../core/packages/build.ts';
import { checkSource } from '../../core/packages/source/check.ts';
import { unpackSource } from '../../core/packages/unpack.ts';
import { checkFolder } from './source.ts';

const CONTENT = join(import.meta.dirname, '../../../../content');

it.each(readdirSync(CONTENT))('PKG-15 %s', async (id) => {
	const { source } = await checkFolder(join(CONTENT, id));
	const built = await buildPackage(source!);
	const { manifest, shared, languages, files } = await verifiedFrom(built);
	const media = new Map(built.media.map(({ digest, bytes }) => [digest, bytes]));
	const byName = { languages: new Map(Object.entries(languages)), files: new Map(Object.entries(files)) };
	const unpacked = unpackSource({ manifest, shared, ...byName }, (digest) => media.get(digest));
	const again = checkSource(unpacked, id);
	expect(again.faults).toEqual([]);
	expect((await buildPackage(again.source!)).manifest.digest).toBe(built.manifest.digest);
});
