/** A published version as its parts and files: what a draft is made from when it is adapted or revised. */
import { fromUtf8 } from '../base/hash.ts';
import * as v from 'valibot';
import { FigureWords, UnitKeys, UnitWords } from '../lessons/content.ts';
import type { LanguagePart, SharedPart } from '../packages/manifest.ts';

export interface PublishedWork {
	/** SHA-256 of its manifest. */
	manifest: string;
	shared: SharedPart;
	/** Languages that are here, by tag. */
	languages: Readonly<Record<string, LanguagePart>>;
	/** Text files and pictures by path with their part's folder before them: `shared/units/a.json`, `th/units/a.md`. */
	files: ReadonlyMap<string, Uint8Array>;
}

/** What of a unit is the same in every language; empty where it has no file of its own. */
export const keysOf = (work: PublishedWork, unit: string): UnitKeys =>
	json(work, `shared/units/${unit}.json`, UnitKeys) ?? {};

export const wordsOf = (work: PublishedWork, language: string, unit: string): UnitWords =>
	json(work, `${language}/units/${unit}.json`, UnitWords) ?? {};

export const figureWordsOf = (work: PublishedWork, language: string): FigureWords =>
	json(work, `${language}/figures.json`, FigureWords) ?? {};

export function textOf(work: PublishedWork, path: string): string {
	const bytes = work.files.get(path);
	return bytes ? fromUtf8(bytes) : '';
}

/** A file of a version that passed its checks: what does not hold is not there. */
function json<Schema extends v.GenericSchema>(
	work: PublishedWork,
	path: string,
	schema: Schema
): v.InferOutput<Schema> | null {
	if (!work.files.has(path)) return null;
	const parsed = v.safeParse(schema, JSON.parse(textOf(work, path)));
	return parsed.success ? parsed.output : null;
}
