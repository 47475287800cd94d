/** The shape of a unit's page where it crosses a border: what the server promises in OpenAPI, held by its tests. */
import * as v from 'valibot';
import { Bytes, Country, Digest, Id, LanguageTag, text } from '../base/schema.ts';
import { Contributor } from '../base/contributor.ts';
import { SECTORS, TRANSLATION_STATES, UNIT_KINDS } from '../base/vocabulary.ts';
import type { Block, Inline } from './blocks.ts';
import { ItemKey, ItemWords, PracticeKey, PracticeWords, QuizKey } from './content.ts';
import type { UnitPage as UnitPageType } from './unit-page.ts';

const InlineSchema: v.GenericSchema<Inline> = v.variant('type', [
	v.strictObject({ type: v.literal('text'), text: v.string() }),
	v.strictObject({ type: v.picklist(['strong', 'emphasis']), inlines: inlines() }),
	v.strictObject({ type: v.literal('code'), text: v.string() }),
	v.strictObject({
		type: v.literal('link'),
		href: v.pipe(v.string(), v.startsWith('https:')),
		inlines: inlines()
	}),
	v.strictObject({ type: v.literal('unit-link'), unit: Id, inlines: inlines() }),
	v.strictObject({ type: v.literal('term'), term: Id, inlines: inlines() })
]);

const BlockSchema: v.GenericSchema<Block> = v.variant('type', [
	v.strictObject({ type: v.literal('heading'), level: v.picklist([2, 3]), inlines: inlines() }),
	v.strictObject({ type: v.literal('paragraph'), inlines: inlines() }),
	v.strictObject({
		type: v.literal('list'),
		ordered: v.boolean(),
		start: v.number(),
		entries: v.array(blocks())
	}),
	v.strictObject({
		type: v.literal('table'),
		head: v.array(inlines()),
		rows: v.array(v.array(inlines()))
	}),
	v.strictObject({
		type: v.literal('callout'),
		kind: v.picklist(['safety', 'tip', 'standard']),
		title: inlines(),
		blocks: blocks()
	}),
	v.strictObject({ type: v.literal('figure'), figure: Id }),
	v.strictObject({ type: v.literal('video'), media: Id })
]);

function inlines(): v.GenericSchema<Inline[]> {
	return v.array(v.lazy(() => InlineSchema));
}
function blocks(): v.GenericSchema<Block[]> {
	return v.array(v.lazy(() => BlockSchema));
}

const Link = v.strictObject({ id: Id, title: text(200) });
const figureFields = {
	width: v.number(),
	height: v.number(),
	alt: text(1000),
	caption: v.nullable(text(500))
};
const Figure = v.union([
	v.strictObject({ ...figureFields, svg: v.string() }),
	v.strictObject({ ...figureFields, svg: v.null(), url: v.string(), size: Bytes, here: v.boolean() })
]);
const Video = v.strictObject({
	id: Id,
	poster: v.nullable(Id),
	variants: v.array(
		v.strictObject({
			variant: v.picklist(['360p', '144p', 'audio']),
			url: v.string(),
			mediaType: v.string(),
			size: Bytes,
			here: v.boolean()
		})
	),
	captions: v.nullable(v.strictObject({ language: LanguageTag, vtt: v.string() })),
	transcript: blocks()
});

export const UnitPageSchema: v.GenericSchema<UnitPageType> = v.strictObject({
	checked: v.picklist(['online', 'this-phone']),
	package: v.strictObject({
		id: Id,
		version: text(32),
		title: text(200),
		sector: v.picklist(SECTORS)
	}),
	sharedPart: Digest,
	languagePart: Digest,
	unit: v.strictObject({
		id: Id,
		kind: v.picklist(UNIT_KINDS),
		title: text(200),
		summary: text(600),
		minutes: v.number(),
		number: v.number(),
		of: v.number()
	}),
	previous: v.nullable(Link),
	next: v.nullable(Link),
	contentLanguage: LanguageTag,
	languages: v.array(LanguageTag),
	translation: v.picklist(TRANSLATION_STATES),
	contributors: v.array(Contributor),
	checkers: v.array(v.strictObject({ name: text(160), party: text(160), country: v.nullable(Country) })),
	blocks: blocks(),
	figures: v.record(Id, Figure),
	videos: v.record(Id, Video),
	glossary: v.record(Id, v.strictObject({ term: text(120), meaning: text(600) })),
	practice: v.nullable(v.strictObject({ key: PracticeKey, words: PracticeWords })),
	simulation: v.nullable(
		v.strictObject({ id: Id, title: text(200), intro: text(2000), textInstead: text(4000), url: v.string() })
	),
	mainVideo: v.nullable(Id),
	quiz: v.nullable(
		v.strictObject({
			rule: v.omit(QuizKey, ['items']),
			items: v.array(v.strictObject({ key: ItemKey, words: ItemWords }))
		})
	)
}) as unknown as v.GenericSchema<UnitPageType>;
