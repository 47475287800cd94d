/** What an install names, and its parts as they lie in the store: they were verified when they were put there. */
import { fromUtf8 } from '../../core/base/hash.ts';
import type { BlobFile, LanguagePart, SharedPart } from '../../core/packages/manifest.ts';
import type { InstallRow } from '../db/rows.ts';
import type { SafeDb } from '../db/schema.ts';

/** Every blob of text that a language of a package opens with. */
export const digestsOf = ({ manifest, shared, part, packs, statements }: InstallRow): string[] => [
	manifest,
	shared,
	part,
	packs.shared,
	packs.part,
	statements
];

/** A part manifest, or null where it is not here, or damaged on this phone: then it opens and keeps nothing. */
export async function partOf(safe: SafeDb, digest: string): Promise<SharedPart | LanguagePart | null> {
	const blob = await safe.blobs.get(digest);
	try {
		return blob ? (JSON.parse(fromUtf8(blob.bytes)) as SharedPart | LanguagePart) : null;
	} catch {
		return null;
	}
}

/** Media files of the parts of one install, chosen or not. */
export async function filesOfInstall(
	safe: SafeDb,
	{ shared, part }: Pick<InstallRow, 'shared' | 'part'>
): Promise<BlobFile[]> {
	const parts = await Promise.all([partOf(safe, shared), partOf(safe, part)]);
	return parts.flatMap((each) => each?.files ?? []);
}
