/** Pages of what is stored, composed like the server's out of the same parts, and checked by this phone (DEV-31). */
import { fail, ok, type Result } from '../../core/base/result.ts';
import type { UnitPage } from '../../core/lessons/unit-page.ts';
import { composeCard, composePackagePage } from '../../core/packages/page.ts';
import { tierBytes, type WireSizes } from '../../core/packages/tiers.ts';
import type { LibraryPage, PackageCard, PackagePage } from '../../core/protocol/library.ts';
import { saidOf } from '../../core/trust/recall.ts';
import { read, readAll } from '../db/reader.ts';
import { storing } from '../db/storing.ts';
import type { InstallRow } from '../db/rows.ts';
import type { SaveFault } from '../faults.ts';
import { composeStored } from './composed.ts';
import { keepSimulation } from './keep-simulation.ts';
import { installsOf, openLanguage, standingOf, type OpenedLanguage, type Standing } from './open-language.ts';

/** The interface's language, and the one that the address asks for. */
export interface Asked {
	language: string;
	content?: string | null | undefined;
}

/** Whether anything of a package opens from this phone. One small read. */
export async function isStored(id: string): Promise<boolean> {
	const installs = await installsOf(id);
	return installs.ok && installs.value.length > 0;
}

/** Every package that opens from this phone; one that does not (recalled, damaged) is left out. */
export async function readLibrary(asked: Asked): Promise<Result<LibraryPage, SaveFault>> {
	const rows = await storing(() => readAll('packages'));
	if (!rows.ok) return rows;
	const packages: PackageCard[] = [];
	for (const { id, wire } of rows.value.sort((a, b) => a.added - b.added)) {
		const installs = await installsOf(id);
		if (!installs.ok) return installs;
		const opened = await openFitting(installs.value, asked);
		if (!opened?.ok) continue;
		const { manifest, shared, part } = opened.value;
		packages.push(
			composeCard({
				...{ shared, language: part },
				languages: installs.value.map(({ language }) => language),
				bytes: tierBytes(manifest.digest, shared, part, wire)
			})
		);
	}
	return ok({ checked: 'this-phone', packages });
}

/** A package's page with the languages that are stored. `library/not-saved`: none is. */
export async function readPackage(asked: Asked, id: string): Promise<Result<PackagePage, SaveFault>> {
	const installs = await installsOf(id);
	if (!installs.ok) return installs;
	const opened = await openFitting(installs.value, asked);
	if (!opened) return fail('library/not-saved', { id });
	if (!opened.ok) return opened;
	const { manifest, shared, part, seal } = opened.value;
	const wire = (await read('packages', id))?.wire ?? NO_WIRE;
	const translations = [];
	for (const install of installs.value) {
		const other = await openLanguage(install);
		if (!other.ok) continue;
		const bytes = tierBytes(install.manifest, other.value.shared, other.value.part, wire);
		translations.push({ part: other.value.part, bytes });
	}
	const source = { manifest, shared, language: part, translations, approval: seal };
	return ok(composePackagePage({ ...source, checked: 'this-phone' }));
}

/** One unit. `library/not-saved`: the package is not here; `trust/recalled`: this unit was called back. */
export async function readUnit(asked: Asked, id: string, unit: string): Promise<Result<UnitPage, SaveFault>> {
	// Asked for together: on a slow phone each answer of the store is a wait of its own.
	const [standing, media] = [standingOf(id), mediaHere()];
	media.catch(() => undefined);
	const installs = await installsOf(id);
	if (!installs.ok) return installs;
	const opened = await openFitting(installs.value, asked, standing);
	if (!opened) return fail('library/not-saved', { id });
	if (!opened.ok) return opened;
	const { recalls, files } = opened.value;
	const recall = recalls.find(({ units }) => units?.includes(unit));
	if (recall) return fail('trust/recalled', saidOf(recall));
	const [packs, here] = await Promise.all([files(), media]);
	if (!packs.ok) return packs;
	const languages = installs.value.map(({ language }) => language);
	const page = composeStored({ opened: opened.value, files: packs.value, languages, here }, unit);
	if (page.ok && page.value.simulation) {
		const { simulation, contentLanguage } = page.value;
		// The text does not wait for it; the frame asks for it after a tap.
		void keepSimulation(simulation.url, { id: simulation.id, language: contentLanguage }, packs.value);
	}
	return page;
}

const NO_WIRE: WireSizes = { of: {}, statements: 0 };

/** The language asked for, else the interface's, else the package's own, else the first that opens. Null: none is stored. */
async function openFitting(
	installs: readonly InstallRow[],
	{ content, language }: Asked,
	standing?: Promise<Standing>
): Promise<Result<OpenedLanguage, SaveFault> | null> {
	const wanted = [content, language].flatMap((tag) => installs.find((each) => each.language === tag) ?? []);
	const first = wanted[0] ?? installs[0];
	if (!first) return null;
	const opened = await openLanguage(first, standing);
	if (wanted.length > 0) return opened;
	const source = opened.ok ? opened.value.shared.part.sourceLanguage : null;
	const own = installs.find((each) => each.language === source);
	return own && own !== first ? openLanguage(own, standing) : opened;
}

async function mediaHere(): Promise<Set<string>> {
	const rows = await readAll('media');
	return new Set(rows.flatMap(({ here, digest }) => (here ? digest : [])));
}
