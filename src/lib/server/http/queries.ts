/** What library addresses may ask: parsed before anything is looked up. */
import * as v from 'valibot';
import { LANGUAGE_TAGS } from '../../core/base/languages.ts';
import { Id, LanguageTag } from '../../core/base/schema.ts';

/** `?lang=` is the interface's language, `?in=` the one that the content is wanted in. */
export const LibraryQuery = v.object({
	lang: v.optional(v.picklist(LANGUAGE_TAGS)),
	in: v.optional(LanguageTag)
});
export const PackageAddress = v.object({ ...LibraryQuery.entries, id: Id });
export const UnitAddress = v.object({ ...PackageAddress.entries, unit: Id });
export const SimulationAddress = v.object({ package: Id, simulation: Id, tag: LanguageTag });

/** Everything that an address says, path and query in one. */
export const addressOf = ({ params, url }: { params: object; url: URL }): Record<string, unknown> => ({
	...Object.fromEntries(url.searchParams),
	...params
});
