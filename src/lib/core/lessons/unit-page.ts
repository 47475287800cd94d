/** One unit as its page shows it, composed of the parts of a package by `compose.ts`, on server and phone alike. */
import type { Block } from './blocks.ts';
import type { Contributor } from '../base/contributor.ts';
import type { Sector, TranslationState, UnitKind } from '../base/vocabulary.ts';
import type { ItemKey, ItemWords, PracticeKey, PracticeWords, QuizKey } from './content.ts';

export interface UnitPage {
	checked: 'online' | 'this-phone';
	package: { id: string; version: string; title: string; sector: Sector };
	/** SHA-256 of the shared part: what an answer was given to, so that it can be scored again. */
	sharedPart: string;
	/** SHA-256 of the language part: what a mark is about. */
	languagePart: string;
	unit: {
		id: string;
		kind: UnitKind;
		title: string;
		summary: string;
		minutes: number;
		number: number;
		of: number;
	};
	previous: UnitLink | null;
	next: UnitLink | null;
	contentLanguage: string;
	/** Languages that this package has (on the phone: those that are stored). */
	languages: string[];
	translation: TranslationState;
	contributors: Contributor[];
	/** Who checked and signed it, with their party and its country. */
	checkers: { name: string; party: string; country: string | null }[];
	blocks: Block[];
	figures: Record<string, FigureView>;
	videos: Record<string, VideoView>;
	glossary: Record<string, { term: string; meaning: string }>;
	practice: { key: PracticeKey; words: PracticeWords } | null;
	simulation: { id: string; title: string; intro: string; textInstead: string; url: string } | null;
	/** The video that a unit of kind `media` is about. */
	mainVideo: string | null;
	quiz: { rule: Omit<QuizKey, 'items'>; items: { key: ItemKey; words: ItemWords }[] } | null;
}

export interface UnitLink {
	id: string;
	title: string;
}

export type FigureView = (Drawing | Photo) & {
	/** Width over height of the viewBox, so that the page keeps its place while it loads. */
	width: number;
	height: number;
	alt: string;
	caption: string | null;
};

interface Drawing {
	/** The drawing with its words put in, safe only as the source of an `<img>` (`figureSource`). */
	svg: string;
}

interface Photo {
	svg: null;
	url: string;
	size: number;
	/** Whether it is whole on this phone. */
	here: boolean;
}

export interface VideoView {
	id: string;
	/** Id of the figure that stands for it (in the page's `figures`), drawn by `figureSource`. */
	poster: string | null;
	variants: {
		variant: '360p' | '144p' | 'audio';
		url: string;
		mediaType: string;
		size: number;
		here: boolean;
	}[];
	captions: { language: string; vtt: string } | null;
	transcript: Block[];
}
