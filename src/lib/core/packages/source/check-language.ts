/** One language's folder: titles, lessons, words, figures' texts and glossary (SRC-4 to SRC-8, SRC-11). */
import { FigureWords, GlossaryWords, UnitWords } from '../../lessons/content.ts';
import { MAX_LESSON_BYTES, parseLesson, type Lesson } from '../../lessons/parse.ts';
import { figuresIn, termsIn, unitLinksIn, videosIn } from '../../lessons/walk.ts';
import type { Figures } from './check-drawings.ts';
import type { UnitSource } from './check-keys.ts';
import { checkUnitWords, checkWords } from './check-words.ts';
import type { SourceJson, SourceReader } from './files.ts';
import { SourceLanguage, type SourcePackage } from './schema.ts';
import { compareStructure } from './structure.ts';

export interface LanguageContext {
	reader: SourceReader;
	package: SourceJson<SourcePackage>;
	units: readonly UnitSource[];
	figures: Figures;
	/** Filled here: by media id the first unit that shows it. */
	mediaUnits: Map<string, string>;
	/** Filled here: figures that a lesson shows. */
	used: { figures: Set<string> };
	/** Filled here with the source language's lessons, which the others are held against. */
	lessons: Map<string, Lesson>;
}

/** Checks a language; the source language must come first. Null where its `package.json` does not hold. */
export function checkLanguage(context: LanguageContext, language: string): SourceLanguage | null {
	const { reader, units } = context;
	const file = `${language}/package.json`;
	const json = reader.json(file, SourceLanguage);
	if (!json && !reader.files.has(file)) {
		reader.reportAt('source/missing-language', context.package, ['languages'], { language });
		return null;
	}
	if (json) checkTitles(context, json, language);
	for (const unit of units) {
		checkLesson(context, language, unit);
		const path = `${language}/units/${unit.id}.json`;
		const words = reader.json(path, UnitWords);
		if (words) checkUnitWords(reader, words, unit, language);
		else if ((unit.keys.quiz || unit.keys.practice) && !reader.files.has(path)) {
			reader.report('source/missing-file', path, null);
		}
	}
	checkFigureWords(context, language);
	checkGlossary(context, language);
	return json?.value ?? null;
}

function checkTitles(context: LanguageContext, json: SourceJson<SourceLanguage>, language: string): void {
	const { reader, units } = context;
	const { sourceLanguage, modules } = context.package.value;
	const { status, checkedBy } = json.value.translation;
	if (
		(status === 'source') !== (language === sourceLanguage) ||
		(status === 'checked-by-speaker') !== (checkedBy !== undefined)
	) {
		reader.reportAt('source/bad-shape', json, ['translation'], {
			path: 'translation',
			expected: 'SRC-4',
			received: status
		});
	}
	const holds = { reader, json, language };
	checkWords(
		holds,
		['modules'],
		json.value.modules,
		modules.map((module) => module.id)
	);
	checkWords(
		holds,
		['units'],
		json.value.units,
		units.map((unit) => unit.id)
	);
}

function checkLesson(context: LanguageContext, language: string, unit: UnitSource): void {
	const { reader } = context;
	const file = `${language}/units/${unit.id}.md`;
	const text = reader.text(file);
	if (text === null) {
		if (!reader.files.has(file)) reader.report('source/missing-file', file, null);
		return;
	}
	const bytes = reader.files.get(file)!.length;
	if (bytes > MAX_LESSON_BYTES) {
		reader.report('source/too-large', file, null, { bytes, limit: MAX_LESSON_BYTES });
		return;
	}
	const lesson = parseLesson(text);
	for (const { code, line, params } of lesson.faults) reader.report(code, file, line, params);
	checkLinks(context, file, text, lesson, unit);
	const source = context.lessons.get(unit.id);
	if (!source) context.lessons.set(unit.id, lesson);
	else {
		const difference = compareStructure(source, lesson);
		if (difference) {
			const { line, ...params } = difference;
			const other = `${context.package.value.sourceLanguage}/units/${unit.id}.md`;
			reader.report('source/structure-differs', file, line, { ...params, other });
		}
	}
}

function checkLinks(
	context: LanguageContext,
	file: string,
	text: string,
	lesson: Lesson,
	unit: UnitSource
): void {
	const { reader, units, figures, mediaUnits, used } = context;
	const glossary = context.package.value.glossary;
	const dead = (target: string) => {
		const at = text.indexOf(`(${target})`);
		const line = at < 0 ? null : text.slice(0, at).split('\n').length;
		reader.report('source/dead-link', file, line, { target });
	};
	for (const id of unitLinksIn(lesson.blocks)) if (!units.some((each) => each.id === id)) dead(`unit:${id}`);
	for (const id of termsIn(lesson.blocks)) if (!glossary.includes(id)) dead(`glossary:${id}`);
	for (const id of figuresIn(lesson.blocks)) {
		used.figures.add(id);
		if (!figures.has(id)) dead(`figure:${id}`);
	}
	for (const id of videosIn(lesson.blocks)) {
		// Which file is missing, `checkMedia` says once for every language.
		if (!mediaUnits.has(id)) mediaUnits.set(id, unit.id);
	}
}

function checkFigureWords({ reader, figures }: LanguageContext, language: string): void {
	const file = `${language}/figures.json`;
	const json = reader.json(file, FigureWords);
	if (!json) {
		if (figures.size > 0 && !reader.files.has(file)) reader.report('source/missing-file', file, null);
		return;
	}
	const holds = { reader, json, language };
	for (const [id, keys] of figures) {
		if (!Object.hasOwn(json.value, id)) {
			reader.report('source/image-without-alt', file, null, { figure: id });
		} else checkWords(holds, [id, 'words'], json.value[id]!.words, keys);
	}
	for (const id of Object.keys(json.value)) {
		if (!figures.has(id)) reader.reportAt('source/extra-words', json, [id], { id, language });
	}
}

function checkGlossary(context: LanguageContext, language: string): void {
	const { reader } = context;
	const terms = context.package.value.glossary;
	const file = `${language}/glossary.json`;
	const json = reader.json(file, GlossaryWords);
	if (json) checkWords({ reader, json, language }, [], json.value, terms);
	else if (terms.length > 0 && !reader.files.has(file)) reader.report('source/missing-file', file, null);
}
