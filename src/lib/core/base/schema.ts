/** Small schemas that every border shares (valibot), with their limits. */
import * as v from 'valibot';
import { ID_PATTERN } from './ids.ts';

export const Id = v.pipe(v.string(), v.maxLength(64), v.regex(ID_PATTERN));
export const Digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
export const LanguageTag = v.pipe(v.string(), v.maxLength(35), v.regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/));
export const Country = v.pipe(v.string(), v.regex(/^[A-Z]{2}$/));
export const IsoDate = v.pipe(v.string(), v.isoDate());
export const Bytes = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 40));
export const text = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max));
