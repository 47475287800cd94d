/** `setara backup FILE`: everything that a server holds, while it runs or not (docs/operations.md). */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase } from '../lib/server/db/pool.ts';
import { findRunning } from '../lib/server/db/running.ts';
import { createCliTranslate, describeFault } from '../lib/i18n/node.ts';
import { writeBackup } from '../lib/server/backup/write.ts';
import { chooseFolder, isServed } from '../lib/server/start/data-folder.ts';
import { explainThrown } from '../lib/server/start/faults.ts';
import { readSettings, type Settings } from '../lib/server/start/settings.ts';
import { withGround } from '../lib/server/start/with-ground.ts';
import type { Fault, Result } from '../lib/core/base/result.ts';
import { ok } from '../lib/core/base/result.ts';

type Written = Awaited<ReturnType<typeof writeBackup>>;

export async function run([target]: string[]): Promise<number> {
	const t = createCliTranslate();
	if (!target) {
		console.error(t('cli.backup-usage'));
		return 2;
	}
	const settings = readSettings();
	const now = Date.now();
	const isFolder = await stat(target).then(
		(found) => found.isDirectory(),
		() => false
	);
	const path = isFolder
		? join(target, `setara-${new Date(now).toISOString().slice(0, 19).replaceAll(':', '')}.tar`)
		: target;
	try {
		const written = settings.ok ? await write(settings.value, path, now) : settings;
		if (!written.ok) {
			console.error(describeFault(t, written.fault));
			return 1;
		}
		const { tables, files } = written.value;
		const rows = Object.values(tables).reduce((sum, count) => sum + count, 0);
		console.log(t('cli.backed-up', { path, rows, files }));
		return 0;
	} catch (error) {
		const fault = explainThrown(error, path);
		if (!fault) throw error;
		console.error(describeFault(t, fault));
		return 1;
	}
}

async function write(settings: Settings, path: string, now: number): Promise<Result<Written, Fault>> {
	const { DATA_DIR, DATABASE_URL } = settings;
	const folder = await chooseFolder(DATA_DIR, !DATABASE_URL);
	const running = (await isServed(folder)) ? await findRunning(folder) : null;
	const url = DATABASE_URL ?? running;
	if (!url) {
		return withGround(({ database, dataFolder }) => writeBackup(database.pool, dataFolder, path, now));
	}
	const database = openDatabase(url, 1);
	try {
		return ok(await writeBackup(database.pool, folder, path, now));
	} finally {
		await database.close();
	}
}
