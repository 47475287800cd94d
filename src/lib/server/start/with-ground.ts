/** Opens what a server stands on for one command, and closes it again. */
import type { Fault, Result } from '../../core/base/result.ts';
import { ok } from '../../core/base/result.ts';
import { startEmbedded } from '../db/embedded.ts';
import { migrate } from '../db/migrate.ts';
import { Closers } from './closers.ts';
import { openDataFolder } from './data-folder.ts';
import { openGround, type Ground } from './services.ts';
import { readSettings } from './settings.ts';

/**
 * Runs `work` over the database, blobs and trust that the environment names.
 * @param tables `leave-tables`: `work` makes them itself
 */
export async function withGround<Value>(
	work: (ground: Ground) => Promise<Value>,
	environment: Record<string, string | undefined> = process.env,
	tables: 'migrate' | 'leave-tables' = 'migrate'
): Promise<Result<Value, Fault>> {
	const settings = readSettings(environment);
	if (!settings.ok) return settings;
	const { DATA_DIR, DATABASE_URL, SETARA_ROOT } = settings.value;
	const closers = new Closers();
	try {
		const folder = await openDataFolder(DATA_DIR, !DATABASE_URL);
		if (!folder.ok) return folder;
		closers.add(folder.value.release);
		let url = DATABASE_URL;
		if (!url) {
			const database = await startEmbedded(folder.value.path);
			if (!database.ok) return database;
			closers.add(database.value.stop);
			url = database.value.url;
		}
		const ground = await openGround(folder.value.path, url, SETARA_ROOT);
		closers.add(ground.database.close);
		const migrated = tables === 'migrate' ? await migrate(ground.database.pool) : ok([]);
		return migrated.ok ? ok(await work(ground)) : migrated;
	} finally {
		await closers.closeAll();
	}
}
