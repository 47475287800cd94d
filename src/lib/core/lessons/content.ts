/**
 * The text files inside packs, as schemas (docs/spec/package-source.md, SRC-2 to SRC-11): `units/<unit>.json`
 * of the shared part (keys), of a language (words), `figures.json`, `glossary.json`, `sims/<sim>.json`.
 */
import * as v from 'valibot';
import { Id, text } from '../base/schema.ts';

const few = <Item extends v.GenericSchema>(item: Item, max = 40) => v.pipe(v.array(item), v.maxLength(max));
const itemFields = { id: Id, figure: v.optional(Id), unit: v.optional(Id) };

/** An item of a quiz without its words: what is right. */
export const ItemKey = v.variant('kind', [
	v.strictObject({ ...itemFields, kind: v.literal('single'), options: few(Id), key: Id }),
	v.strictObject({ ...itemFields, kind: v.literal('multiple'), options: few(Id), key: few(Id) }),
	v.strictObject({
		...itemFields,
		kind: v.literal('numeric'),
		value: v.number(),
		tolerance: v.pipe(v.number(), v.minValue(0)),
		symbol: v.pipe(v.string(), v.maxLength(20))
	}),
	v.strictObject({ ...itemFields, kind: v.literal('ordering'), key: few(Id) }),
	v.strictObject({
		...itemFields,
		kind: v.literal('matching'),
		left: few(Id),
		right: few(Id),
		key: v.record(Id, Id)
	})
]);

export const QuizKey = v.strictObject({
	shuffle: v.optional(v.boolean(), false),
	/** How many items of the pool one try shows; all when left out. */
	draw: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
	passPercent: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
	items: v.pipe(v.array(ItemKey), v.minLength(1), v.maxLength(500))
});

export const PracticeKey = v.strictObject({
	tools: few(Id),
	steps: v.pipe(
		v.array(
			v.strictObject({
				id: Id,
				minutes: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1000))),
				figure: v.optional(Id),
				tools: v.optional(few(Id), []),
				/** What is said beside it, in the languages that have it. */
				sound: v.optional(Id),
				evidence: v.optional(v.picklist(['photo', 'measurement', 'check']))
			})
		),
		v.minLength(1),
		v.maxLength(60)
	)
});

/** `units/<unit>.json` of the shared part. */
export const UnitKeys = v.strictObject({
	practice: v.optional(PracticeKey),
	simulation: v.optional(Id),
	media: v.optional(Id),
	quiz: v.optional(QuizKey)
});

const words = (max: number) => v.record(Id, text(max));

export const ItemWords = v.strictObject({
	prompt: text(1000),
	options: v.optional(words(600)),
	feedback: v.optional(words(800)),
	left: v.optional(words(300)),
	right: v.optional(words(300)),
	explain: v.optional(text(1500))
});

export const PracticeWords = v.strictObject({
	goal: text(1000),
	tools: words(300),
	safety: few(v.strictObject({ title: text(200), text: text(1500) })),
	steps: v.record(
		Id,
		v.strictObject({
			title: text(300),
			text: text(3000),
			safety: v.optional(text(1500)),
			evidence: v.optional(text(800))
		})
	)
});

/** `units/<unit>.json` of a language. */
export const UnitWords = v.strictObject({
	practice: v.optional(PracticeWords),
	quiz: v.optional(v.record(Id, ItemWords))
});

export const FigureWords = v.record(
	Id,
	v.strictObject({
		alt: text(1000),
		caption: v.optional(text(500)),
		words: v.optional(v.record(v.pipe(v.string(), v.maxLength(64)), text(200)), {})
	})
);

export const GlossaryWords = v.record(Id, v.strictObject({ term: text(120), meaning: text(600) }));

export const SimulationWords = v.strictObject({
	title: text(200),
	intro: text(2000),
	textInstead: text(4000),
	words: v.record(v.pipe(v.string(), v.maxLength(64)), text(1000))
});

export type ItemKey = v.InferOutput<typeof ItemKey>;
export type QuizKey = v.InferOutput<typeof QuizKey>;
export type PracticeKey = v.InferOutput<typeof PracticeKey>;
export type UnitKeys = v.InferOutput<typeof UnitKeys>;
export type ItemWords = v.InferOutput<typeof ItemWords>;
export type PracticeWords = v.InferOutput<typeof PracticeWords>;
export type UnitWords = v.InferOutput<typeof UnitWords>;
export type FigureWords = v.InferOutput<typeof FigureWords>;
export type GlossaryWords = v.InferOutput<typeof GlossaryWords>;
export type SimulationWords = v.InferOutput<typeof SimulationWords>;
