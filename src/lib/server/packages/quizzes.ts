/** Answer keys of published units by the digest of their shared part, for scoring an answer again. */
import { and, eq } from 'drizzle-orm';
import * as v from 'valibot';
import { UnitKeys, type QuizKey } from '../../core/lessons/content.ts';
import { keep } from '../base/kept.ts';
import type { Database } from '../db/pool.ts';
import { packageVersions, parts } from '../db/schema.ts';
import type { Versions } from './versions.ts';

export interface PublishedQuiz {
	package: string;
	/** Null where the unit has no quiz, or there is no such unit. */
	quiz: QuizKey | null;
}

const KEPT_UNITS = 2000;

/** Finds a unit's quiz; null where no version with this shared part was published here. */
export function createQuizzes(
	database: Database,
	versions: Versions
): (part: string, unit: string) => Promise<PublishedQuiz | null> {
	const kept = keep<PublishedQuiz>(KEPT_UNITS, () => 1);
	return (part, unit) =>
		kept.get(`${part}/${unit}`, () => load(database, versions, part, unit)).catch(absent);
}

/** Not kept: a part that is not here today may be published tomorrow. */
class NotPublished extends Error {}

function absent(error: unknown): null {
	if (error instanceof NotPublished) return null;
	throw error;
}

async function load(
	{ query }: Database,
	versions: Versions,
	part: string,
	unit: string
): Promise<PublishedQuiz> {
	const [row] = await query
		.select({ manifest: packageVersions.manifest })
		.from(parts)
		.innerJoin(
			packageVersions,
			and(eq(parts.packageId, packageVersions.packageId), eq(parts.version, packageVersions.version))
		)
		.where(and(eq(parts.digest, part), eq(parts.language, '')))
		.limit(1);
	const version = row && (await versions.byManifest(row.manifest));
	if (!version) throw new NotPublished();
	const files = await versions.files(version.shared);
	const keys = files.text(`units/${unit}.json`);
	const quiz = keys === null ? null : (v.parse(UnitKeys, JSON.parse(keys)).quiz ?? null);
	return { package: version.shared.part.package, quiz };
}
