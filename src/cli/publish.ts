/**
 * `setara publish DIR… [--statements FILE]`: checks, builds and puts in force. Needs DATABASE_URL, or a data folder that
 * no server is running on (then the database is started for as long as it takes).
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readEnvelopes } from '../lib/core/trust/statement.ts';
import { createCliTranslate, describeFault } from '../lib/i18n/node.ts';
import { publishFolder } from '../lib/server/packages/publish.ts';
import { withGround } from '../lib/server/start/with-ground.ts';
import { describePublishing } from './publishing.ts';

export async function run(args: string[]): Promise<number> {
	const t = createCliTranslate();
	const { values, positionals } = parseArgs({
		args,
		allowPositionals: true,
		options: { statements: { type: 'string' } }
	});
	if (positionals.length === 0) {
		console.error(t('cli.publish-usage'));
		return 2;
	}
	const statements = values.statements ? readEnvelopes(await readFile(values.statements)) : null;
	if (statements && !statements.ok) {
		console.error(describeFault(t, statements.fault));
		return 1;
	}
	const done = await withGround(async (ground) => {
		let refused = 0;
		for (const dir of positionals) {
			const result = await publishFolder(ground, dir, Date.now(), statements?.value);
			if (!result.ok) refused++;
			console.log(describePublishing(t, dir, result) ?? t('cli.unchanged', { id: dir }));
		}
		return refused;
	});
	if (!done.ok) console.error(describeFault(t, done.fault));
	return done.ok && done.value === 0 ? 0 : 1;
}
