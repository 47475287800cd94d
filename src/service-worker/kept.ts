/** What of the app is kept when: for everyone at once, or from its first use on. Read by the worker and by the build. */

/** Words of one language, kept when that language is first used. */
export const WORDS = /\/immutable\/words\/([\w-]+)\.[^/]+$/;
/** What draws and checks lessons: kept as soon as a package is looked at, so that a first visit is not its price. */
export const LESSONS =
	/\/immutable\/(?:chunks|assets)\/(?:reader|marks|open|save|device|quiz|ed25519)\.[^/]+$/;
/** Words of pages that no first lesson leads through: kept with lessons, in the languages that are read. */
export const LATER_WORDS = /\/immutable\/later-words\/([\w-]+)\.[^/]+$/;
/** What authors and the committee use, and their words: kept from its first use on, never part of a student's visit. */
const WORK = /\/immutable\/(?:work-words\/|(?:chunks|assets|nodes)\/work)/;
export const WORK_WORDS = /\/immutable\/work-words\/([\w-]+)\.[^/]+$/;
export const AREAS = ['teach', 'review', 'people'] as const;
/** What one kind of work needs whole, besides words: its own files and those that all work shares. */
export const workOf = (area: (typeof AREAS)[number]): RegExp =>
	new RegExp(`/immutable/(?:chunks|assets|nodes)/work(?:-${area}(?:-\\d+)?)?\\.[^/]+$`);
/** What reads recordings: kept when somebody first records, or asks for it, since it is as large as all else of authoring. */
const RECORDER = /\/immutable\/chunks\/work-recorder\.[^/]+$/;
/** Fonts come when the phone lacks the script and the person agreed to their bytes. */
const FONTS = /\.woff2?$/;

/** Whether a file of the build is kept for every student from the first visit on. */
export const isForEveryone = (url: string): boolean =>
	![WORDS, LATER_WORDS, LESSONS, WORK, FONTS].some((some) => some.test(url));

/** Cache of parts of the app that a page loaded and that are not kept for everyone: words of a language, say. */
export const LOADED = 'setara-loaded';

/** What of a new release a phone needs besides, by the paths that it has of the one before (DEV-52). */
export function isUsedAgain(had: readonly string[]): (url: string) => boolean {
	const read = new Set(had.map((url) => WORDS.exec(url)?.[1]));
	const worked = new Set(had.map((url) => WORK_WORDS.exec(url)?.[1]));
	const hasLessons = had.some((url) => LESSONS.test(url));
	const whole = [LESSONS, RECORDER, ...AREAS.map(workOf)].filter((used) => had.some((url) => used.test(url)));
	return (url) =>
		read.has(WORDS.exec(url)?.[1] ?? '') ||
		(hasLessons && read.has(LATER_WORDS.exec(url)?.[1] ?? '')) ||
		worked.has(WORK_WORDS.exec(url)?.[1] ?? '') ||
		whole.some((used) => used.test(url));
}

export const SHELL = '/shell';
/** Kept with it, under their own names. */
export const BESIDES = [SHELL, '/early.js', '/icon.svg', '/manifest.webmanifest'];
