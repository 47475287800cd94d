/** `setara restore FILE --data DIR`: a data folder as it was when the backup was written (docs/operations.md). */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createCliTranslate, describeFault } from '../lib/i18n/node.ts';
import { explainThrown } from '../lib/server/start/faults.ts';
import { restore } from '../lib/server/start/restore.ts';

export async function run(args: string[]): Promise<number> {
	const t = createCliTranslate();
	const { values, positionals } = parseArgs({
		args,
		allowPositionals: true,
		options: { data: { type: 'string' } }
	});
	const [path] = positionals;
	if (!path || !values.data) {
		console.error(t('cli.restore-usage'));
		return 2;
	}
	const folder = resolve(values.data);
	try {
		const restored = await restore(path, folder, process.env);
		if (!restored.ok) {
			console.error(describeFault(t, restored.fault));
			return 1;
		}
		const { head, files } = restored.value;
		const rows = Object.values(head.tables).reduce((sum, count) => sum + count, 0);
		console.log(t('cli.restored', { folder, rows, files, day: head.at.slice(0, 10) }));
		return 0;
	} catch (error) {
		const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
		const fault = isMissing ? { code: 'backup/missing', params: { path } } : explainThrown(error, folder);
		if (!fault) throw error;
		console.error(describeFault(t, fault));
		return 1;
	}
}
