/** What is still to be fetched for a choice of languages and tier, to the byte, and in which order (PKG-52 to PKG-55). */
import { TIERS } from '../base/vocabulary.ts';
import { chunksOf, type Chunk } from './chunks.ts';
import type { BlobFile, LanguagePart, SharedPart } from './manifest.ts';
import { inChoice, type Based, type MediaChoice, type WireSizes } from './tiers.ts';

export interface Choice extends MediaChoice {
	languages: readonly string[];
}

/** What a device holds and has verified: digests of packs, and of single chunks. */
export interface Have {
	packs: ReadonlySet<string>;
	chunks: ReadonlySet<string>;
	/** By pack that is to come, the base of those above with which it costs least. */
	based?: Readonly<Record<string, Based>>;
}

interface PlannedPack {
	/** `shared`, or the language. */
	part: string;
	/** Digest and uncompressed bytes of the pack. */
	pack: string;
	size: number;
	/** Bytes of its frame on the wire. */
	frame: number;
	/** The pack that the device has and its frame is made with, or null. */
	base: string | null;
}

export interface PlannedBlob {
	/** `shared`, or the language. */
	part: string;
	file: BlobFile;
	/** Chunks that are not stored yet, in order. */
	missing: Chunk[];
	/** Bytes of these chunks. */
	bytes: number;
}

export interface Plan {
	packs: PlannedPack[];
	blobs: PlannedBlob[];
	/** Bytes to fetch: frames and chunks. */
	bytes: number;
	/** Bytes of the whole choice, with what is stored already. */
	total: number;
	/** False where a frame's size is not known; its pack's size stands in, which is more. */
	exact: boolean;
}

/** The parts of a version as they have been verified; languages that were not asked for need not be there. */
export interface PlannedParts {
	shared: { part: SharedPart };
	languages: Readonly<Record<string, { part: LanguagePart }>>;
}

/**
 * Plans a download. Packs come first (with them every unit can be read), then media tier by tier, units in their
 * order, so that what is learned first is here first. A chunk that two blobs share is fetched once. Languages that
 * `parts` does not have are left out.
 */
export function planDownload(parts: PlannedParts, have: Have, choice: Choice, wire: WireSizes): Plan {
	const chosen = partsOf(parts, choice.languages);
	const plan: Plan = { packs: [], blobs: [], bytes: 0, total: 0, exact: true };
	for (const [name, part] of chosen) {
		const frame = wire.of[part.pack.digest];
		plan.exact &&= frame !== undefined;
		const alone = frame ?? part.pack.size;
		const found = have.based?.[part.pack.digest];
		const based = found && have.packs.has(found.base) && found.size < alone ? found : null;
		const isHere = have.packs.has(part.pack.digest);
		const bytes = based && !isHere ? based.size : alone;
		plan.total += bytes;
		if (isHere) continue;
		plan.bytes += bytes;
		plan.packs.push({
			part: name,
			pack: part.pack.digest,
			size: part.pack.size,
			frame: bytes,
			base: based?.base ?? null
		});
	}
	const seen = new Set<string>();
	for (const { part, file } of inOrder(chosen, parts.shared.part, choice)) {
		const chunks = chunksOf(file).filter((chunk) => !seen.has(chunk.digest) && seen.add(chunk.digest));
		const missing = chunks.filter((chunk) => !have.chunks.has(chunk.digest));
		const bytes = lengthOf(missing);
		plan.total += lengthOf(chunks);
		plan.bytes += bytes;
		if (missing.length > 0) plan.blobs.push({ part, file, missing, bytes });
	}
	return plan;
}

const lengthOf = (chunks: readonly Chunk[]) => chunks.reduce((sum, chunk) => sum + chunk.length, 0);

function partsOf(parts: PlannedParts, languages: readonly string[]): [string, SharedPart | LanguagePart][] {
	const chosen: [string, SharedPart | LanguagePart][] = [['shared', parts.shared.part]];
	for (const language of new Set(languages)) {
		if (Object.hasOwn(parts.languages, language)) {
			chosen.push([language, parts.languages[language]!.part]);
		}
	}
	return chosen;
}

function inOrder(chosen: [string, SharedPart | LanguagePart][], shared: SharedPart, choice: Choice) {
	const units = shared.modules.flatMap((module) => module.units.map((unit) => unit.id));
	const place = (file: BlobFile) => (file.unit === undefined ? units.length : units.indexOf(file.unit));
	return chosen
		.flatMap(([part, { files }]) => files.map((file) => ({ part, file })))
		.filter(({ file }) => inChoice(file, choice))
		.sort((a, b) => TIERS.indexOf(a.file.tier) - TIERS.indexOf(b.file.tier) || place(a.file) - place(b.file));
}
