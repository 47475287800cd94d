/** Newer versions of what is stored, by the catalogue as it is now (DEV-23), and recalls of it. Nothing else is fetched. */
import { ok, type Result } from '../../core/base/result.ts';
import type { InstallRow } from '../db/rows.ts';
import type { SafeDb } from '../db/schema.ts';
import type { SaveFault } from '../faults.ts';
import { findPackage, refreshCatalogue } from './catalogue.ts';
import { spending, type Purse } from '../purse.ts';
import { rememberRecalls } from './documents.ts';

/** Ids of packages of which a language has a newer manifest. A withdrawn package stays as it is. */
export async function findUpdates(db: SafeDb): Promise<Result<string[], SaveFault>> {
	const installs = await db.installs.toArray();
	if (installs.length === 0) return ok([]);
	return spending(db, 'catalogue', false, (purse) => find(db, installs, purse));
}

async function find(
	db: SafeDb,
	installs: readonly InstallRow[],
	purse: Purse
): Promise<Result<string[], SaveFault>> {
	const languages = [...new Set(installs.map(({ language }) => language))];
	const packages = [...new Set(installs.map((install) => install.package))];
	const catalogue = await refreshCatalogue(db, packages, languages, { purse });
	if (!catalogue.ok) return catalogue;
	const found = new Set<string>();
	for (const install of installs) {
		const named = await findPackage(catalogue.value, install.package, install.language);
		if (named.ok && named.value.manifest.sha256 !== install.manifest) found.add(install.package);
	}
	// A recall comes with the catalogue, not with a download: what is stored is locked from now on, with no link too.
	for (const id of packages) await rememberRecalls(db, catalogue.value, id, { purse });
	const now = Date.now();
	await db.packages.where('id').anyOf(packages).modify({ checked: now });
	return ok([...found]);
}
