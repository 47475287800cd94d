/**
 * `setara people reset-code NAME`: a one-time code for a forgotten password; `setara people administrator NAME`: lets
 * somebody make such codes. While the server runs or not.
 */
import type { Fault, Result } from '../lib/core/base/result.ts';
import { createFormat } from '../lib/i18n/format.ts';
import { createCliTranslate, describeFault, terminalLanguage } from '../lib/i18n/node.ts';
import { openDatabase } from '../lib/server/db/pool.ts';
import { findRunning } from '../lib/server/db/running.ts';
import { openIdentity, type Identity } from '../lib/server/identity/identity.ts';
import { chooseFolder, isServed } from '../lib/server/start/data-folder.ts';
import { readSettings } from '../lib/server/start/settings.ts';
import { withGround } from '../lib/server/start/with-ground.ts';

const t = createCliTranslate();

const COMMANDS: Record<string, (identity: Identity, name: string) => Promise<Result<string, Fault>>> = {
	'reset-code': async (identity, name) => {
		const made = await identity.makeResetCode(null, name);
		if (!made.ok) return made;
		const day = createFormat(terminalLanguage()).day(new Date(made.value.expires));
		return { ok: true, value: t('cli.reset-code', { name: made.value.name, code: made.value.code, day }) };
	},
	administrator: async (identity, name) => {
		const made = await identity.makeAdministrator(name);
		return made.ok ? { ok: true, value: t('cli.administrator', { name: made.value }) } : made;
	}
};

export async function run([asked = '', name = '']: string[]): Promise<number> {
	const command = Object.hasOwn(COMMANDS, asked) ? COMMANDS[asked] : undefined;
	if (!command || !name) {
		console.error(t('cli.people-usage'));
		return 2;
	}
	const done = await withIdentity((identity) => command(identity, name));
	if (!done.ok) {
		console.error(describeFault(t, done.fault));
		return 1;
	}
	console.log(done.value);
	return 0;
}

/** Over the database of a server that runs, or of the data folder. */
async function withIdentity(
	work: (identity: Identity) => Promise<Result<string, Fault>>
): Promise<Result<string, Fault>> {
	const settings = readSettings();
	if (!settings.ok) return settings;
	const { DATA_DIR, DATABASE_URL } = settings.value;
	const folder = await chooseFolder(DATA_DIR, !DATABASE_URL);
	const url = DATABASE_URL ?? ((await isServed(folder)) ? await findRunning(folder) : null);
	if (!url) {
		const done = await withGround(async ({ database }) =>
			work(await openIdentity(database, { isHttps: false }))
		);
		return done.ok ? done.value : done;
	}
	const database = openDatabase(url, 2);
	try {
		return await work(await openIdentity(database, { isHttps: false }));
	} finally {
		await database.close();
	}
}
