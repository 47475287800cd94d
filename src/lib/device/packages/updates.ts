/** Newer versions of what is stored, by the catalogue as it is now (DEV-23). Nothing is fetched of them. */
import { ok, type Result } from '../../core/base/result.ts';
import type { SafeDb } from '../db/schema.ts';
import type { SaveFault } from '../faults.ts';
import { findPackage, refreshCatalogue } from './catalogue.ts';

/** Ids of packages of which a language has a newer manifest. A withdrawn package stays as it is. */
export async function findUpdates(db: SafeDb): Promise<Result<string[], SaveFault>> {
	const installs = await db.installs.toArray();
	if (installs.length === 0) return ok([]);
	const catalogue = await refreshCatalogue(db, [...new Set(installs.map(({ language }) => language))]);
	if (!catalogue.ok) return catalogue;
	const found = new Set<string>();
	for (const install of installs) {
		const named = await findPackage(catalogue.value, install.package, install.language);
		if (named.ok && named.value.manifest.sha256 !== install.manifest) found.add(install.package);
	}
	const now = Date.now();
	await db.packages
		.where('id')
		.anyOf([...new Set(installs.map((install) => install.package))])
		.modify({ checked: now });
	return ok([...found]);
}
