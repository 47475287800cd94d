/** One unit's page out of the verified parts and packs of a package, the same on the server and on the phone. */
import * as v from 'valibot';
import { fail, ok, type Fault, type Result } from '../base/result.ts';
import type { BlobFile } from '../packages/manifest.ts';
import type { PackFiles } from '../packages/pack.ts';
import type { VerifiedLanguagePart, VerifiedSharedPart } from '../packages/verify.ts';
import type { Block } from './blocks.ts';
import { contributorsOf } from './contributors.ts';
import { FigureWords, GlossaryWords, SimulationWords, UnitKeys, UnitWords } from './content.ts';
import { figureSize, fillFigure } from './figure.ts';
import { parseLesson } from './parse.ts';
import type { FigureView, UnitLink, UnitPage, VideoView } from './unit-page.ts';
import { figuresIn, termsIn, videosIn } from './walk.ts';

export interface UnitSource {
	shared: VerifiedSharedPart;
	language: VerifiedLanguagePart;
	/** Files of the two packs. */
	files: { shared: PackFiles; language: PackFiles };
	/** Languages that can be switched to. */
	languages: string[];
	checked: UnitPage['checked'];
	/** Who signed these parts; nobody where that is not known (a draft, a submission). */
	checkers?: UnitPage['checkers'];
	urls: UnitUrls;
}

/** Where media and simulations are found; whether a file is whole on this phone. */
export interface UnitUrls {
	media(file: BlobFile): { url: string; here: boolean };
	simulation(simulation: string, language: string): string;
}

/** `lesson/not-found`: the package has no such unit. `lesson/bad-content`: a file is missing or malformed. */
export type ComposeFault = Fault<'lesson/not-found' | 'lesson/bad-content'>;

/** Composes the page of one unit. Everything that it needs comes in; nothing is fetched. */
export function composeUnitPage(source: UnitSource, unit: string): Result<UnitPage, ComposeFault> {
	const { shared, language } = source;
	const units = shared.part.modules.flatMap((module) => module.units);
	const at = units.findIndex((each) => each.id === unit);
	const entry = units[at];
	if (!entry) return fail('lesson/not-found', { unit });
	try {
		const content = new UnitContent(source, unit);
		const words = language.part.units[unit]!;
		const link = (index: number): UnitLink | null => {
			const id = units[index]?.id;
			return id === undefined ? null : { id, title: language.part.units[id]!.title };
		};
		return ok({
			checked: source.checked,
			package: {
				id: shared.part.package,
				version: shared.version,
				title: language.part.title,
				sector: shared.part.sector
			},
			sharedPart: shared.digest,
			languagePart: language.digest,
			unit: { ...entry, ...words, number: at + 1, of: units.length },
			previous: link(at - 1),
			next: link(at + 1),
			contentLanguage: language.part.language,
			languages: source.languages,
			translation: language.part.translation.status,
			contributors: contributorsOf(language.part, shared.part),
			checkers: source.checkers ?? [],
			...content.page()
		});
	} catch (error) {
		if (error instanceof ContentError) return fail('lesson/bad-content', { path: error.path });
		throw error;
	}
}

class ContentError extends Error {
	readonly path: string;
	constructor(path: string) {
		super(path);
		this.path = path;
	}
}

type Content = Pick<
	UnitPage,
	'blocks' | 'figures' | 'videos' | 'glossary' | 'practice' | 'simulation' | 'mainVideo' | 'quiz'
>;

class UnitContent {
	readonly source: UnitSource;
	readonly unit: string;
	readonly keys: UnitKeys;
	readonly words: UnitWords;
	readonly blocks: Block[];

	constructor(source: UnitSource, unit: string) {
		this.source = source;
		this.unit = unit;
		const { shared, language } = source.files;
		this.keys = read(shared, `units/${unit}.json`, UnitKeys) ?? {};
		this.words = read(language, `units/${unit}.json`, UnitWords) ?? {};
		this.blocks = parseLesson(language.text(`units/${unit}.md`) ?? missing(`units/${unit}.md`)).blocks;
	}

