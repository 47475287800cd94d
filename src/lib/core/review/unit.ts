/** One unit of a submission beside the version that is out: the shape of an answer that holds two pages of units. */
import * as v from 'valibot';
import { UnitPageSchema } from '../lessons/unit-schema.ts';

/** GET /api/review/{id}/unit/{unit}?language=: as learners see it, now and in the version that is out. */
export const ReviewUnit = v.strictObject({
	now: v.nullable(UnitPageSchema),
	before: v.nullable(UnitPageSchema)
});

export type ReviewUnit = v.InferOutput<typeof ReviewUnit>;
