/** Taking a package out of a `.setara` file: everything is checked as from the network (FIL-4 to FIL-7). */
import { fail, ok, type Result } from '../../core/base/result.ts';
import { TIERS, type Tier } from '../../core/base/vocabulary.ts';
import { openDatabases, type SafeDb } from '../db/schema.ts';
import { storing } from '../db/storing.ts';
import type { SaveFault } from '../faults.ts';
import type { Choice } from './api.ts';
import { catalogueFromFile, findPackage, type Named } from './catalogue.ts';
import { fetchDocuments } from './documents.ts';
import { openFile, useFile, type OpenedFile } from './package-files.ts';

/** What a file has, checked as far as its documents go; nothing of the package is stored yet. */
export interface FileContents {
	id: string;
	title: string;
	titleLanguage: string;
	version: string;
	languages: string[];
	tier: Tier;
	/** Bytes of texts and media in it. */
	bytes: number;
	/** This version is on this phone already, in these languages. */
	isHere: boolean;
	/** What saving it would keep, with what is kept of the package already. */
	choice: Choice;
}

/** Looks into a file. The catalogue that came with it is taken where it is newer than the one that is here. */
export async function openPackageFile(
	file: Blob,
	name: string,
	language: string
): Promise<Result<FileContents, SaveFault>> {
	const opened = await openFile(file, name);
	if (!opened.ok) return opened;
	const db = openDatabases().safe;
	const looked = await storing(() => look(db, opened.value, language));
	const contents = looked.ok ? looked.value : looked;
	if (contents.ok) useFile(opened.value);
	return contents;
}

async function look(
	db: SafeDb,
	file: OpenedFile,
	language: string
): Promise<Result<FileContents, SaveFault>> {
	const { package: id, languages, manifest, version, tier } = file.list;
	const catalogue = await catalogueFromFile(db, file);
	if (!catalogue.ok) return catalogue;
	const named: Named[] = [];
	for (const tag of languages) {
		const found = await findPackage(catalogue.value, id, tag);
		if (!found.ok) return found;
		// What the catalogue of now names is another version: what was put right since would be lost.
		if (found.value.manifest.sha256 !== manifest) return fail('file/older', { version });
		named.push(found.value);
	}
	const documents = await fetchDocuments(db, catalogue.value, id, named, {}, file);
	if (!documents.ok) return documents;
	const all = documents.value.languages;
	const shown = all.find(({ wanted }) => wanted.language === language) ?? all[0]!;
	const installs = await db.installs.where('package').equals(id).toArray();
	const row = await db.packages.get(id);
	const isHere =
		row?.state === 'saved' &&
		languages.every((tag) => installs.some((each) => each.language === tag && each.manifest === manifest));
	return ok({
		...{ id, version: shown.manifest.manifest.version, languages, tier, isHere },
		...{ title: shown.part.part.title, titleLanguage: shown.wanted.language },
		bytes: bytesIn(file),
		choice: {
			...row?.choice,
			languages: [...new Set([...(row?.choice.languages ?? []), ...languages])],
			tier: TIERS[Math.max(TIERS.indexOf(tier), row ? TIERS.indexOf(row.choice.tier) : 0)]!
		}
	});
}

const bytesIn = ({ list }: OpenedFile): number =>
	[...list.places].reduce((sum, [name, { size }]) => sum + (/^(?:pack|blob)\//.test(name) ? size : 0), 0);
