/** Publishes the folder of package sources that came with this version of the code. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '../../core/base/result.ts';
import { reconcileCatalogue } from '../packages/in-force.ts';
import { publishFolder, type Published, type PublishFault } from '../packages/publish.ts';
import type { Ground } from './services.ts';

/**
 * Publishes every package under `folder`. One that cannot be published holds up no other; what was published before
 * stays in force.
 */
export async function publishContent(
	ground: Ground,
	folder: string,
	now: number,
	onResult: (id: string, result: Result<Published, PublishFault>) => void
): Promise<void> {
	await reconcileCatalogue(ground, now);
	const names = await readdir(folder).catch(() => [] as string[]);
	for (const name of names.sort()) {
		const isPackage = await stat(join(folder, name, 'package.json')).then(
			() => true,
			() => false
		);
		if (isPackage) onResult(name, await publishFolder(ground, join(folder, name), now));
	}
}
