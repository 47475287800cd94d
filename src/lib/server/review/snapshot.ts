/** A version that was handed in, read from its blobs through the same gate as on the phone, and kept by digest. */
import { composeUnitPage, type UnitUrls } from '../../core/lessons/compose.ts';
import type { UnitPage } from '../../core/lessons/unit-page.ts';
import type { PackFiles } from '../../core/packages/pack.ts';
import {
	verifyLanguagePart,
	verifyManifest,
	verifyPack,
	verifySharedPart,
	type VerifiedLanguagePart,
	type VerifiedManifest,
	type VerifiedSharedPart
} from '../../core/packages/verify.ts';
import type { VersionParts } from '../../core/review/standing.ts';
import { keep } from '../base/kept.ts';

/** Bytes by digest, or null: blobs of submissions, then what is published already. Nothing is believed of them. */
export type ReadBlob = (digest: string) => Promise<Uint8Array | null>;

export interface Snapshot {
	manifest: VerifiedManifest;
	shared: VerifiedSharedPart;
	/** The source language first. */
	languages: ReadonlyMap<string, VerifiedLanguagePart>;
	/** Files of a part's pack, by `shared` or language. */
	files: (name: string) => Promise<PackFiles>;
}

export interface Snapshots {
	/** Null while its text is not whole, or where it is not what it says. */
	byManifest: (digest: string) => Promise<Snapshot | null>;
}

const KEPT = 100;

export function createSnapshots(read: ReadBlob): Snapshots {
	const kept = keep<Snapshot>(KEPT, () => 1);
	return {
		byManifest: (digest) =>
			kept
				.get(digest, () => load(read, digest))
				.catch((error: unknown) => {
					if (error instanceof NotWhole) return null;
					throw error;
				})
	};
}

class NotWhole extends Error {}

async function load(read: ReadBlob, digest: string): Promise<Snapshot> {
	const bytesOf = async (name: string): Promise<Uint8Array> => {
		const bytes = await read(name);
		if (!bytes) throw new NotWhole();
		return bytes;
	};
	const manifest = whole(await verifyManifest(await bytesOf(digest), digest));
	const shared = whole(await verifySharedPart(await bytesOf(manifest.manifest.shared.digest), manifest));
	const { sourceLanguage } = shared.part;
	const tags = Object.keys(manifest.manifest.languages).sort(
		(a, b) => Number(b === sourceLanguage) - Number(a === sourceLanguage) || (a < b ? -1 : 1)
	);
	const languages = new Map<string, VerifiedLanguagePart>();
	for (const tag of tags) {
		const bytes = await bytesOf(manifest.manifest.languages[tag]!.digest);
		languages.set(tag, whole(await verifyLanguagePart(bytes, tag, manifest, shared)));
	}
	const packs = new Map<string, Promise<PackFiles>>();
	const unpack = async (part: VerifiedSharedPart | VerifiedLanguagePart) =>
		whole(await verifyPack(await bytesOf(part.part.pack.digest), part)).files;
	return {
		manifest,
		shared,
		languages,
		files(name) {
			const part = name === 'shared' ? shared : languages.get(name)!;
			const made = packs.get(name) ?? unpack(part);
			packs.set(name, made);
			return made;
		}
	};
}

function whole<Value>(result: { ok: true; value: Value } | { ok: false; fault: unknown }): Value {
	if (!result.ok) throw new NotWhole(JSON.stringify(result.fault));
	return result.value;
}

/** The version as the joint rule looks at it. */
export function partsOf({
	manifest,
	shared,
	languages
}: Pick<Snapshot, 'manifest' | 'shared' | 'languages'>): VersionParts {
	const parts = [shared, ...languages.values()];
	return {
		packageId: manifest.manifest.id,
		version: manifest.manifest.version,
		sector: shared.part.sector,
		shared: shared.digest,
		languages: Object.fromEntries([...languages].map(([tag, { digest }]) => [tag, digest])),
		contributors: parts
			.flatMap(({ part }) => part.contributors)
			.map(({ name, expert }) => ({ name, registerId: expert }))
	};
}

/** A unit as learners see it, or null where the version does not have it. */
export async function pageOf(
	snapshot: Snapshot,
	language: string,
	unit: string,
	urls: UnitUrls
): Promise<UnitPage | null> {
	const part = snapshot.languages.get(language);
	if (!part) return null;
	const page = composeUnitPage(
		{
			...{ shared: snapshot.shared, language: part, languages: [...snapshot.languages.keys()], urls },
			files: { shared: await snapshot.files('shared'), language: await snapshot.files(language) },
			checked: 'online'
		},
		unit
	);
	return page.ok ? page.value : null;
}
