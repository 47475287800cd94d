/** Holds a package source to every rule of docs/spec/package-source.md, and gives back what can be built. */
import { MAX_PACKAGE_BYTES } from '../verify.ts';
import { checkItems, checkUnitKeys, type UnitSource } from './check-keys.ts';
import { checkLanguage } from './check-language.ts';
import { checkMedia } from './check-media.ts';
import { checkSounds } from './check-sounds.ts';
import { checkFigures, checkSimulations } from './check-drawings.ts';
import type { SourceFault } from './faults.ts';
import { SourceReader, type SourceFiles, type SourceJson } from './files.ts';
import { SourceLanguage, SourcePackage } from './schema.ts';

declare const checked: unique symbol;

/** A source without a fault: what `buildParts` takes. */
export interface CheckedSource {
	readonly [checked]: true;
	readonly package: SourcePackage;
	readonly languages: Readonly<Record<string, SourceLanguage>>;
	/** By media id, the unit that it belongs to: the first that shows it. */
	readonly mediaUnits: ReadonlyMap<string, string>;
	readonly files: SourceFiles;
}

/** Either a list of faults, in the order of files and lines, or a source that can be built. */
export type SourceCheck = { faults: SourceFault[]; source: null } | { faults: []; source: CheckedSource };

/** Checks a package source. `folder` is the name of its folder, where it has one, which is the package's id. */
export function checkSource(files: SourceFiles, folder?: string): SourceCheck {
	const reader = new SourceReader(files);
	const found = checkAll(reader, folder);
	const faults = inOrder(reader.faults);
	if (faults.length > 0 || !found) return { faults, source: null };
	return { faults: [], source: { ...found, files } as CheckedSource };
}

function checkAll(
	reader: SourceReader,
	folder?: string
): Omit<CheckedSource, typeof checked | 'files'> | null {
	checkSizes(reader);
	const json = reader.json('package.json', SourcePackage);
	if (!json) {
		if (!reader.files.has('package.json')) reader.report('source/missing-file', 'package.json', null);
		return null;
	}
	checkPackage(reader, json, folder);
	const units = json.value.modules.flatMap((module) => module.units);
	const keys = units.map((unit): UnitSource => checkUnitKeys(reader, json, unit));
	checkItems(reader, json, keys);
	const figures = checkFigures(reader);
	const languages: Record<string, SourceLanguage> = {};
	const order = [
		json.value.sourceLanguage,
		...json.value.languages.filter((tag) => tag !== json.value.sourceLanguage)
	];
	const mediaUnits = new Map<string, string>();
	const used = { figures: new Set<string>(), simulations: new Set<string>() };
	const context = { reader, package: json, units: keys, figures, mediaUnits, used, lessons: new Map() };
	for (const unit of keys) {
		if (unit.keys.media !== undefined && !mediaUnits.has(unit.keys.media))
			mediaUnits.set(unit.keys.media, unit.id);
		if (unit.keys.simulation !== undefined) used.simulations.add(unit.keys.simulation);
		for (const each of [...(unit.keys.practice?.steps ?? []), ...(unit.keys.quiz?.items ?? [])]) {
			if (each.figure !== undefined) used.figures.add(each.figure);
		}
	}
	for (const language of order) {
		const own = checkLanguage(context, language);
		if (own) languages[language] = own;
	}
	// Of a language that is not there, that has been said.
	const present = order.filter((language) => reader.files.has(`${language}/package.json`));
	checkSimulations(reader, present, used.simulations);
	checkMedia(reader, json.value, { present, languages, mediaUnits, figures });
	for (const media of mediaUnits.keys()) used.figures.add(media);
	checkSounds(reader, keys, languages, mediaUnits);
	for (const figure of figures.keys()) {
		if (used.figures.has(figure)) continue;
		const drawing = `shared/figures/${figure}.svg`;
		reader.report(
			'source/unused-file',
			reader.files.has(drawing) ? drawing : `shared/media/${figure}.webp`,
			null
		);
	}
	checkLeftOver(reader, json);
	return { package: json.value, languages, mediaUnits };
}

function checkSizes(reader: SourceReader): void {
	const bytes = [...reader.files].reduce(
		(sum, [path, file]) => sum + (/^(?:shared\/|[a-z]{2,3}[^/]*\/)/.test(path) ? file.length : 0),
		0
	);
	if (bytes > MAX_PACKAGE_BYTES) {
		reader.report('source/too-large', 'package.json', null, { bytes, limit: MAX_PACKAGE_BYTES });
	}
}

// SPDX identifiers of licences for works, as SRC-1 has them; a licence for code is no licence for a lesson.
const LICENCES =
	/^(?:CC0-1\.0|CC-BY(?:-NC)?(?:-SA|-ND)?-(?:3\.0(?:-IGO)?|4\.0)|GFDL-1\.3-(?:only|or-later)|LicenseRef-[A-Za-z0-9.-]+)$/;

function checkPackage(reader: SourceReader, json: SourceJson<SourcePackage>, folder?: string): void {
	const { id, licence, languages, sourceLanguage, modules } = json.value;
	if (folder !== undefined && id !== folder) reader.reportAt('source/wrong-id', json, ['id'], { id, folder });
	if (!LICENCES.test(licence)) reader.reportAt('source/no-licence', json, ['licence'], { licence });
	if (!languages.includes(sourceLanguage)) {
		reader.reportAt('source/missing-language', json, ['sourceLanguage'], { language: sourceLanguage });
	}
	const seen = new Set<string>();
	const once = (id: string, path: (string | number)[]) => {
		if (seen.has(id)) reader.reportAt('source/duplicate-id', json, path, { id });
		seen.add(id);
	};
	languages.forEach((tag, index) => once(`language ${tag}`, ['languages', index]));
	json.value.glossary.forEach((term, index) => once(`glossary ${term}`, ['glossary', index]));
	modules.forEach((module, at) => {
		once(`module ${module.id}`, ['modules', at]);
		module.units.forEach((unit, index) => once(`unit ${unit.id}`, ['modules', at, 'units', index]));
	});
	const units = modules.flatMap((module) => module.units).length;
	if (units > 200) reader.reportAt('source/too-large', json, ['modules'], { bytes: units, limit: 200 });
}

/** Files of `shared` and of the languages that no rule asked for. Other folders are the authors' own. */
function checkLeftOver(reader: SourceReader, json: SourceJson<SourcePackage>): void {
	const { languages } = json.value;
	const undeclared = new Set<string>();
	for (const path of reader.files.keys()) {
		const folder = path.includes('/') ? path.split('/')[0]! : '';
		if (languages.includes(folder) || folder === 'shared') {
			if (!reader.asked.has(path)) reader.report('source/unknown-file', path, null);
		} else if (path === `${folder}/package.json`) undeclared.add(folder);
	}
	for (const language of undeclared) {
		reader.reportAt('source/undeclared-language', json, ['languages'], { language });
	}
}

const inOrder = (faults: readonly SourceFault[]): SourceFault[] =>
	[...faults].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : (a.line ?? 0) - (b.line ?? 0)));
