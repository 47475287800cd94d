/** A unit of a draft as its page will show it, however much of it is still missing: for the preview, never stored. */
import { unitKeysOf, unitWordsOf } from '../../../core/drafts/compile-unit.ts';
import type { Draft, DraftFile } from '../../../core/drafts/draft.ts';
import { stepClips, usedFiles } from '../../../core/drafts/used.ts';
import { courseWords, fileWords, own, unitWords } from '../../../core/drafts/words.ts';
import type { PracticeKey, PracticeWords, UnitKeys, UnitWords } from '../../../core/lessons/content.ts';
import { figureSize, fillFigure } from '../../../core/lessons/figure.ts';
import { parseLesson } from '../../../core/lessons/parse.ts';
import type { FigureView, UnitPage, VideoView } from '../../../core/lessons/unit-page.ts';
import type { Found } from '../file-urls.svelte.ts';

/** What is found of a file, null where its bytes are not here (yet). */
type FoundOf = (file: string) => Found | null;

/** Null where the draft has no such unit. */
export function previewPage(draft: Draft, id: string, language: string, foundOf: FoundOf): UnitPage | null {
	const at = draft.units.findIndex((unit) => unit.id === id);
	const unit = draft.units[at];
	if (!unit) return null;
	const words = unitWords(unit, language);
	const keys = (unitKeysOf(unit, usedFiles(draft, [language])) ?? {}) as UnitKeys;
	const texts = (unitWordsOf(unit, language) ?? {}) as UnitWords;
	const clips = stepClips(draft, unit).map((clip) => `![](video:${clip})`);
	const link = (index: number) => {
		const other = draft.units[index];
		return other ? { id: other.id, title: unitWords(other, language).title } : null;
	};
	return {
		checked: 'this-phone',
		package: {
			id: draft.package,
			version: draft.version,
			title: courseWords(draft, language).title,
			sector: draft.sector
		},
		sharedPart: '0'.repeat(64),
		languagePart: '0'.repeat(64),
		unit: {
			id,
			kind: unit.kind,
			title: words.title,
			summary: words.summary,
			minutes: unit.minutes,
			number: at + 1,
			of: draft.units.length
		},
		previous: link(at - 1),
		next: link(at + 1),
		contentLanguage: language,
		languages: draft.languages,
		translation:
			language === draft.languages[0]
				? 'source'
				: (own(draft.translations, language) ?? 'drafted-by-machine'),
		contributors: draft.contributors,
		checkers: [],
		blocks: parseLesson([words.text, ...clips].join('\n\n')).blocks,
		...mediaOf(draft, language, foundOf),
		glossary: {},
		practice: keys.practice && texts.practice ? practiceOf(keys.practice, texts.practice) : null,
		simulation: null,
		mainVideo: null,
		quiz: keys.quiz ? quizOf(keys.quiz, texts.quiz ?? {}) : null
	};
}

/** What a stored unit leaves out is put in when it is read; here nothing is read. */
const practiceOf = (key: PracticeKey, words: PracticeWords): NonNullable<UnitPage['practice']> => ({
	key: { ...key, steps: key.steps.map((step) => ({ ...step, tools: step.tools ?? [] })) },
	words
});

function quizOf(
	{ items, ...rule }: NonNullable<UnitKeys['quiz']>,
	words: NonNullable<UnitWords['quiz']>
): UnitPage['quiz'] {
	return { rule, items: items.map((key) => ({ key, words: own(words, key.id) ?? { prompt: '' } })) };
}

function mediaOf(draft: Draft, language: string, foundOf: FoundOf): Pick<UnitPage, 'figures' | 'videos'> {
	const figures: Record<string, FigureView> = {};
	const videos: Record<string, VideoView> = {};
	for (const file of draft.files) {
		const found = foundOf(file.id);
		if (!found) continue;
		if (found.svg !== null) figures[file.id] = drawing(file, language, found.svg);
		else if (file.role === 'picture') figures[file.id] = photo(file, language, found.url);
		else videos[file.id] = video(file, language, found.url);
	}
	return { figures, videos };
}

function photo(file: DraftFile, language: string, url: string): FigureView {
	const { alt, caption } = fileWords(file, language);
	const { width, height, size } = file;
	return {
		...{ svg: null, url, size, here: true, alt },
		width: width ?? 4,
		height: height ?? 3,
		caption: caption || null
	};
}

function drawing(file: DraftFile, language: string, svg: string): FigureView {
	const { alt, caption, labels } = fileWords(file, language);
	return {
		svg: fillFigure(svg, labels ?? {}, language),
		...(figureSize(svg) ?? { width: file.width ?? 4, height: file.height ?? 3 }),
		alt,
		caption: caption || null
	};
}

function video(file: DraftFile, language: string, url: string): VideoView {
	return {
		id: file.id,
		poster: null,
		variants: [
			{
				variant: file.role === 'sound' ? 'audio' : '360p',
				url,
				mediaType: file.mediaType,
				size: file.size,
				here: true
			}
		],
		captions: null,
		transcript: parseLesson(fileWords(file, language).said).blocks
	};
}
