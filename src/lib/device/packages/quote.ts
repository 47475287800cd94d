/** What a choice costs, to the byte, before any of it is fetched (DEV-21). Its manifests are looked at, not kept. */
import { fail, ok, type Result } from '../../core/base/result.ts';
import type { ChoiceRow } from '../db/rows.ts';
import type { Databases, SafeDb } from '../db/schema.ts';
import type { SaveFault } from '../faults.ts';
import type { News, Quote } from './api.ts';
import { findPackage, refreshCatalogue, type Named } from './catalogue.ts';
import { fetchDocuments, type Documents } from './documents.ts';
import { spending, type Purse } from '../purse.ts';
import { findMissing } from './target.ts';

export async function quote(
	databases: Databases,
	id: string,
	choice: ChoiceRow
): Promise<Result<Quote, SaveFault>> {
	const documents = await lookUp(databases, id, choice.languages);
	if (!documents.ok) return documents;
	const { languages, wire, based } = documents.value;
	const known = (await databases.safe.packages.get(id))?.wire ?? { of: {}, statements: 0 };
	const sizes = { of: { ...known.of, ...wire.of }, statements: wire.statements };
	const missing = await findMissing(databases, languages, choice, sizes, based);
	return ok({ missing: missing.total - missing.done, total: missing.total, exact: missing.exact });
}

/** What the newer version says of itself and what fetching it costs, out of documents that two parties signed. */
export async function readNews(databases: Databases, id: string): Promise<Result<News, SaveFault>> {
	const row = await databases.safe.packages.get(id);
	if (!row) return fail('library/not-saved', { id });
	const documents = await lookUp(databases, id, row.choice.languages);
	if (!documents.ok) return documents;
	const { languages, wire, based } = documents.value;
	const sizes = { of: { ...row.wire.of, ...wire.of }, statements: wire.statements };
	const missing = await findMissing(databases, languages, row.choice, sizes, based);
	const installs = await databases.safe.installs.where('package').equals(id).toArray();
	const isChanged = ({ wanted, part }: (typeof languages)[number]) =>
		!installs.some((each) => each.language === wanted.language && each.part === part.digest);
	return ok({
		version: languages[0]!.manifest.manifest.version,
		notes: languages.flatMap(({ wanted, part }) =>
			part.part.releaseNotes ? [{ language: wanted.language, text: part.part.releaseNotes }] : []
		),
		languages: languages.filter(isChanged).map(({ wanted }) => wanted.language),
		media: missing.blobs.flatMap((blob) => blob.missing).reduce((sum, { length }) => sum + length, 0),
		missing: missing.total - missing.done,
		exact: missing.exact
	});
}

type Found = Result<Documents, SaveFault>;

/** The last answer: a page asks for each tier of the same languages, one after the other or at once. */
let last: { key: string; at: number; found: Promise<Found> } | undefined;
const FRESH = 60_000;

function lookUp(databases: Databases, id: string, languages: readonly string[]): Promise<Found> {
	const key = [id, ...languages].join(' ');
	const now = performance.now();
	if (last?.key === key && now - last.at < FRESH) return last.found;
	const found = fetchAll(databases.safe, id, languages);
	last = { key, at: now, found };
	void found.then((answer) => {
		if (!answer.ok && last?.found === found) last = undefined;
	});
	return found;
}

function fetchAll(db: SafeDb, id: string, languages: readonly string[]): Promise<Found> {
	// The person asked what it costs: counted, and never held back.
	return spending(db, 'catalogue', true, (purse) => fetchWith(purse, db, id, languages));
}

async function fetchWith(purse: Purse, db: SafeDb, id: string, languages: readonly string[]): Promise<Found> {
	const catalogue = await refreshCatalogue(db, [id], languages, { purse });
	if (!catalogue.ok) return catalogue;
	const named: Named[] = [];
	for (const language of languages) {
		const found = await findPackage(catalogue.value, id, language);
		if (!found.ok) return found;
		named.push(found.value);
	}
	return fetchDocuments(db, catalogue.value, id, named, { purse });
}
