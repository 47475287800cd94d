/** Makes a server of a backup: an empty folder, an empty database, and a catalogue that phones go on with. */
import { mkdir } from 'node:fs/promises';
import { fail, type Fault, type Result } from '../../core/base/result.ts';
import { checkEmpty, openBackup, removeBegun, type RestoredHead } from '../backup/read.ts';
import { leapAhead } from '../trust/trust.ts';
import { chooseFolder } from './data-folder.ts';
import { withGround } from './with-ground.ts';

export interface Restored {
	head: RestoredHead;
	files: number;
}

/**
 * Restores a backup. Nothing that is there is written over; what was begun is taken away again when it fails. With
 * DATABASE_URL the tables go there, else into a database of the folder's own.
 */
export async function restore(
	path: string,
	folder: string,
	environment: Record<string, string | undefined>
): Promise<Result<Restored, Fault>> {
	const empty = await checkEmpty(folder);
	if (!empty.ok) return empty;
	if ((await chooseFolder(folder, !environment['DATABASE_URL'])) !== folder) {
		return fail('start/folder-unreachable', { folder });
	}
	const backup = await openBackup(path);
	if (!backup.ok) return backup;
	const { head, restoreFiles, restoreTables, close } = backup.value;
	let isWhole = false;
	try {
		await mkdir(folder, { recursive: true });
		const files = await restoreFiles(folder);
		const done = await withGround(
			async ({ database, trust }): Promise<Result<Restored, Fault>> => {
				const tables = await restoreTables(database.pool);
				if (!tables.ok) return tables;
				await leapAhead(trust, Date.now());
				return { ok: true, value: { head, files } };
			},
			{ ...environment, DATA_DIR: folder },
			'leave-tables'
		);
		const result = done.ok ? done.value : done;
		isWhole = result.ok;
		return result.ok ? result : fail(result.fault.code, result.fault.params);
	} finally {
		await close();
		if (!isWhole) await removeBegun(folder);
	}
}
