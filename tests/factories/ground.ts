/** What a server stands on, in a folder and a database of this test file's own. */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { publishFolder } from '../../src/lib/server/packages/publish.ts';
import { openGround, type Ground } from '../../src/lib/server/start/services.ts';
import { migratedDatabase } from './database.ts';
import { NOW } from './now.ts';
import { makeSource, type SourceFactory } from './package-source.ts';

export { NOW };

export interface TestGround extends Ground {
	folder: string;
	url: string;
	close: () => Promise<void>;
}

/** Opens blobs and a demonstration's trust over an empty, migrated database. */
export async function openTestGround(): Promise<TestGround> {
	const database = await migratedDatabase();
	const folder = await mkdtemp(join(tmpdir(), 'setara-ground-'));
	await chmod(folder, 0o755);
	const ground = await openGround(folder, database.url, undefined);
	return {
		...ground,
		folder,
		url: database.url,
		close: async () => {
			await ground.database.close();
			await database.drop();
			await rm(folder, { recursive: true, force: true });
		}
	};
}

/** Writes a source into a folder named after its package. */
export async function writeSource(root: string, source: SourceFactory): Promise<string> {
	const { id } = JSON.parse(source.text('package.json')) as { id: string };
	const dir = join(root, id);
	await rm(dir, { recursive: true, force: true });
	for (const [path, bytes] of source.files) {
		await mkdir(dirname(join(dir, path)), { recursive: true });
		await writeFile(join(dir, path), bytes);
	}
	return dir;
}

/** Publishes a source, the small one of the factory unless another is given. */
export async function publishSource(ground: TestGround, source = makeSource(), now = NOW) {
	return publishFolder(ground, await writeSource(join(ground.folder, '.sources'), source), now);
}