	page(): Content {
		const { keys, words, blocks } = this;
		const videos = videosIn(blocks);
		if (keys.media !== undefined) videos.add(keys.media);
		const sounds = (keys.practice?.steps ?? []).flatMap(({ sound }) => sound ?? []);
		const figures = figuresIn(blocks);
		for (const video of videos) if (this.hasFigure(video)) figures.add(video);
		for (const each of [...(keys.practice?.steps ?? []), ...(keys.quiz?.items ?? [])]) {
			if (each.figure !== undefined) figures.add(each.figure);
		}
		return {
			blocks,
			figures: this.figures(figures),
			videos: Object.fromEntries([
				...[...videos].map((id) => [id, this.video(id)] as const),
				// A language may lack what another says beside a step.
				...sounds.map((id) => [id, this.video(id)] as const).filter(([, { variants }]) => variants.length > 0)
			]),
			glossary: this.glossary(),
			practice: keys.practice ? { key: keys.practice, words: words.practice ?? this.noWords() } : null,
			simulation: keys.simulation === undefined ? null : this.simulation(keys.simulation),
			mainVideo: keys.media ?? null,
			quiz: this.quiz()
		};
	}

	private quiz(): UnitPage['quiz'] {
		if (!this.keys.quiz) return null;
		const { items, ...rule } = this.keys.quiz;
		const words = this.words.quiz ?? {};
		return {
			rule,
			items: items.map((key) => ({
				key,
				words: Object.hasOwn(words, key.id) ? words[key.id]! : this.noWords()
			}))
		};
	}

	private hasFigure(id: string): boolean {
		return this.source.files.shared.bytes(`figures/${id}.svg`) !== null || this.photo(id) !== undefined;
	}

	private photo(id: string): BlobFile | undefined {
		return this.source.shared.part.files.find((file) => file.media === id && file.role === 'picture');
	}

	private figures(ids: ReadonlySet<string>): Record<string, FigureView> {
		if (ids.size === 0) return {};
		const { shared, language } = this.source.files;
		const all = read(language, 'figures.json', FigureWords) ?? missing('figures.json');
		const view = (id: string): FigureView => {
			const words = Object.hasOwn(all, id) ? all[id]! : missing('figures.json');
			const said = { alt: words.alt, caption: words.caption ?? null };
			const photo = this.photo(id);
			if (photo) {
				const { width = 4, height = 3, size } = photo;
				return { svg: null, ...this.source.urls.media(photo), size, width, height, ...said };
			}
			const svg = shared.text(`figures/${id}.svg`) ?? missing(`figures/${id}.svg`);
			const size = figureSize(svg) ?? missing(`figures/${id}.svg`);
			const filled = fillFigure(svg, words.words, this.source.language.part.language);
			return { svg: filled, ...size, ...said };
		};
		return Object.fromEntries([...ids].map((id) => [id, view(id)]));
	}

	private video(id: string): VideoView {
		const { shared, language, files, urls } = this.source;
		const media = [...shared.part.files, ...language.part.files].filter(
			(file) => file.media === id && (file.role === 'video' || file.role === 'audio')
		);
		const vtt = files.language.text(`media/${id}.vtt`);
		return {
			id,
			poster: this.hasFigure(id) ? id : null,
			variants: media.map((file) => ({
				variant: file.variant ?? (file.role === 'audio' ? 'audio' : '360p'),
				mediaType: file.mediaType,
				size: file.size,
				...urls.media(file)
			})),
			captions: vtt === null ? null : { language: language.part.language, vtt },
			transcript: parseLesson(files.language.text(`media/${id}.md`) ?? '').blocks
		};
	}

	private glossary(): UnitPage['glossary'] {
		const terms = termsIn(this.blocks);
		if (terms.size === 0) return {};
		const all = read(this.source.files.language, 'glossary.json', GlossaryWords) ?? {};
		return Object.fromEntries(Object.entries(all).filter(([term]) => terms.has(term)));
	}

	private simulation(id: string): UnitPage['simulation'] {
		const { files, language, urls } = this.source;
		const { title, intro, textInstead } =
			read(files.language, `sims/${id}.json`, SimulationWords) ?? missing(`sims/${id}.json`);
		return { id, title, intro, textInstead, url: urls.simulation(id, language.part.language) };
	}

	private noWords(): never {
		return missing(`units/${this.unit}.json`);
	}
}

function missing(path: string): never {
	throw new ContentError(path);
}

/** A JSON file of a pack, null where there is none. */
function read<Schema extends v.GenericSchema>(
	files: PackFiles,
	path: string,
	schema: Schema
): v.InferOutput<Schema> | null {
	const text = files.text(path);
	if (text === null) return null;
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		return missing(path);
	}
	const parsed = v.safeParse(schema, json, { abortEarly: true });
	return parsed.success ? parsed.output : missing(path);
}
