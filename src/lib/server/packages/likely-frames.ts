/** Which frames with a base phones are likely to ask for once a version is out (PCK-25). */
import type { FrameKey } from './frame-table.ts';

/** A part's pack; the language of the shared part is ''. */
export interface PackOf {
	language: string;
	pack: string;
	packSize: number;
}

/**
 * What is worked through for one version, bases and packs together: a quarter of a minute of one core where the bench
 * was measured (5 MB/s), a minute or two on a small board. What is beyond is made when it is asked for.
 */
const MOST_WORK = 64 * 1024 * 1024;
/** Other packages of a language that are taken as bases: the largest have the most words in common with a new one. */
const NEIGHBOURS = 3;

/**
 * The likely frames of a version, the likeliest first: each part with itself in the version before (phones that
 * update), each language with the largest other packages in it (phones that have those), then with the other languages
 * of the version (phones that add one).
 * @param others packs of other packages that are in force
 */
export function likelyFrames(
	version: readonly PackOf[],
	before: readonly PackOf[],
	others: readonly PackOf[],
	mostWork = MOST_WORK
): FrameKey[] {
	const languages = version.filter(({ language }) => language !== '');
	const likely = [
		...version.flatMap((part) => pairsOf(part, inLanguage(before, part.language))),
		...languages.flatMap((part) => pairsOf(part, largest(inLanguage(others, part.language)))),
		...languages.flatMap((part) => pairsOf(part, languages))
	];
	const frames: FrameKey[] = [];
	let work = 0;
	for (const { base, part } of likely) {
		work += base.packSize + part.packSize;
		if (work > mostWork) break;
		frames.push({ base: base.pack, pack: part.pack });
	}
	return frames;
}

const pairsOf = (part: PackOf, bases: readonly PackOf[]) =>
	bases.filter(({ pack }) => pack !== part.pack).map((base) => ({ base, part }));

const inLanguage = (packs: readonly PackOf[], language: string): PackOf[] =>
	packs.filter((each) => each.language === language);

const largest = (packs: readonly PackOf[]): PackOf[] =>
	[...packs].sort((a, b) => b.packSize - a.packSize || (a.pack < b.pack ? -1 : 1)).slice(0, NEIGHBOURS);
