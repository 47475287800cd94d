/** What addresses of review may ask: parsed before anything is looked up. */
import * as v from 'valibot';
import { UUID_PATTERN } from '../../core/base/ids.ts';
import { LANGUAGE_TAGS } from '../../core/base/languages.ts';
import { Digest, Id, LanguageTag } from '../../core/base/schema.ts';
import { QueueQuery } from '../../core/protocol/review.ts';

const lang = v.optional(v.picklist(LANGUAGE_TAGS));
export const QueueAddress = v.object({ ...QueueQuery.entries, lang });
export const SubmissionAddress = v.object({ lang, id: v.pipe(v.string(), v.regex(UUID_PATTERN)) });
export const ReviewUnitAddress = v.object({ ...SubmissionAddress.entries, unit: Id, language: LanguageTag });
export const ReviewFileAddress = v.object({ ...SubmissionAddress.entries, digest: Digest });
export const KeyAddress = v.object({ lang, export: v.optional(v.string()) });
