/** What a run is after: the checked languages of a choice, the rows that would open them, and what is still missing. */
import { planDownload, type Have, type Plan, type PlannedBlob } from '../../core/packages/plan.ts';
import { inChoice, type Based, type WireSizes } from '../../core/packages/tiers.ts';
import type { BlobFile } from '../../core/packages/manifest.ts';
import type { VerifiedLanguagePart, VerifiedSharedPart } from '../../core/packages/verify.ts';
import type { Databases } from '../db/schema.ts';
import type { ChoiceRow, InstallRow, MediaRow } from '../db/rows.ts';
import type { CheckedLanguage } from './check.ts';
import { frameName } from './frames.ts';
import { partialLength } from './partial.ts';

export const installOf = ({ wanted, manifest, shared, part }: CheckedLanguage): InstallRow => ({
	package: wanted.package,
	language: wanted.language,
	version: manifest.manifest.version,
	manifest: manifest.digest,
	shared: shared.digest,
	part: part.digest,
	packs: { shared: shared.part.pack.digest, part: part.part.pack.digest },
	statements: wanted.statements
});

/** Media files of a choice, each once. */
export function filesOf(languages: readonly CheckedLanguage[], choice: ChoiceRow): BlobFile[] {
	const files = languages.flatMap(({ shared, part }) => [...shared.part.files, ...part.part.files]);
	return [
		...new Map(files.filter((file) => inChoice(file, choice)).map((file) => [file.digest, file])).values()
	];
}

export const mediaRowOf = ({ digest, size, mediaType, chunks }: BlobFile): MediaRow => ({
	...{ digest, size, mediaType, chunks },
	here: false
});

export interface Missing {
	/** Parts whose pack is not here, each once. */
	packs: { part: VerifiedSharedPart | VerifiedLanguagePart; base: string | null }[];
	blobs: PlannedBlob[];
	done: number;
	total: number;
	exact: boolean;
}

/** What a choice still lacks. Languages may stand at different versions: each manifest is planned by itself. */
export async function findMissing(
	{ safe, media }: Databases,
	languages: readonly CheckedLanguage[],
	choice: ChoiceRow,
	wire: WireSizes,
	based: Record<string, Based> = {}
): Promise<Missing> {
	const packs = new Map<string, VerifiedSharedPart | VerifiedLanguagePart>();
	for (const { shared, part } of languages) {
		packs.set(shared.part.pack.digest, shared).set(part.part.pack.digest, part);
	}
	const digests = filesOf(languages, choice).flatMap((file) => file.chunks);
	const have = {
		packs: new Set(
			await safe.blobs
				.where('digest')
				.anyOf([...packs.keys(), ...Object.values(based).map(({ base }) => base)])
				.primaryKeys()
		),
		chunks: new Set(await media.chunks.where('digest').anyOf(digests).primaryKeys())
	};
	const known = { ...have, based };
	const missing: Missing = { packs: [], blobs: [], done: 0, total: 0, exact: true };
	const seen = new Set<string>();
	for (const plan of plansOf(languages, choice, known, wire)) {
		missing.total += plan.total;
		missing.done += plan.total - plan.bytes;
		missing.exact &&= plan.exact;
		for (const { pack, base } of plan.packs) {
			if (!seen.has(pack)) missing.packs.push({ part: packs.get(pack)!, base });
		}
		plan.packs.forEach(({ pack }) => seen.add(pack));
		for (const blob of plan.blobs) {
			const chunks = blob.missing.filter(({ digest }) => !seen.has(digest));
			chunks.forEach(({ digest }) => seen.add(digest));
			if (chunks.length > 0) missing.blobs.push({ ...blob, missing: chunks });
		}
	}
	missing.done += await partialLength(media, [
		...missing.packs.map(({ part, base }) => frameName(part.part.pack.digest, base)),
		...missing.blobs.flatMap((blob) => blob.missing.map(({ digest }) => digest))
	]);
	return missing;
}

function plansOf(
	languages: readonly CheckedLanguage[],
	choice: ChoiceRow,
	have: Have,
	wire: WireSizes
): Plan[] {
	const manifests = new Set(languages.map(({ manifest }) => manifest.digest));
	return [...manifests].map((digest) => {
		const group = languages.filter(({ manifest }) => manifest.digest === digest);
		const parts = Object.fromEntries(group.map(({ wanted, part }) => [wanted.language, part]));
		const chosen = { ...choice, languages: group.map(({ wanted }) => wanted.language) };
		return planDownload({ shared: group[0]!.shared, languages: parts }, have, chosen, wire);
	});
}
