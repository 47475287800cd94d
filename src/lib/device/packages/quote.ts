/** What a choice costs, to the byte, before any of it is fetched (DEV-21). Its manifests are looked at, not kept. */
import { ok, type Result } from '../../core/base/result.ts';
import type { ChoiceRow } from '../db/rows.ts';
import type { Databases } from '../db/schema.ts';
import type { SaveFault } from '../faults.ts';
import type { Quote } from './api.ts';
import { findPackage, refreshCatalogue, type Named } from './catalogue.ts';
import { fetchDocuments } from './documents.ts';
import { findMissing } from './target.ts';

export async function quote(
	databases: Databases,
	id: string,
	choice: ChoiceRow
): Promise<Result<Quote, SaveFault>> {
	const { safe } = databases;
	const catalogue = await refreshCatalogue(safe, choice.languages);
	if (!catalogue.ok) return catalogue;
	const named: Named[] = [];
	for (const language of choice.languages) {
		const found = await findPackage(catalogue.value, id, language);
		if (!found.ok) return found;
		named.push(found.value);
	}
	const documents = await fetchDocuments(safe, catalogue.value, id, named);
	if (!documents.ok) return documents;
	const { languages, wire } = documents.value;
	const known = (await safe.packages.get(id))?.wire ?? { of: {}, statements: 0 };
	const missing = await findMissing(databases, languages, choice, {
		of: { ...known.of, ...wire.of },
		statements: wire.statements
	});
	return ok({ missing: missing.total - missing.done, total: missing.total, exact: missing.exact });
}
