/** A smaller choice: what it has no more goes, with no link and at once (DEV-25). */
import type { ChoiceRow } from '../db/rows.ts';
import type { Databases } from '../db/schema.ts';
import { sayStored } from './storage.ts';
import { sweep } from './sweep.ts';

/** Runs under the lock of downloads. The choice counts before its bytes go: a kill between leaves too much, never too little. */
export async function narrow(databases: Databases, id: string, choice: ChoiceRow): Promise<void> {
	const { safe } = databases;
	await safe.transaction('rw', safe.packages, safe.installs, async () => {
		if ((await safe.packages.get(id))?.state !== 'saved') return;
		await safe.packages.update(id, { choice, kept: choice });
		await safe.installs
			.where('package')
			.equals(id)
			.and(({ language }) => !choice.languages.includes(language))
			.delete();
	});
	await sweep(databases);
	await sayStored(databases, id);
}
