/** Who did what for a package. */
import * as v from 'valibot';
import { Country, Id, text } from './schema.ts';

export const Contributor = v.strictObject({
	name: text(120),
	institution: text(160),
	country: v.optional(Country),
	did: v.picklist(['author', 'translator', 'illustrator', 'engineer', 'reviewer']),
	/** Id in the register of experts, where the contributor has one. */
	expert: v.optional(Id)
});
export type Contributor = v.InferOutput<typeof Contributor>;
