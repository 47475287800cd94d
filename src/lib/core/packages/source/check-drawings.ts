/** Figures, photos and simulations of the shared part (SRC-8, SRC-9, SRC-13). */
import { SimulationWords } from '../../lessons/content.ts';
import { figureKeys } from '../../lessons/figure.ts';
import { checkSimulation } from '../../lessons/simulation-check.ts';
import { checkFigure } from '../../lessons/svg-check.ts';
import type { SourceReader } from './files.ts';
import { checkPicture } from './picture.ts';

/** Keys of words by figure. */
export type Figures = ReadonlyMap<string, readonly string[]>;

export const MAX_PICTURE_BYTES = 400 * 1024;

/** Checks every drawing and photo and says which words each asks for. */
export function checkFigures(reader: SourceReader): Figures {
	const figures = new Map<string, readonly string[]>();
	for (const id of idsIn(reader, 'shared/figures', 'svg')) {
		const file = `shared/figures/${id}.svg`;
		const svg = reader.text(file);
		if (svg === null) continue;
		for (const { code, line, params } of checkFigure(svg)) reader.report(code, file, line, params);
		figures.set(id, figureKeys(svg));
	}
	for (const id of idsIn(reader, 'shared/media', 'webp')) {
		const file = `shared/media/${id}.webp`;
		const bytes = reader.bytes(file)!;
		const fault = checkPicture(bytes);
		if (fault) reader.report(fault, file, null, { media: id });
		if (bytes.length > MAX_PICTURE_BYTES)
			reader.report('source/too-large', file, null, { bytes: bytes.length, limit: MAX_PICTURE_BYTES });
		if (figures.has(id)) reader.report('source/duplicate-id', file, null, { id });
		figures.set(id, []);
	}
	return figures;
}

/** Checks simulations, and that each language has the words that the first one has. */
export function checkSimulations(
	reader: SourceReader,
	languages: readonly string[],
	used: ReadonlySet<string>
): void {
	for (const id of idsIn(reader, 'shared/sims', 'html')) {
		const file = `shared/sims/${id}.html`;
		const html = reader.text(file);
		if (html === null) continue;
		if (!used.has(id)) reader.report('source/unused-file', file, null);
		for (const { code, line, params } of checkSimulation(html)) reader.report(code, file, line, params);
		let source: string[] | null = null;
		for (const language of languages) {
			const path = `${language}/sims/${id}.json`;
			const json = reader.json(path, SimulationWords);
			if (!json) {
				if (!reader.files.has(path)) reader.report('source/missing-file', path, null);
				continue;
			}
			const keys = Object.keys(json.value.words);
			source ??= keys;
			for (const key of source) {
				if (!keys.includes(key))
					reader.reportAt('source/missing-words', json, ['words'], { id: key, language });
			}
			for (const key of keys) {
				if (!source.includes(key)) {
					reader.reportAt('source/extra-words', json, ['words', key], { id: key, language });
				}
			}
		}
	}
}

/** Ids of the files of one ending in a folder, in order. */
function idsIn(reader: SourceReader, folder: string, ending: string): string[] {
	return [...reader.files.keys()]
		.filter((path) => path.startsWith(`${folder}/`) && path.endsWith(`.${ending}`))
		.map((path) => path.slice(folder.length + 1, -ending.length - 1))
		.filter((id) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id))
		.sort();
}
