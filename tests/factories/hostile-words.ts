/** A course with markup and script in every field of text that a draft has: the fields are found in its schema. */
import { compileDraft } from '../../src/lib/core/drafts/compile.ts';
import { Draft } from '../../src/lib/core/drafts/draft.ts';
import * as edit from '../../src/lib/core/drafts/edit.ts';
import * as quiz from '../../src/lib/core/drafts/edit-quiz.ts';
import { checkSource } from '../../src/lib/core/packages/source/check.ts';
import { utf8 } from '../../src/lib/core/base/hash.ts';
import { aDraft, aFile, filled } from './drafts.ts';
import { freeTextIn, putAt } from './from-schema.ts';
import { WEBM } from './handed-in.ts';
import { FIGURE, SourceFactory } from './package-source.ts';
import { makeWebp } from './webp.ts';

/** Each of its ways would say so on the page that let it: `hostile`. */
export const MARKUP = `<img src=x onerror="window.hostile=1"><script>window.hostile=2</script><svg onload="window.hostile=3">`;

const KINDS = ['single', 'multiple', 'numeric', 'ordering', 'matching'] as const;
const bytes = new Map([
	['1'.repeat(64), makeWebp({ width: 640, height: 360 })],
	['2'.repeat(64), WEBM],
	['3'.repeat(64), utf8(FIGURE)]
]);

/** A draft that has something in every field of text. */
export function wordyDraft(name: string): Draft {
	let draft = aDraft('one-skill', ['en']);
	const [theory, practice] = [
		draft.units.find(({ kind }) => kind === 'theory')!,
		draft.units.find((unit) => unit.practice)!
	];
	for (const kind of KINDS) draft = quiz.addItem(draft, theory.id, kind);
	draft = filled(draft);
	const words = { alt: 'Shown', caption: 'A wire', said: 'Said.' };
	const files = [
		{ ...aFile(1), words: { en: words } },
		{ ...aFile(2, 'sound'), mediaType: 'audio/webm', words: { en: words } },
		{ ...aFile(3, 'drawing'), words: { en: { ...words, labels: { sun: 'Sun' } } } }
	];
	return {
		...edit.setMeta(draft, { releaseNotes: { en: 'New.' } }),
		files,
		contributors: [
			{ ...draft.contributors[0]!, name },
			{ ...draft.contributors[0]!, name: 'Somebody' }
		],
		adaptedFrom: { package: 'other', version: '1.0.0', unit: null, title: 'Wires', licence: 'CC-BY-4.0' },
		units: draft.units.map((unit) =>
			unit.id === theory.id
				? edit
						.setUnitWords(draft, theory.id, 'en', {
							text: `${theory.words['en']!.text}\n\n![](figure:drawing-3)\n`
						})
						.units.find(({ id }) => id === theory.id)!
				: unit.id !== practice.id
					? unit
					: {
							...unit,
							practice: {
								...unit.practice!,
								steps: unit.practice!.steps.map((step, at) =>
									at === 0 ? { ...step, picture: 'picture-1', sound: { en: 'sound-2' } } : step
								)
							}
						}
		)
	};
}

const sourceOf = (draft: Draft) => compileDraft(draft, (digest) => bytes.get(digest));
export interface Tried {
	field: string;
	place: string[];
	/** What the checks say of markup there; empty: it is words. */
	codes: string[];
}

/** What becomes of markup in each field of text, one at a time, and a draft that has it in all that take it. */
export function tryMarkup(draft: Draft): { tried: Tried[]; hostile: Draft; source: SourceFactory } {
	const tried = freeTextIn(Draft, draft).map(({ field, place }) => {
		const { faults } = checkSource(sourceOf(putAt(draft, place, MARKUP) as Draft));
		return { field, place, codes: faults.map(({ code }) => code) };
	});
	let hostile = draft;
	for (const { place, codes, field } of tried) {
		// Whose it is has to be told by name.
		const isMaker = field === 'contributors.*.name' && place[1] === '0';
		if (codes.length === 0 && !isMaker) hostile = putAt(hostile, place, MARKUP) as Draft;
	}
	const source = new SourceFactory();
	for (const [path, content] of sourceOf(hostile)) source.put(path, content);
	return { tried, hostile, source };
}
