/** Parts of the version that a draft takes the place of, where this phone has them: made here, or saved here (DRA-40). */
import type { PartsBefore } from '../../core/packages/build.ts';
import { verifyManifest } from '../../core/packages/verify.ts';
import type { SafeDb } from '../db/schema.ts';

/** Empty where nothing of it is here: the version is then built anew, and only costs more bytes. */
export async function partsBefore(db: SafeDb, supersedes: string | null): Promise<PartsBefore> {
	const parts = new Map<string, Uint8Array>();
	const bytes = supersedes === null ? null : await blobOf(db, supersedes);
	const manifest = bytes && (await verifyManifest(bytes, supersedes!));
	if (!manifest?.ok) return parts;
	const { shared, languages } = manifest.value.manifest;
	for (const [name, { digest }] of Object.entries({ shared, ...languages })) {
		const part = await blobOf(db, digest);
		if (part) parts.set(name, part);
	}
	return parts;
}

const blobOf = async (db: SafeDb, digest: string): Promise<Uint8Array | null> =>
	(await db.workBlobs.get(digest))?.bytes ?? (await db.blobs.get(digest))?.bytes ?? null;
