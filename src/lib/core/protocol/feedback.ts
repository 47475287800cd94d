/** GET /api/teach/packages/{id}/feedback: what learners say of a package, for those who made it (docs/spec/feedback.md). */
import * as v from 'valibot';
import { Digest, Id, LanguageTag } from '../base/schema.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

export const PackageFeedback = v.object({
	package: Id,
	/** The version in force, whose words are shown. */
	version: v.string(),
	manifest: Digest,
	title: v.string(),
	units: v.array(
		v.object({
			unit: v.string(),
			/** Null where the version in force has no such unit. */
			title: v.nullable(v.string()),
			places: v.array(
				v.object({
					place: v.string(),
					language: LanguageTag,
					/** The words of the place; null where they are not those of the version in force any more. */
					quote: v.nullable(v.string()),
					older: v.boolean(),
					/** Learners a mark; null: fewer than five. Empty: fewer than five marked it at all. */
					marks: v.array(v.object({ mark: v.string(), learners: v.nullable(count) })),
					words: v.array(v.string())
				})
			),
			items: v.array(
				v.object({
					item: v.string(),
					prompt: v.nullable(v.string()),
					/** Of the learners who answered, those whose first answer was right; null: fewer than five. */
					right: v.nullable(share)
				})
			)
		})
	)
});
export type PackageFeedback = v.InferOutput<typeof PackageFeedback>;
